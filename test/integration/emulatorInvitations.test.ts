import { ASHA, BEN, CHLOE, DEALERS, PORTAL, UNKNOWN, VENDORS } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { caller } from '../../harness/call';
import { guardContract } from '../../harness/contract';
import { addUsers, useEmulator, userOf } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

guardContract(() => emulator);

const call = caller(() => emulator);

const INVITE = '/Contacts/actions/portal_invite';
const STATUS = `/settings/portals/${PORTAL}/user_type/${DEALERS}/users/actions/change_status`;

const row = (extra = {}) => ({
	id: emulator.world.addRecord().id,
	user_type_id: DEALERS,
	type: 'invite',
	...extra,
});

const inviteAll = async (...objects: unknown[]) =>
	await call('POST', INVITE, { portal_invite: objects });

const scheduled = { code: 'SCHEDULED', details: { job_id: expect.any(String) } };

const jobIds = () => [...emulator.world.jobs.keys()];

const mailed = () => emulator.world.mails.map(({ record_id }) => record_id);

const repeated = <T>(amount: number, one: T): T[] => Array.from({ length: amount }, () => one);

describe('many invitations', () => {
	test('become a job for each object', async () => {
		const [first, second] = [row(), row()];
		const answer = await inviteAll({ data: [first] }, { data: [second] });
		expect(answer).toMatchObject({ status: 200, body: { portal_invite: [scheduled, scheduled] } });
		const [, job] = jobIds();
		await call('GET', `${INVITE}?job_id=${job}`);
		expect(mailed()).toEqual([second.id]);
		expect(jobIds()).toHaveLength(2);
	});

	test('of an object with a mistake are all refused', async () => {
		const at = { api_name: 'type', json_path: '$.portal_invite[1].data[0].type' };
		expect(await inviteAll({ data: [row()] }, { data: [row({ type: undefined })] })).toMatchObject({
			status: 400,
			body: { portal_invite: [{ code: 'MANDATORY_NOT_FOUND', details: at }] },
		});
		expect(jobIds()).toEqual([]);
	});

	const DATA = '$.portal_invite[0].data';

	test.each<[string, () => unknown[], code: string, json_path: string]>([
		['no data', () => [{}], 'MANDATORY_NOT_FOUND', DATA],
		['null for an object', () => [null], 'MANDATORY_NOT_FOUND', DATA],
		['null for a row', () => [{ data: [null] }], 'MANDATORY_NOT_FOUND', `${DATA}[0].id`],
		['101 rows', () => [{ data: repeated(101, row()) }], 'INVALID_DATA', DATA],
		['101 objects', () => repeated(101, { data: [row()] }), 'INVALID_DATA', '$.portal_invite'],
		...['bogus', 'INVITE', null].map((type): [string, () => unknown[], string, string] => [
			`the type ${type}`,
			() => [{ data: [row({ type })] }],
			'INVALID_DATA',
			`${DATA}[0].type`,
		]),
		[
			'a record in the recycle bin',
			() => [{ data: [row({ id: emulator.world.addRecord({ state: 'recycled' }).id })] }],
			'INVALID_DATA',
			`${DATA}[0].id`,
		],
	])('are refused with %s', async (_, objects, code, json_path) => {
		const details = { api_name: json_path.replace(/^.*\./, ''), json_path };
		expect(await inviteAll(...objects())).toMatchObject({
			status: 400,
			body: { portal_invite: [{ code, details }] },
		});
		expect(jobIds()).toEqual([]);
	});
});

describe('one invitation', () => {
	const invite = async (id: string, type: string) =>
		await call(
			'POST',
			`/Contacts/${id}/actions/portal_invite?user_type_id=${DEALERS}&type=${type}`,
		);

	test.each(['bogus', 'INVITE'])('is refused with the type %s', async (type) => {
		const { id } = emulator.world.addRecord();
		expect(await invite(id, type)).toMatchObject({ status: 400, body: { code: 'CANNOT_PROCESS' } });
		expect(mailed()).toEqual([]);
	});

	test.each(['invite', 'reinvite'])('is refused in the recycle bin: %s', async (type) => {
		const { world } = emulator;
		const record = world.addRecord({ state: 'recycled' });
		if (type === 'reinvite') world.addPortalUser(DEALERS, record);
		const answer = await invite(record.id, type);
		expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_DATA' } });
		expect(mailed()).toEqual([]);
	});
});

