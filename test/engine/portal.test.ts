import { byName, fromList, jsons, useBench, zohoOf } from './setup';

const bench = useBench();
const { run, calls } = bench;

test('lists the portals', async () => {
	const result = await run('portal.getAll');
	expect(calls()).toEqual(['GET /settings/portals']);
	expect(jsons(result)).toEqual([expect.objectContaining({ name: 'AcmeClients', active: true })]);
});

test('returns no items for an organization without a portal', async () => {
	bench.emulator.world.portals.clear();
	const result = await run('portal.getAll');
	expect(result.error).toBeUndefined();
	expect(result.items).toEqual([]);
});

test('gets a portal by its name', async () => {
	const result = await run('portal.get', { portal: fromList('AcmeClients') });
	expect(calls()).toEqual(['GET /settings/portals/AcmeClients']);
	expect(jsons(result)).toEqual([expect.objectContaining({ name: 'AcmeClients' })]);
});

test('says that there is no such portal, whether Zoho answers 400 or 204', async () => {
	const refused = await run('portal.get', { portal: byName('NoSuchPortal') });
	expect(refused.error?.message).toContain('Portal "NoSuchPortal" could not be read');
	bench.emulator.world.portals.clear();
	const empty = await run('portal.get', { portal: byName('NoSuchPortal') });
	expect(empty.error?.message).toBe(
		'Portal "NoSuchPortal" could not be read: there is nothing under this name or ID',
	);
});

test('says that Zoho offers no portals in a sandbox', async () => {
	bench.emulator.behaviour.environment = 'sandbox';
	const result = await run('portal.getAll');
	expect(result.error?.message).toBe(
		'List of portals could not be read: Zoho does not offer this in a sandbox',
	);
	expect(zohoOf(result)).toMatchObject({ code: 'API_NOT_SUPPORTED' });
});

test('encodes the name in the address', async () => {
	await run('portal.get', { portal: byName('Old portal-1') });
	expect(calls()).toEqual(['GET /settings/portals/Old%20portal-1']);
});
