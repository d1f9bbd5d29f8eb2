import type { Fault } from '../../emulator/faults';
import { DEALERS } from '../../emulator/seed';
import {
	again,
	byId,
	inviting,
	jsons,
	ofDealers,
	continuing,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';

// What a node run says of each user, held against what was done to them.

const harness = useHarness();
const { run, calls, addUsers, sent, addRecords, sentTo } = harness;

skipPauses();

const WRONG = '7310000000000999991';

/** Calls for pages of users; the user type's name takes one more. */
const pagesOfUsers = () => calls().filter((call) => call.includes('/users?'));

/** Answers that no server gives that is sure that it did nothing. */
const unclear: Array<[string, Omit<Fault, 'before'>]> = [
	['500 in JSON', { kind: 'status', status: 500 }],
	['500 in HTML', { kind: 500 }],
	['408', { kind: 'status', status: 408 }],
	['a cut body', { kind: 'cut' }],
	['an empty body', { kind: 'empty' }],
	['HTML with 200', { kind: 'html' }],
	['HTML with 400', { kind: 'status', status: 400, body: 'html' }],
	['an empty body with 400', { kind: 'status', status: 400, body: 'empty' }],
	['JSON of another server with 400', { kind: 'status', status: 400, body: 'foreign' }],
	['JSON of another server with 200', { kind: 'status', status: 200, body: 'foreign' }],
];

describe.each(unclear)('%s after the work', (_, fault) => {
	test('leaves it uncertain whether users were deleted, and they are not asked for again', async () => {
		const ids = addUsers(3);
		harness.emulator.faults.add({ ...fault, before: false, method: 'DELETE', times: 1 });
		const result = await run('portalUser.delete', ofDealers(ids), continuing);
		// A broken connection may be tried again: whoever is deleted twice is deleted.
		const most = fault.kind === 'cut' ? 4 : 1;
		expect(sent('DELETE').length).toBeLessThanOrEqual(most);
		expect(jsons(result)).toMatchObject(
			ids.map((personality_id) => ({ personality_id, uncertain: true })),
		);
	});

	test.each([1, 3])('mails no invitation twice (%i records)', async (amount) => {
		const ids = addRecords(amount);
		harness.emulator.faults.add({ ...fault, before: false, method: 'POST', times: 1 });
		const parameters = inviting(ids, { whenAlreadyInvited: 'resend' });
		const result = await run('portalUser.invite', parameters, { ...continuing, ...again });
		expect(sent('POST')).toHaveLength(1);
		expect(sentTo()).toEqual(ids);
		expect(jsons(result)).toMatchObject(ids.map((record_id) => ({ record_id, uncertain: true })));
	});

	test('creates no second portal, and names no ID that there is not', async () => {
		harness.emulator.faults.add({ ...fault, before: false, method: 'POST', times: 1 });
		const result = await run('portal.create', { name: 'NewPortal' }, { ...continuing, ...again });
		expect(sent('POST')).toHaveLength(1);
		const [json] = jsons(result);
		expect(json).toMatchObject({ name: 'NewPortal', uncertain: true });
		expect(json).not.toHaveProperty('id');
	});

	test('creates no second CRM user, and names no ID that there is not', async () => {
		const { roles, profiles, users: before } = harness.emulator.world;
		const amount = before.size;
		harness.emulator.faults.add({ ...fault, before: false, method: 'POST', times: 1 });
		const parameters = {
			email: 'new@example.test',
			first_name: 'New',
			last_name: 'User',
			role: byId(roles[2].id),
			profile: byId(profiles[1].id),
		};
		const result = await run('user.create', parameters, { ...continuing, ...again });
		expect(sent('POST')).toHaveLength(1);
		expect(harness.emulator.world.users.size).toBe(amount + 1);
		const [json] = jsons(result);
		expect(json.uncertain).toBe(true);
		expect(json).not.toHaveProperty('id');
	});

	test('once is no empty list', async () => {
		const ids = addUsers(3);
		harness.emulator.faults.add({ ...fault, before: false, times: 1 });
		const result = await run('portalUser.getAll', { userType: byId(DEALERS), limit: 50 });
		// A read with a refusal of its own is not repeated, but must not read as nothing.
		const listed = jsons(result).map((json) => json.personality_id);
		expect(result.error === undefined ? listed : ids).toEqual(ids);
	});

	test('always is an error of the list', async () => {
		addUsers(3);
		harness.emulator.faults.add({ ...fault, before: false });
		const result = await run('portalUser.getAll', { userType: byId(DEALERS), limit: 50 });
		expect(result.items).toEqual([]);
		expect(result.error?.message).toContain('could not be read');
		expect(pagesOfUsers().length).toBeLessThanOrEqual(7);
	});
});

test('a cut list is read again, whole', async () => {
	const ids = addUsers(5);
	harness.emulator.faults.add({ kind: 'cut', before: false, url: '/users?', times: 2 });
	const result = await run('portalUser.getAll', { userType: byId(DEALERS), limit: 50 });
	expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
	expect(pagesOfUsers()).toHaveLength(3);
});

test.each([
	['204', { status: 204, body: 'empty' }],
	['{}', { status: 200, body: 'foreign' }],
	['nothing', { status: 200, body: 'empty' }],
] as const)('a creation that is answered by %s is uncertain', async (_, answer) => {
	harness.emulator.faults.add({
		kind: 'status',
		before: false,
		method: 'POST',
		times: 1,
		...answer,
	});
	const result = await run('portal.create', { name: 'NewPortal' });
	expect(result.error?.message).toMatch(/^It is not certain whether portal "NewPortal" was /);
	expect(zohoOf(result)).toMatchObject({ uncertain: true });
	expect(sent('POST')).toHaveLength(1);
});

test('two uncertain users in a run that stops are counted as uncertain, not as failed', async () => {
	const ids = addUsers(3);
	harness.emulator.faults.add({ kind: 500, before: false, method: 'DELETE', times: 1 });
	const result = await run('portalUser.delete', ofDealers(ids));
	expect(result.error?.message).toBe('It is not certain whether 3 of 3 portal users were deleted');
	expect(zohoOf(result)).toMatchObject({ uncertain: ids, failed: [], succeeded: [] });
});

test('a run that stops counts what failed, what is uncertain and what is done', async () => {
	const [done, lost] = addUsers(2, DEALERS, { active: false });
	harness.emulator.faults.add({ kind: 500, before: false, method: 'PUT', url: lost, times: 1 });
	const parameters = ofDealers([done, lost, WRONG], { active: true });
	const result = await run('portalUser.changeStatus', parameters);
	expect(result.error?.message).toBe(
		'1 of 3 portal users could not be activated, 1 are uncertain, 1 are done and stay so',
	);
	expect(zohoOf(result)).toMatchObject({
		succeeded: [done],
		failed: [WRONG],
		uncertain: [lost],
	});
});
