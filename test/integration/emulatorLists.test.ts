import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, UNKNOWN, VENDORS } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { caller } from '../../harness/call';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

guardContract(() => emulator);

const call = caller(() => emulator);

const TYPES = `/settings/portals/${PORTAL}/user_type`;
const USERS = `${TYPES}/${DEALERS}/users`;

interface Listed {
	status: number;
	/** Undefined for a 204. */
	ids?: string[];
	info?: Record<string, unknown>;
}

/** A page of a list of portal users, or of another list. */
async function list(query: string, path = USERS): Promise<Listed> {
	const { status, body } = await call('GET', `${path}?${query}`);
	if (body === undefined) return { status };
	const { users, info } = body as { users?: Array<Record<string, string>>; info?: Listed['info'] };
	return { status, ids: users?.map(({ personality_id, id }) => personality_id ?? id), info };
}

const add = (amount: number, extra = {}) =>
	emulator.world.addPortalUsers(DEALERS, amount, extra).map((user) => user.personality_id);

/** Counts of a user type, as the list of user types has them. */
async function counts(userType = DEALERS) {
	const { body } = await call('GET', TYPES);
	const types = (body as { user_type: Array<Record<string, unknown>> }).user_type;
	const { active_user_count, deactive_user_count, no_of_users } =
		types.find(({ id }) => id === userType) ?? {};
	return { active_user_count, deactive_user_count, no_of_users };
}

const byState = (active_user_count: number, deactive_user_count = 0) => ({
	active_user_count,
	deactive_user_count,
});

describe('type', () => {
	let people: Record<'usual' | 'inactive' | 'unconfirmed' | 'neither', string>;

	beforeEach(() => {
		const [usual] = add(1);
		const [inactive] = add(1, { active: false });
		const [unconfirmed] = add(1, { confirm: false });
		const [neither] = add(1, { active: false, confirm: false });
		people = { usual, inactive, unconfirmed, neither };
	});

	const idsOf = (names: Array<keyof typeof people>) => names.map((name) => people[name]);

	test.each<[string, Array<keyof typeof people>]>([
		['AllUsers', ['usual', 'inactive', 'unconfirmed', 'neither']],
		['AllActiveUsers', ['usual', 'unconfirmed']],
		['ActiveUsers', ['usual', 'unconfirmed']],
		['DeactiveUsers', ['inactive', 'neither']],
		['NotConfirmedUsers', ['unconfirmed', 'neither']],
		['ConfirmedUsers', ['usual', 'inactive']],
		['ActiveConfirmedUsers', ['usual']],
	])('%s', async (type, expected) => {
		expect((await list(`type=${type}`)).ids).toEqual(idsOf(expected));
		emulator.switches.typeFilter = 'ignored';
		expect((await list(`type=${type}`)).ids).toEqual(Object.values(people));
		emulator.switches.typeFilter = 'refused';
		expect((await list(`type=${type}`)).status).toBe(type === 'AllUsers' ? 200 : 400);
	});
});

test.each(['__proto__', 'constructor', 'toString', 'Nobody'])(
	'the type %s is refused',
	async (type) => {
		add(1);
		expect(await call('GET', `${USERS}?type=${type}`)).toMatchObject({
			status: 400,
			body: { code: 'PATTERN_NOT_MATCHED', details: { api_name: 'type' } },
		});
	},
);

