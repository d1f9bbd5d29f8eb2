import { DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;
let token: string;

useEmulator((started) => {
	emulator = started;
	token = emulator.connect('ZohoCRM.settings.clientportal.ALL,ZohoCRM.users.ALL').access_token;
});

guardContract(() => emulator);

const PORTALS = '/settings/portals';
const USERS = `${PORTALS}/${PORTAL}/user_type/${DEALERS}/users`;

async function call(method: string, path: string, body?: object) {
	const response = await fetch(`${emulator.origin}/crm/v8${path}`, {
		method,
		headers: {
			Authorization: `Zoho-oauthtoken ${token}`,
			...(body && { 'Content-Type': 'application/json' }),
		},
		body: body && JSON.stringify(body),
	});
	const text = await response.text();
	return { status: response.status, text };
}

/** Sets switches as another process does. */
async function behave(behaviour: object) {
	await fetch(`${emulator.origin}/emulator/behaviour`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(behaviour),
	});
}

const anyCall = async () => await call('GET', PORTALS);

const addUsers = (amount: number) =>
	emulator.world.addPortalUsers(DEALERS, amount).map(({ personality_id }) => personality_id);

describe.each<['delete' | 'transfer', (ids: string[]) => [method: string, path: string]]>([
	['delete', (ids) => ['DELETE', `${USERS}?personality_ids=${ids}`]],
	[
		'transfer',
		(ids) => ['POST', `${USERS}/action/transfer?transfer_To=${PREMIUM}&personality_ids=${ids}`],
	],
])('scheduledAfterCalls, %s', (_, deed) => {
	const left = (id: string) => emulator.world.portalUsers.get(id)?.userTypeId !== DEALERS;

	beforeEach(() => {
		emulator.behaviour.scheduledAbove = { delete: 1, transfer: 1 };
	});

	test('leaves the work undone until so many further calls are over', async () => {
		emulator.behaviour.scheduledAfterCalls = 2;
		const ids = addUsers(2);
		expect((await call(...deed(ids))).text).toContain('"SCHEDULED"');
		expect([ids.map(left), emulator.requests[0].done]).toEqual([[false, false], false]);
		await anyCall();
		expect([ids.map(left), emulator.requests[0].done]).toEqual([[false, false], false]);
		await anyCall();
		expect([ids.map(left), emulator.requests[0].done]).toEqual([[true, true], true]);
	});

	test('of Infinity, and of a very large number over the control API, is never', async () => {
		const ids = addUsers(2);
		emulator.behaviour.scheduledAfterCalls = Infinity;
		await call(...deed(ids));
		await behave({ scheduledAfterCalls: Number.MAX_SAFE_INTEGER });
		await call(...deed(ids));
		for (let index = 0; index < 10; index++) await anyCall();
		expect(ids.map(left)).toEqual([false, false]);
		expect(emulator.requests.map(({ done }) => done).slice(0, 2)).toEqual([false, false]);
	});

	test('is over with a reset', async () => {
		emulator.behaviour.scheduledAfterCalls = 1;
		await call(...deed(addUsers(2)));
		const [first] = emulator.requests;
		emulator.reset();
		await anyCall();
		expect(first.done).toBe(false);
	});

	test('does nothing for wrong ids only', async () => {
		expect((await call(...deed(['1', '2']))).text).toContain('"SCHEDULED"');
		await anyCall();
		expect(emulator.requests[0].done).toBe(false);
	});
});

describe('bulkStatus', () => {
	const deactivate = async (ids: string[]) =>
		await call('PUT', `${USERS}/actions/change_status`, {
			change_status: [{ users: ids.map((personality_id) => ({ personality_id, active: false })) }],
		});
	const states = (ids: string[]) => ids.map((id) => emulator.world.portalUsers.get(id)?.active);

	test.each([
		['fast', [false, false, false], true],
		['ignoresSome', [false, true, false], true],
		['ignoresAll', [true, true, true], false],
	] as const)('%s', async (bulkStatus, expected, done) => {
		emulator.behaviour.bulkStatus = bulkStatus;
		const ids = addUsers(3);
		const { status, text } = await deactivate(ids);
		expect([status, text]).toEqual([200, expect.stringContaining('"SCHEDULED"')]);
		for (let index = 0; index < 5; index++) await anyCall();
		expect(states(ids)).toEqual(expected);
		expect(emulator.requests[0].done).toBe(done);
	});

	test('slow changes one user with each further call', async () => {
		emulator.behaviour.bulkStatus = 'slow';
		const ids = addUsers(3);
		expect((await deactivate(ids)).text).toContain('"SCHEDULED"');
		const seen = [states(ids)];
		const done = [emulator.requests[0].done];
		for (let index = 0; index < 3; index++) {
			await anyCall();
			seen.push(states(ids));
			done.push(emulator.requests[0].done);
		}
		expect(seen).toEqual([
			[true, true, true],
			[false, true, true],
			[false, false, true],
			[false, false, false],
		]);
		expect(done).toEqual([false, true, true, true]);
	});

	test('slow counts calls that a fault hits, too', async () => {
		emulator.behaviour.bulkStatus = 'slow';
		const ids = addUsers(1);
		await deactivate(ids);
		emulator.faults.add({ kind: 503, before: true, times: 1 });
		expect((await anyCall()).status).toBe(503);
		expect(states(ids)).toEqual([false]);
	});

	test('unknown refuses the call as any unknown address', async () => {
		emulator.behaviour.bulkStatus = 'unknown';
		const ids = addUsers(2);
		const { status, text } = await deactivate(ids);
		expect([status, JSON.parse(text)]).toMatchObject([404, { code: 'INVALID_URL_PATTERN' }]);
		expect(states(ids)).toEqual([true, true]);
		expect(emulator.requests[0].done).toBe(false);
	});
});

