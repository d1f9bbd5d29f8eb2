import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../emulator/faults';
import { DEALERS } from '../../emulator/seed';
import {
	asItems,
	byId,
	byName,
	continuing,
	jsons,
	pairs,
	skipPauses,
	useHarness,
} from '../../harness/harness';

// How many calls a run makes at most when every further one would meet the same.

const harness = useHarness();
const { run, calls, addUsers, addRecords } = harness;

skipPauses();

const each = { userType: byId(DEALERS), personalityIds: '={{ $json.id }}', active: false };

const tokenRequests = () => harness.emulator.tokenRequests.length;

describe('an outage', () => {
	test.each<Fault>([
		{ kind: 503, before: true },
		{ kind: 'reset', before: true },
		{ kind: 'throttle', before: true },
		{ kind: 504, before: true },
	])('costs 100 items 20 calls at most ($kind)', async (fault) => {
		harness.emulator.faults.add(fault);
		const ids = addUsers(100);
		const input = asItems(ids);
		const result = await run('portalUser.changeStatus', each, { input, ...continuing });
		expect(calls().length).toBeLessThanOrEqual(20);
		expect(pairs(result.items)).toEqual(ids.map((_, index) => index));
		expect(jsons(result).every((json) => typeof json.error === 'string')).toBe(true);
		// Where every call was refused for certain, nobody is in doubt; nor is who was never sent.
		const sent = new Set(calls().map((call) => /users\/(\d+)\//.exec(call)?.[1]));
		for (const json of jsons(result)) {
			if (fault.kind === 'throttle') expect(json.uncertain).toBeUndefined();
			if (!sent.has(String(json.personality_id))) expect(json.uncertain).toBeUndefined();
		}
	});

	test('of reads costs 100 items 20 calls at most', async () => {
		harness.emulator.faults.add({ kind: 500, before: true });
		const input = Array.from({ length: 100 }, () => ({ id: DEALERS }));
		const parameters = { userType: byId('={{ $json.id }}') };
		const result = await run('portalUser.getAll', parameters, { input, ...continuing });
		expect(calls().length).toBeLessThanOrEqual(20);
		expect(result.items).toHaveLength(100);
	});

	test('that ends costs nobody anything', async () => {
		harness.emulator.faults.add({ kind: 503, before: true, times: 5 });
		const ids = addUsers(30);
		const result = await run('portalUser.changeStatus', each, { input: asItems(ids) });
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
		expect(calls().length).toBeLessThanOrEqual(40);
	});

	test.each<Fault>([
		{ kind: 503, before: true, during: 'token' },
		{ kind: 'reset', before: true, during: 'token' },
		{ kind: 'html', before: true, during: 'token' },
	])('of the accounts server costs 4 items 10 token requests at most ($kind)', async (fault) => {
		harness.emulator.accounts.expireAccessTokens();
		harness.emulator.faults.add(fault);
		const ids = addUsers(4);
		const input = asItems(ids);
		const result = await run('portalUser.changeStatus', each, { input, ...continuing });
		expect(tokenRequests()).toBeLessThanOrEqual(10);
		expect(tokenRequests()).toBeGreaterThan(0);
		for (const json of jsons(result)) {
			expect(json.error).toContain('could not be deactivated');
			expect(json.uncertain).toBeUndefined();
		}
		expect([...harness.emulator.world.portalUsers.values()].every((user) => user.active)).toBe(
			true,
		);
	});
});

describe('a missing scope', () => {
	const operations: Array<[string, IDataObject]> = [
		['portalUser.changeStatus', {}],
		['portalUser.delete', { options: { batchSize: 1 } }],
		['portalUser.invite', { options: { batchSize: 1 } }],
		['user.update', { updateFields: { phone: '1' } }],
		['user.delete', {}],
	];

	test.each(operations)(
		'costs 100 items of %s two tokens and ten calls at most',
		async (operation, more) => {
			harness.engine.connect('1', 'ZohoCRM.settings.roles.READ');
			const ids = addUsers(100);
			const parameters = {
				...each,
				module: byName('Contacts'),
				recordIds: '={{ $json.id }}',
				user: byId('={{ $json.id }}'),
				...more,
			} as never;
			const result = await run(operation, parameters, { input: asItems(ids), ...continuing });
			expect(tokenRequests()).toBeLessThanOrEqual(2);
			expect(calls().length).toBeLessThanOrEqual(10);
			expect(jsons(result)).toHaveLength(100);
			for (const json of jsons(result)) {
				expect(json).toMatchObject({ code: 'OAUTH_SCOPE_MISMATCH' });
				expect(json.uncertain).toBeUndefined();
			}
		},
	);

	test('costs no more where Zoho says 401 and does not name it', async () => {
		harness.emulator.faults.add({
			kind: 'status',
			status: 401,
			code: 'AUTHENTICATION_FAILURE',
			before: true,
		});
		const input = asItems(addUsers(100));
		const result = await run('portalUser.changeStatus', each, { input, ...continuing });
		expect(tokenRequests()).toBeLessThanOrEqual(2);
		expect(calls().length).toBeLessThanOrEqual(20);
		expect(result.items).toHaveLength(100);
	});
});

describe('1,000 ids and a refusal that is not about ids cost six calls at most', () => {
	const refusals: Array<[string, Omit<Fault, 'before'>]> = [
		...[
			'FORBIDDEN',
			'PERMISSION_DENIED',
			'NO_PERMISSION',
			'AUTHORIZATION_FAILED',
			'FEATURE_NOT_ENABLED',
		].map((code): [string, Omit<Fault, 'before'>] => [code, { kind: 'status', status: 403, code }]),
		['INVALID_REQUEST', { kind: 'status', status: 400, code: 'INVALID_REQUEST' }],
		['a code that nobody knows', { kind: 'status', status: 400, code: 'SOMETHING_NEW' }],
		['HTML with 400', { kind: 'status', status: 400, body: 'html' }],
		['HTML with 403', { kind: 'status', status: 403, body: 'html' }],
		['407', { kind: 'status', status: 407, body: 'html' }],
		['302', { kind: 'redirect' }],
		['500', { kind: 'status', status: 500 }],
		['a page with 200', { kind: 'html' }],
	];

	test.each(refusals)('%s', async (_, fault) => {
		harness.emulator.faults.add({ ...fault, before: true });
		const ids = addUsers(1_000);
		const parameters = { userType: byId(DEALERS), personalityIds: ids } as never;
		const result = await run('portalUser.delete', parameters, continuing);
		expect(calls().length).toBeLessThanOrEqual(6);
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
		expect(jsons(result).every((json) => typeof json.error === 'string')).toBe(true);
	});
});

describe('batching of n8n', () => {
	const inBatches = (batchSize: number) => ({
		requestOptions: { batching: { batch: { batchSize, batchInterval: 1 } } },
	});

	test('mails a record once that two batches name, with "resend"', async () => {
		const { world } = harness.emulator;
		const [a, b, c] = addRecords(3);
		const parameters = {
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: '={{ $json.id }}',
			whenAlreadyInvited: 'resend',
			...inBatches(2),
		};
		const input = asItems([a, b, a, c, b]);
		const result = await run('portalUser.invite', parameters, { input });
		expect(jsons(result).map((json) => json.record_id)).toEqual([a, b, a, c, b]);
		expect(world.mails.map(({ record_id }) => record_id).sort()).toEqual([a, b, c]);
	});

	test('deletes a user once whom two batches name', async () => {
		const [a, b] = addUsers(2);
		const parameters = { ...each, ...inBatches(1) };
		const result = await run('portalUser.delete', parameters, { input: asItems([a, b, a]) });
		expect(jsons(result)).toMatchObject([{ deleted: true }, { deleted: true }, { deleted: true }]);
		expect(calls()).toHaveLength(2);
	});
});

test('"skip" reads the portal once for 250 records', async () => {
	const { world } = harness.emulator;
	const ids = Array.from({ length: 250 }, () => {
		const record = world.addRecord();
		world.addPortalUser(DEALERS, record, { confirm: false });
		return record.id;
	});
	const parameters = {
		userType: byId(DEALERS),
		module: byName('Contacts'),
		recordIds: '={{ $json.id }}',
		whenAlreadyInvited: 'skip',
	};
	const result = await run('portalUser.invite', parameters, { input: asItems(ids) });
	expect(jsons(result).every((json) => json.skipped === true)).toBe(true);
	expect(world.mails).toEqual([]);
	const lists = calls().filter((call) => /GET .*\/user_type\b/.test(call));
	expect(new Set(lists).size).toBe(lists.length);
});