describe('counts', () => {
	beforeEach(() => {
		add(3);
		add(2, { active: false });
	});

	test.each([
		['sources', 'oas', byState(3, 2)],
		['sources', 'docs', { no_of_users: 5 }],
		['byState', 'docs', byState(3, 2)],
		['total', 'oas', { no_of_users: 5 }],
		['none', 'oas', {}],
		['none', 'docs', {}],
	] as const)('userCounts %s, by the %s', async (userCounts, sources, expected) => {
		Object.assign(emulator.switches, { userCounts, sources });
		expect(await counts()).toEqual(expected);
		const { body } = await call('GET', `${TYPES}/${DEALERS}`);
		expect((body as { user_type: object[] }).user_type[0]).toMatchObject(expected);
		expect((await call('GET', `${TYPES}?include=modules`)).status).toBe(200);
	});

	test('countsOff is added to each, down to nobody', async () => {
		emulator.switches.countsOff = 2;
		expect([await counts(), await counts(PREMIUM)]).toEqual([byState(5, 2), byState(2)]);
		emulator.switches.countsOff = -4;
		expect([await counts(), await counts(PREMIUM)]).toEqual([byState(0, 1), byState(0)]);
	});

	test('countsLag leaves the counts as many reads behind', async () => {
		emulator.switches.countsLag = 2;
		expect(await counts()).toEqual(byState(3, 2));
		add(1);
		expect([await counts(), await counts()]).toEqual([byState(3, 2), byState(3, 2)]);
		expect(await counts()).toEqual(byState(4, 2));
		emulator.switches.countsLag = 0;
		add(1);
		expect(await counts()).toEqual(byState(5, 2));
	});

	test('listsLag leaves the lists as many reads of the counts behind', async () => {
		emulator.switches.listsLag = 1;
		const amount = async () => (await list('type=AllUsers')).ids?.length;
		await counts();
		const [added] = add(1);
		expect([await counts(), await amount()]).toEqual([byState(4, 2), 5]);
		expect([await counts(), await amount()]).toEqual([byState(4, 2), 6]);
		emulator.world.portalUsers.delete(added);
		expect([await counts(), await amount()]).toEqual([byState(3, 2), 6]);
		expect([await counts(), await amount()]).toEqual([byState(3, 2), 5]);
	});

	test('emptyLists are 204 for those user types only', async () => {
		emulator.world.addPortalUsers(PREMIUM, 1);
		emulator.switches.emptyLists = [DEALERS];
		expect([await counts(), (await list('type=AllUsers')).status]).toEqual([byState(3, 2), 204]);
		expect(await list('type=AllUsers', `${TYPES}/${PREMIUM}/users`)).toMatchObject({ status: 200 });
	});
});

test('totalCount: all users count in a filtered list, or those who pass', async () => {
	add(5);
	const [id] = add(1);
	const count = async () => {
		const { body } = await call('GET', `${USERS}?type=AllUsers&personality_ids=${id}`);
		return (body as { info: { total_count: number } }).info.total_count;
	};
	expect(await count()).toBe(1);
	emulator.switches.totalCount = 'all';
	expect(await count()).toBe(6);
});

describe('people whom another process adds', () => {
	const post = async (userType: string) =>
		await fetch(`${emulator.origin}/emulator/portalUsers`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ userType, amount: 1 }),
		});

	test('are records of the module of their user type', async () => {
		const [id] = (await (await post(VENDORS)).json()) as string[];
		expect(emulator.world.records.get(id)?.module).toBe('Vendors');
		expect(emulator.world.portalUsers.get(id)?.module).toBe('Vendors');
	});

	test('are refused for an unknown user type', async () => {
		expect((await post(UNKNOWN)).status).toBe(400);
		expect(emulator.world.portalUsers.size).toBe(0);
	});
});

describe('idFilter', () => {
	test.each([
		['works', (ids: string[]) => ids],
		['cut', (ids: string[]) => ids.slice(0, 12)],
		['first', (ids: string[]) => ids.slice(0, 1)],
		['everySecond', (ids: string[]) => ids.filter((_, place) => place % 2 === 0)],
	] as const)('%s', async (idFilter, honored) => {
		emulator.switches.idFilter = idFilter;
		const ids = add(15);
		add(1);
		const { ids: found } = await list(`type=AllUsers&personality_ids=${ids}`);
		expect(found).toEqual(honored(ids));
	});

	test('refused names the parameter', async () => {
		emulator.switches.idFilter = 'refused';
		expect(await call('GET', `${USERS}?type=AllUsers&personality_ids=${add(1)}`)).toMatchObject({
			status: 400,
			body: { code: 'PATTERN_NOT_MATCHED', details: { api_name: 'personality_ids' } },
		});
	});

	test('cut looks at 255 characters, not at 12 ids', async () => {
		emulator.switches.idFilter = 'cut';
		const ids = add(1);
		const before = `${'1,'.repeat(117)}`;
		expect((await list(`type=AllUsers&personality_ids=${before}${ids}`)).ids).toEqual(ids);
		expect((await list(`type=AllUsers&personality_ids=1,1,${before}${ids}`)).status).toBe(204);
	});
});

