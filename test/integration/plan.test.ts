import type { INodeParameters } from 'n8n-workflow';

import type { Switches } from '../../emulator/switches';
import { CLIENT_PORTAL, DEALERS, PREMIUM } from '../../emulator/seed';
import { byEmail, byId, continuing, jsons, skipPauses, useHarness } from '../../harness/harness';

const harness = useHarness();
const { run, calls, addUsers, reads, writes, emailOf } = harness;

skipPauses();

const userOf = (id: string) => harness.emulator.world.portalUsers.get(id);

const ANYWHERE = { userType: byId('') };

describe('items that contradict one another', () => {
	const named: Array<[string, (id: string) => INodeParameters]> = [
		['by email', (id) => ({ ...ANYWHERE, personalityIds: byEmail(emailOf(id)) })],
		['by ID without a user type', (id) => ({ ...ANYWHERE, personalityIds: id })],
		['by ID in a user type', (id) => ({ userType: byId(DEALERS), personalityIds: id })],
	];

	test.each(named)('off, then on, %s: the last word wins', async (_, parametersOf) => {
		const [id] = addUsers(1);
		const parameters = { ...parametersOf(id), active: '={{ $json.active }}' };
		const input = [{ active: false }, { active: true }];
		const result = await run('portalUser.changeStatus', parameters, { input });
		expect(result.error).toBeUndefined();
		expect(jsons(result)).toMatchObject([{ active: false }, { active: true }]);
		expect(jsons(result).some(({ unchanged }) => unchanged === true)).toBe(false);
		expect(userOf(id)?.active).toBe(true);
		expect(writes()).toHaveLength(2);
	});

	test.each(named.slice(0, 2))('there and back, %s', async (_, parametersOf) => {
		const [id] = addUsers(1);
		const parameters = { ...parametersOf(id), targetUserType: byId('={{ $json.to }}') };
		const input = [{ to: PREMIUM }, { to: DEALERS }];
		const result = await run('portalUser.transfer', parameters, { input });
		expect(jsons(result)).toMatchObject([
			{ transferred: true, user_type_id: PREMIUM },
			{ transferred: true, user_type_id: DEALERS },
		]);
		expect(userOf(id)?.userTypeId).toBe(DEALERS);
	});

	test('the same wish twice has one change, whose outcome both items get', async () => {
		const [id] = addUsers(1);
		const parameters = { ...ANYWHERE, personalityIds: byEmail(emailOf(id)), active: false };
		const result = await run('portalUser.changeStatus', parameters, { input: [{}, {}] });
		expect(jsons(result)).toMatchObject([{ active: false }, { active: false }]);
		expect(jsons(result)[0]).toEqual(jsons(result)[1]);
		expect(writes()).toHaveLength(1);
	});
});

describe('a dry run and the run', () => {
	test('two transfers of one person, the second from where they are no more', async () => {
		const [id] = addUsers(1);
		const parameters = {
			userType: byId(DEALERS),
			personalityIds: id,
			targetUserType: byId('={{ $json.to }}'),
		};
		const setup = { ...continuing, input: [{ to: PREMIUM }, { to: CLIENT_PORTAL }] };
		const dry = await run(
			'portalUser.transfer',
			{ ...parameters, options: { dryRun: true } },
			setup,
		);
		const real = await run('portalUser.transfer', parameters, setup);
		expect(jsons(dry)).toMatchObject([{ action: 'transferred' }, { code: 'INVALID_DATA' }]);
		expect(jsons(real)).toMatchObject([{ transferred: true }, { code: 'INVALID_DATA' }]);
		expect(userOf(id)?.userTypeId).toBe(PREMIUM);
	});

	test('who is named in the user type that an item before moves them to, is who they are', async () => {
		const [id] = addUsers(1);
		const result = await run(
			'portalUser.transfer',
			{
				userType: byId('={{ $json.from }}'),
				personalityIds: id,
				targetUserType: byId('={{ $json.to }}'),
				options: { dryRun: true },
			},
			{
				input: [
					{ from: DEALERS, to: PREMIUM },
					{ from: PREMIUM, to: CLIENT_PORTAL },
				],
			},
		);
		const previous = { user_type_id: DEALERS, invited_time: expect.any(String) };
		expect(jsons(result)[1]).toMatchObject({ email: emailOf(id), previous });
	});

	describe('of items that name one person in several user types', () => {
		/** What both say about items that name a dealer so, in a user type each. */
		async function deletedAs(of: (id: string) => Array<{ type: string; who: string }>) {
			const [id] = addUsers(1);
			const parameters = {
				userType: byId('={{ $json.type }}'),
				personalityIds: '={{ $json.who }}',
			};
			const setup = { ...continuing, input: of(id) };
			const dry = await run(
				'portalUser.delete',
				{ ...parameters, options: { dryRun: true } },
				setup,
			);
			expect(writes()).toEqual([]);
			const real = await run('portalUser.delete', parameters, setup);
			expect(userOf(id)).toBeUndefined();
			expect(writes()).toHaveLength(1);
			return { dry: jsons(dry), real: jsons(real) };
		}

		test('by ID in the wrong one, and by email in the right one', async () => {
			const { dry, real } = await deletedAs((id) => [
				{ type: PREMIUM, who: id },
				{ type: DEALERS, who: emailOf(id) },
			]);
			expect(dry).toMatchObject([{ code: 'INVALID_DATA' }, { action: 'deleted' }]);
			expect(real).toMatchObject([{ code: 'INVALID_DATA' }, { deleted: true }]);
		});

		test('by ID alone, twice in the right one', async () => {
			const { dry, real } = await deletedAs((id) =>
				[DEALERS, PREMIUM, DEALERS].map((type) => ({ type, who: id })),
			);
			const refused = { code: 'INVALID_DATA' };
			expect(dry).toMatchObject([{ action: 'deleted' }, refused, { action: 'deleted' }]);
			expect(real).toMatchObject([{ deleted: true }, refused, { deleted: true }]);
		});
	});
});