describe('the filter by ids of a list of users', () => {
	const listed = async (ids: string[]) => {
		const { status, text } = await call('GET', `${USERS}?personality_ids=${ids}`);
		const { users = [] } = JSON.parse(text) as { users?: Array<{ personality_id: string }> };
		return [status, ...users.map(({ personality_id }) => personality_id)];
	};

	test('is heeded unless told otherwise', async () => {
		const [first, , third] = addUsers(3);
		expect(await listed([third, first, '7310000000000999999'])).toEqual([200, first, third]);
	});

	test('is ignored where the switch says so', async () => {
		emulator.behaviour.idFilter = 'ignored';
		const ids = addUsers(3);
		expect(await listed([ids[1]])).toEqual([200, ...ids]);
	});

	test('is refused above maxIdsLength', async () => {
		// No source says how.
		emulator.onExchange = undefined;
		emulator.behaviour.maxIdsLength = 39;
		const ids = addUsers(3);
		expect(await listed(ids.slice(0, 2))).toEqual([200, ids[0], ids[1]]);
		expect(await listed(ids)).toEqual([400]);
	});
});

describe('secondPortal', () => {
	const create = async (name: string) => await call('POST', PORTALS, { portals: [{ name }] });

	test('is accepted unless told otherwise', async () => {
		expect((await create('AnotherPortal')).status).toBe(200);
		expect([...emulator.world.portals.keys()]).toEqual([PORTAL, 'AnotherPortal']);
	});

	test('is refused under the key of portals, and not created', async () => {
		emulator.behaviour.secondPortal = false;
		const { status, text } = await create('AnotherPortal');
		expect([status, JSON.parse(text)]).toMatchObject([
			400,
			{ portals: [{ code: 'NOT_ALLOWED', status: 'error' }] },
		]);
		expect([...emulator.world.portals.keys()]).toEqual([PORTAL]);
	});

	test('does not concern the first one', async () => {
		emulator.behaviour.secondPortal = false;
		emulator.world.portals.clear();
		expect((await create('FirstPortal')).status).toBe(200);
		expect((await create('SecondPortal')).status).toBe(400);
	});
});

test.each([
	['Infinity', async () => Object.assign(emulator.behaviour, { jobReads: Infinity })],
	['a large number', async () => await behave({ jobReads: Number.MAX_SAFE_INTEGER })],
])('with jobReads of %s a job never ends', async (_, set) => {
	await set();
	const { id } = emulator.world.addRecord();
	const data = [{ id, user_type_id: DEALERS, type: 'invite' }];
	await call('POST', '/Contacts/actions/portal_invite', { portal_invite: [{ data }] });
	const [job] = emulator.world.jobs.keys();
	for (let read = 0; read < 20; read++) {
		const { text } = await call('GET', `/Contacts/actions/portal_invite?job_id=${job}`);
		expect(text).toContain('"in_progress"');
	}
	expect(emulator.world.mails).toEqual([]);
});

describe('user types', () => {
	const TYPES = `${PORTALS}/${PORTAL}/user_type`;

	const dealers = () => {
		const found = emulator.world.userTypes.get(DEALERS);
		if (!found) throw new Error('There are no dealers');
		return found;
	};

	test.each([
		[false, 201],
		[true, 400],
	])('refusesTwins %s', async (refusesTwins, status) => {
		await behave({ refusesTwins });
		const { name, personality_module: personality, invitation_field, modules } = dealers();
		const { id, api_name } = personality;
		const personality_module = { id, api_name };
		const sent = modules.map((module) => ({ ...module, views: null }));
		const twin = { name, personality_module, invitation_field, modules: sent };
		const answer = await call('POST', TYPES, { user_type: [twin] });
		expect(answer.status).toBe(status);
		if (refusesTwins) expect(answer.text).toContain('DUPLICATE_DATA');
	});

	test.each([
		[false, ['Email']],
		[true, ['Last_Name', 'Email']],
	])('keepsFields %s', async (keepsFields, left) => {
		await behave({ keepsFields });
		const [contacts] = dealers().modules;
		const { id } = emulator.world.field('Contacts', 'Email');
		const layouts = emulator.world.module('Contacts').layouts;
		for (const layout of layouts) layout.mandatory = [];
		const modules = [{ id: contacts.id, fields: [{ id, read_only: false }] }];
		await call('PUT', `${TYPES}/${DEALERS}`, { user_type: [{ modules }] });
		expect(dealers().modules[0].fields).toMatchObject(left.map((api_name) => ({ api_name })));
		const gone = [{ id: contacts.id, fields: [{ id, read_only: false, _delete: true }] }];
		await call('PUT', `${TYPES}/${DEALERS}`, { user_type: [{ modules: gone }] });
		expect(dealers().modules[0].fields).toMatchObject(
			left.filter((name) => name !== 'Email').map((api_name) => ({ api_name })),
		);
	});
});