describe('pages', () => {
	const page = (number: number) => `type=AllUsers&per_page=200&page=${number}`;

	test.each(['oas', 'docs'] as const)(
		'that were promised are empty, by the %s',
		async (sources) => {
			Object.assign(emulator.switches, { sources, pagesUntilEmpty: 2, pageSize: 3 });
			add(10);
			const pages = [await list(page(1)), await list(page(2)), await list(page(3))];
			expect(pages.map(({ status }) => status)).toEqual([200, 200, 204]);
			expect(pages[1].info).toMatchObject(
				sources === 'oas' ? { total_count: 10 } : { total_count: 10, more_records: true },
			);
		},
	);

	test('of CRM users that were promised are empty', async () => {
		Object.assign(emulator.switches, { pagesUntilEmpty: 1, pageSize: 2 });
		const first = await list('type=AllUsers&page=1', '/users');
		expect(first).toMatchObject({ status: 200, info: { more_records: true } });
		expect(await list('type=AllUsers&page=2', '/users')).toEqual({ status: 204 });
	});

	describe.each([
		['portal users', USERS],
		['CRM users', '/users'],
	])('of %s beyond 2,000 rows', (_, path) => {
		beforeEach(() => {
			add(2001);
			for (let index = 0; index < 2001; index++) emulator.world.addUser('Kim', 'Lee');
		});

		test('are numbered on', async () => {
			expect(await list(page(11), path)).toMatchObject({ status: 200 });
		});

		test('are refused', async () => {
			emulator.switches.userPages = 'refused';
			const { status, info } = await list(page(10), path);
			expect([status, info]).toEqual([
				200,
				expect.not.objectContaining({ next_page_token: expect.anything() }),
			]);
			expect(await call('GET', `${path}?${page(11)}`)).toMatchObject({
				status: 400,
				body: { code: 'DISCRETE_PAGINATION_LIMIT_EXCEEDED', details: { limit: 2000 } },
			});
		});

		test.each(['oas', 'docs'] as const)('go on by token, by the %s', async (sources) => {
			Object.assign(emulator.switches, { sources, userPages: 'tokens' });
			const tenth = await list(page(10), path);
			const next = `type=AllUsers&per_page=200&page_token=${tenth.info?.next_page_token}`;
			const last = await list(next, path);
			expect(last.info).toMatchObject({ next_page_token: null });
			const all = path === USERS ? emulator.world.usersOf(DEALERS) : emulator.world.users;
			const size = 'size' in all ? all.size : all.length;
			expect(last.ids).toHaveLength(size - 2000);
			expect(tenth.ids).not.toContain(last.ids?.[0]);
			expect((await list(page(11), path)).status).toBe(400);
		});
	});

	test('by token all show everybody once', async () => {
		Object.assign(emulator.switches, { userPages: 'tokens', numberedRows: 4 });
		const ids = add(11);
		const seen: string[] = [];
		let at = 'page=1';
		for (let pages = 0; pages < 6; pages++) {
			const { ids: found = [], info } = await list(`type=AllUsers&per_page=2&${at}`);
			seen.push(...found);
			at = `page_token=${info?.next_page_token}`;
		}
		expect([seen, at]).toEqual([ids, 'page_token=null']);
	});

	test('that are ignored are the first one, by token as well', async () => {
		Object.assign(emulator.switches, { userPages: 'tokens', ignoresPages: true, pageSize: 2 });
		add(5);
		const first = await list('type=AllUsers&page=1');
		const next = await list(`type=AllUsers&page_token=${first.info?.next_page_token}`);
		expect(next).toMatchObject({ status: 200, ids: first.ids });
	});
});