describe('jobs', () => {
	test('are all read without an ID, those of the module', async () => {
		expect((await call('GET', INVITE)).status).toBe(204);
		await inviteAll({ data: [row()] }, { data: [row()] });
		const { id } = emulator.world.addRecord({ module: 'Vendors' });
		const data = [row({ id, user_type_id: VENDORS })];
		await call('POST', '/Vendors/actions/portal_invite', { portal_invite: [{ data }] });
		const completed = (job_id: string) => ({ job_id, status: 'completed' });
		expect(await call('GET', INVITE)).toMatchObject({
			status: 200,
			body: { portal_invite: jobIds().slice(0, 2).map(completed) },
		});
		expect(mailed()).toHaveLength(2);
	});

	/** The calls that start a job, and those that read one. */
	const KINDS: Array<[read: string, start: () => Promise<unknown>]> = [
		[INVITE, async () => await inviteAll({ data: [row()] })],
		[
			'/users/actions/transfer',
			async () =>
				await call('POST', `/users/${BEN}/actions/transfer`, { transfer: [{ transfer: TO }] }),
		],
		[
			'/users/actions/transfer_and_delete',
			async () =>
				await call('POST', `/users/${BEN}/actions/transfer_and_delete`, {
					transfer_and_delete: [{ transfer: TO }],
				}),
		],
	];
	const TO = { id: CHLOE, records: true, assignment: true, criteria: false };
	const reads = [...KINDS.map(([read]) => read), '/Vendors/actions/portal_invite'];

	test.each(KINDS)(
		'of %s are unknown to other calls, which do not run them',
		async (own, start) => {
			await start();
			const [job] = jobIds();
			for (const read of reads.filter((path) => path !== own)) {
				expect([read, await call('GET', `${read}?job_id=${job}`)]).toEqual([
					read,
					{ status: 204, body: undefined },
				]);
			}
			expect(emulator.world.jobs.get(job)?.status).toBe('scheduled');
			expect((await call('GET', `${own}?job_id=${job}`)).status).toBe(200);
		},
	);

	test('of an unknown module are refused', async () => {
		const refused = { status: 400, body: { code: 'INVALID_MODULE' } };
		expect(await call('GET', '/Nope/actions/portal_invite?job_id=1')).toMatchObject(refused);
	});

	test.each([
		[0, ['completed', 'completed']],
		[1, ['in_progress', 'completed', 'completed']],
		[3, ['scheduled', 'in_progress', 'in_progress', 'completed']],
	])('that take %i reads have the statuses %j', async (jobReads, statuses) => {
		emulator.switches.jobReads = jobReads;
		await inviteAll({ data: [row()] });
		for (const status of statuses) {
			const { body } = await call('GET', `${INVITE}?job_id=${jobIds()[0]}`);
			expect(body).toMatchObject({ portal_invite: [{ status }] });
		}
	});

	test.each([
		['Crm_Implied_Manage_ClientPortal', 204],
		['Crm_Implied_Manage_ClientPortal_Users', 403],
	])('without the permission %s are answered with %i', async (permission, status) => {
		emulator.switches.lacking = [permission];
		expect((await call('GET', `${INVITE}?job_id=1`)).status).toBe(status);
	});
});

describe('the status of many users', () => {
	const change = async (body: unknown) => await call('PUT', STATUS, body);
	const rows = (ids: string[], active: unknown) =>
		ids.map((personality_id) => ({ personality_id, active }));
	const activeOf = (ids: string[]) => ids.map((id) => userOf(emulator, id).active);

	test('is changed for the users of each object, which is a job of its own', async () => {
		const ids = addUsers(emulator, 3);
		const objects = ids.map((id) => ({ users: rows([id], false) }));
		const job = expect.objectContaining(scheduled);
		expect(await change({ change_status: objects })).toEqual({
			status: 200,
			body: { change_status: [job, job, job] },
		});
		expect(activeOf(ids)).toEqual([false, false, false]);
	});

	const LIST = '$.change_status';
	const USERS = `${LIST}[0].users`;
	const missing = 'MANDATORY_NOT_FOUND';
	const one = { personality_id: ASHA, active: false };

	test.each<[string, unknown, code: string, json_path: string]>([
		['no object', {}, missing, LIST],
		['a list as the body', [], missing, LIST],
		['text as the body', 'x', missing, LIST],
		...[null, {}, 5, []].map((change_status): [string, unknown, string, string] => [
			`${JSON.stringify(change_status)} for the list`,
			{ change_status },
			missing,
			LIST,
		]),
		['null for an object', { change_status: [null] }, missing, USERS],
		['text for the users', { change_status: [{ users: 'x' }] }, missing, USERS],
		[
			'null for a user',
			{ change_status: [{ users: [null] }] },
			missing,
			`${USERS}[0].personality_id`,
		],
		[
			'no status',
			{ change_status: [{ users: [one, { personality_id: UNKNOWN }] }] },
			missing,
			`${USERS}[1].active`,
		],
		[
			'text for the status',
			{ change_status: [{ users: [{ ...one, active: 'false' }] }] },
			'INVALID_DATA',
			`${USERS}[0].active`,
		],
		['101 users', { change_status: [{ users: repeated(101, one) }] }, 'INVALID_DATA', USERS],
		['101 objects', { change_status: repeated(101, { users: [one] }) }, 'INVALID_DATA', LIST],
	])('is refused with %s', async (_, body, code, json_path) => {
		const details = { api_name: json_path.replace(/^.*\./, ''), json_path };
		const refused = { status: 400, body: { change_status: [{ code, details }] } };
		expect(await change(body)).toMatchObject(refused);
	});

	test('stays as it is in a call that is refused', async () => {
		const ids = addUsers(emulator, 2);
		const users = [...rows([ids[0]], false), { personality_id: ids[1] }];
		expect((await change({ change_status: [{ users }] })).status).toBe(400);
		expect(activeOf(ids)).toEqual([true, true]);
	});

	test('is changed as far as the license goes', async () => {
		const active = addUsers(emulator, 1);
		const inactive = addUsers(emulator, 2, DEALERS, { active: false });
		const ids = [...active, ...inactive];
		emulator.switches.portalUserLicences = 2;
		await change({ change_status: [{ users: rows(ids, true) }] });
		expect(activeOf(ids)).toEqual([true, true, false]);
	});
});
