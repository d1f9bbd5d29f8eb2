import { Portals } from '@zohocrm/typescript-sdk-8.0';

import { ASHA, PORTAL } from '../../emulator/seed';
import { read, useSdk } from './sdk';

const emulator = useSdk();

const operations = new Portals.PortalsOperations();

const portal = {
	name: PORTAL,
	active: true,
	zaid: '1080000000000001',
	createdTime: '2026-03-04T04:45:00.000Z',
	createdBy: { id: ASHA, name: 'Asha Rao' },
	modifiedTime: '2026-03-05T03:30:00.000Z',
	modifiedBy: { id: ASHA, name: 'Asha Rao' },
};

function named(name: string) {
	const given = new Portals.Portals();
	given.setName(name);
	const body = new Portals.BodyWrapper();
	body.setPortals([given]);
	return body;
}

describe.each(['oas', 'docs'] as const)('in the form of the %s', (sources) => {
	beforeEach(() => {
		emulator().switches.sources = sources;
	});

	test('getPortals', async () => {
		expect(read(await operations.getPortals())).toEqual({
			status: 200,
			as: 'ResponseWrapper',
			body: { portals: [portal] },
		});
	});

	test('getPortals, without any', async () => {
		emulator().world.portals.clear();
		expect(read(await operations.getPortals())).toEqual({ status: 204 });
	});

	test('getPortal', async () => {
		expect(read(await operations.getPortal(PORTAL))).toMatchObject({
			status: 200,
			as: 'ResponseWrapper',
			body: { portals: [portal] },
		});
	});

	test('createPortal', async () => {
		emulator().world.portals.clear();
		expect(read(await operations.createPortal(named('Partners')))).toMatchObject({
			status: 200,
			as: 'ActionWrapper',
			body: { portals: [{ code: 'SUCCESS', details: { name: 'Partners' }, status: 'success' }] },
		});
		expect([...emulator().world.portals.keys()]).toEqual(['Partners']);
	});

	test('updatePortal', async () => {
		expect(read(await operations.updatePortal(PORTAL, named('Partners')))).toMatchObject({
			status: 200,
			as: 'ActionWrapper',
			body: { portals: [{ code: 'SUCCESS', details: { name: 'Partners' }, status: 'success' }] },
		});
		expect([...emulator().world.portals.keys()]).toEqual(['Partners']);
	});
});

test('a second portal is taken or refused, as the switch says', async () => {
	expect(read(await operations.createPortal(named('Partners')))).toMatchObject({ status: 200 });
	emulator().switches.secondPortal = false;
	expect(read(await operations.createPortal(named('Suppliers')))).toMatchObject({
		status: 400,
		as: 'ActionWrapper',
		body: { portals: [{ code: 'NOT_ALLOWED', status: 'error' }] },
	});
	expect([...emulator().world.portals.keys()]).toEqual([PORTAL, 'Partners']);
});

test('an unknown portal', async () => {
	expect(read(await operations.getPortal('NoSuchPortal'))).toMatchObject({
		status: 400,
		as: 'APIException',
		body: { code: 'INVALID_DATA', status: 'error' },
	});
});

test('a name that is taken', async () => {
	expect(read(await operations.createPortal(named(PORTAL)))).toMatchObject({
		status: 400,
		as: 'ActionWrapper',
		body: { portals: [{ code: 'ALREADY_USED', details: { api_name: 'name' }, status: 'error' }] },
	});
});

test('a profile that may not', async () => {
	emulator().switches.lacking = ['Crm_Implied_Manage_ClientPortal'];
	const refused = { status: 403, as: 'APIException', body: { code: 'NO_PERMISSION' } };
	expect(read(await operations.getPortals())).toMatchObject(refused);
	expect(read(await operations.createPortal(named('Partners')))).toMatchObject(refused);
});