describe('the reader of people', () => {
	test.each(['works', 'ignored', 'refused', 'cut', 'first', 'everySecond'] as const)(
		'finds who is there, and only them, with a filter of IDs that: %s',
		async (idFilter) => {
			harness.emulator.switches.idFilter = idFilter;
			const ids = [...addUsers(150), ...addUsers(130, PREMIUM)];
			const asked = [ids[3], ids[200], ids[100], ids[7], '7310000000000999777'];
			const result = await run(
				'portalUser.get',
				{ ...ANYWHERE, personalityIds: asked.join(',') },
				continuing,
			);
			expect(jsons(result).map(({ personality_id, code }) => [personality_id, code])).toEqual([
				...asked.slice(0, 4).map((id) => [id, undefined]),
				['7310000000000999777', 'NOT_FOUND'],
			]);
		},
	);

	test('finds who is there where Zoho counts everybody in a list filtered by ID', async () => {
		harness.emulator.switches.totalCount = 'all';
		const ids = [...addUsers(50), ...addUsers(30, PREMIUM)];
		const asked = [ids[3], ids[60], ids[7], '7310000000000999777'];
		const parameters = { userType: byId(DEALERS), personalityIds: asked.join(',') };
		const codesOf = async (options: INodeParameters) => {
			const deletion = { ...parameters, options };
			const told = jsons(await run('portalUser.delete', deletion, continuing));
			return told.map(({ personality_id, error, code }) => [personality_id, error && code]);
		};
		const expected = [
			[ids[3], undefined],
			[ids[60], 'INVALID_DATA'],
			[ids[7], undefined],
			['7310000000000999777', 'INVALID_DATA'],
		];
		expect(await codesOf({ dryRun: true })).toEqual(expected);
		expect(await codesOf({})).toEqual(expected);
		expect([ids[3], ids[7]].map(userOf)).toEqual([undefined, undefined]);
	});

	test('300 changes of status with a filter that is cut take at most 12 calls', async () => {
		harness.emulator.switches.idFilter = 'cut';
		harness.emulator.switches.bulkStatus = 'fast';
		const ids = addUsers(300);
		const result = await run('portalUser.changeStatus', {
			userType: byId(DEALERS),
			personalityIds: ids.join(','),
			active: false,
		});
		expect(jsons(result)).toHaveLength(300);
		expect(ids.some((id) => userOf(id)?.active)).toBe(false);
		expect(calls().length).toBeLessThanOrEqual(12);
	});

	test('a row without its ID is an error that tells nobody, and nothing is written', async () => {
		addUsers(3);
		harness.emulator.faults.add({ kind: 'rowWithoutId', before: false, url: '/users?' });
		const result = await run('portalUser.delete', {
			...ANYWHERE,
			personalityIds: byEmail('person900005@example.test'),
		});
		expect(result.error?.message).toContain(
			'a row of Zoho\'s list holds nothing where it should have "personality_id"',
		);
		expect(JSON.stringify(result.error?.description)).not.toContain('@');
		expect(writes()).toEqual([]);
	});

	test.each<[string, Partial<Switches>]>([
		['a promised page is 204', { pagesUntilEmpty: 1 }],
		['the list of a user type with people is 204', { emptyLists: [DEALERS] }],
	])('where %s, Sync plans nothing', async (_, switches) => {
		Object.assign(harness.emulator.switches, switches);
		const ids = addUsers(450);
		const result = await run('portalUser.sync', {
			userType: byId(DEALERS),
			recordIds: ids.join(','),
			others: 'delete',
		});
		expect(result.error?.description).toMatch(/lists none|returned no others|but returned 200/);
		expect(writes()).toEqual([]);
	});

	test('an email that two CRM users have, of whom the second is on a page that never comes', async () => {
		const { world } = harness.emulator;
		const { email } = world.addUser('Ada', 'One');
		for (let index = 0; index < 250; index++) world.addUser('Filler', `No ${index}`);
		const twin = world.addUser('Ada', 'Two');
		twin.email = email;
		harness.emulator.switches.pagesUntilEmpty = 1;
		const result = await run('user.delete', { user: byEmail(email) });
		expect(result.error?.message).toContain('returned no others');
		expect(writes()).toEqual([]);
	});

	test('pages beyond 2,000 rows are read by their tokens', async () => {
		harness.emulator.switches.userPages = 'tokens';
		addUsers(2_450);
		const result = await run('portalUser.getAll', { userType: byId(DEALERS), returnAll: true });
		expect(result.error).toBeUndefined();
		expect(new Set(jsons(result).map(({ personality_id }) => personality_id)).size).toBe(2_450);
		expect(reads().some((call) => call.includes('page_token='))).toBe(true);
	});

	test('where there are no tokens, the error says what to do', async () => {
		harness.emulator.switches.userPages = 'refused';
		addUsers(2_450);
		const result = await run('portalUser.getAll', { userType: byId(DEALERS), returnAll: true });
		expect(result.error?.message).toContain('only the first 2,000 entries by page number');
		expect(result.error?.description).toContain('Choose a user type, or a filter');
	});
});