describe('refusals', () => {
	test.each([
		['top', ['ALREADY_ACTIVATED', undefined]],
		['wrapped', [undefined, 'ALREADY_ACTIVATED']],
	] as const)('of a change of status at the %s', async (statusRefusals, expected) => {
		emulator.switches.statusRefusals = statusRefusals;
		const [id] = add(1);
		const { status, body } = await call('PUT', `${USERS}/${id}/actions/change_status?active=true`);
		const { code, change_status } = body as { code?: string; change_status?: [{ code: string }] };
		expect([status, code, change_status?.[0].code]).toEqual([400, ...expected]);
		const [unconfirmed] = add(1, { confirm: false });
		const refused = await call('PUT', `${USERS}/${unconfirmed}/actions/change_status?active=false`);
		expect(JSON.stringify(refused.body)).toContain('"NOT_ALLOWED"');
	});

	test.each([
		[429, 'TOO_MANY_REQUESTS'],
		[400, 'INTERNAL_ERROR'],
	] as const)('of too many calls with %i', async (throttledAs, code) => {
		Object.assign(emulator.switches, { throttledAs, maxInFlight: 0 });
		const refused = await call('GET', TYPES);
		expect(refused).toMatchObject({ status: throttledAs, body: { code } });
	});
});

describe('a license that is used up', () => {
	const invite = async (id: string) =>
		await call(
			'POST',
			`/Contacts/${id}/actions/portal_invite?user_type_id=${CLIENT_PORTAL}&type=invite`,
		);

	test.each([
		['removed', async (id: string) => await call('DELETE', `${USERS}?personality_ids=${id}`)],
		[
			'deactivated',
			async (id: string) => await call('PUT', `${USERS}/${id}/actions/change_status?active=false`),
		],
	])('admits the next when somebody is %s', async (_, free) => {
		const [id] = add(2);
		emulator.switches.portalUserLicences = 2;
		const [record, another] = [emulator.world.addRecord(), emulator.world.addRecord()];
		expect(await invite(record.id)).toMatchObject({
			status: 400,
			body: { code: 'LICENSE_LIMIT_EXCEEDED' },
		});
		expect(emulator.world.mails).toEqual([]);
		expect((await free(id)).status).toBe(200);
		expect((await invite(record.id)).status).toBe(200);
		expect(await invite(another.id)).toMatchObject({ body: { code: 'LICENSE_LIMIT_EXCEEDED' } });
	});
});

describe('faults', () => {
	test.each([
		['with 400', { kind: 'status', status: 400, before: false }, 400],
		['inside 200', { kind: 'wrapped', status: 200, key: 'portal_invite', before: false }, 200],
	] as const)('INTERNAL_ERROR %s after the invitation went out', async (_, fault, status) => {
		emulator.faults.add({ ...fault, times: 1 });
		const { id } = emulator.world.addRecord();
		const query = `user_type_id=${DEALERS}&type=invite`;
		const answer = await call('POST', `/Contacts/${id}/actions/portal_invite?${query}`);
		expect(answer.status).toBe(status);
		expect(JSON.stringify(answer.body)).toContain('"INTERNAL_ERROR"');
		expect(emulator.world.mails).toHaveLength(1);
		expect(emulator.requests[0].done).toBe(true);
	});

	test.each([
		{ users: [null] },
		{ errors: ['something'] },
		{ code: 'SOMETHING', details: [] },
		[{ personality_id: '1' }],
	])('any body: %j', async (body) => {
		emulator.faults.add({ kind: 'status', status: 200, body, before: true, times: 1 });
		expect(await call('GET', `${USERS}?type=AllUsers`)).toEqual({ status: 200, body });
	});

	test.each([
		['personality_id', USERS],
		['id', '/users'],
	])('a row without its %s', async (key, path) => {
		add(2);
		const real = await call('GET', `${path}?type=AllUsers`);
		emulator.faults.add({ kind: 'rowWithoutId', before: false, times: 1 });
		const broken = await call('GET', `${path}?type=AllUsers`);
		const { users } = structuredClone(real.body) as { users: Array<Record<string, unknown>> };
		delete users[0][key];
		expect(broken).toEqual({ status: 200, body: { ...Object(real.body), users } });
	});

	test('a row without its id in an answer that has none', async () => {
		emulator.faults.add({ kind: 'rowWithoutId', before: true, times: 1 });
		expect(await call('GET', `${USERS}?type=AllUsers`)).toEqual({ status: 204, body: undefined });
	});
});
