import type { INodeParameters } from 'n8n-workflow';

import { ACCESS } from '../../nodes/ZohoCrmPortals/zoho/scopes';
import { DEALERS, PORTAL, PREMIUM, UNKNOWN, VENDORS } from '../../emulator/seed';
import {
	again,
	byId,
	byName,
	continuing,
	hintsOf,
	jsons,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { byAccount, byView } from '../../harness/parameters';

const harness = useHarness();
const { run, calls, reads, writes, addUsers, addRecords } = harness;

const world = () => harness.emulator.world;

const anywhere = { userType: byId('') };

const addAccount = (people: string[]) => world().addAccount('Nordwind', people).id;

const addView = (people: string[], name = 'Contract ended') =>
	world().addView('Contacts', name, people).id;

/** An account and a view with the same people, each as it is named. */
const ways: Array<[string, (people: string[]) => INodeParameters[string]]> = [
	['an account', (people) => byAccount(addAccount(people))],
	['a view', (people) => byView((addView(people), 'Contract ended'))],
	['a view by ID', (people) => byView(addView(people))],
];

describe.each(ways)('the people of %s', (_, name) => {
	test('who are portal users are done, and a hint counts the others', async () => {
		const [dealer] = addUsers(1);
		const [premium] = addUsers(1, PREMIUM);
		const others = addRecords(3);
		const personalityIds = name([...others, dealer, premium]);
		const result = await run('portalUser.delete', { ...anywhere, personalityIds });
		const done = jsons(result).map(({ personality_id }) => personality_id);
		expect(done.sort()).toEqual([dealer, premium].sort());
		expect(hintsOf(result)).toEqual([
			'3 of 5 people in the accounts and views are not portal users there.',
			'Deleted 2 users.',
		]);
		expect(world().portalUsers.size).toBe(0);
	});

	test('are those of the user type, where one is named', async () => {
		const [dealer] = addUsers(1);
		const [premium] = addUsers(1, PREMIUM);
		const personalityIds = name([dealer, premium]);
		const result = await run('portalUser.delete', { userType: byId(DEALERS), personalityIds });
		expect(jsons(result)).toEqual([expect.objectContaining({ personality_id: dealer })]);
	});

	test('are read, also where they wait for approval', async () => {
		const record = world().addRecord({ state: 'notApproved' });
		world().addPortalUser(DEALERS, record);
		const personalityIds = name([record.id]);
		const result = await run('portalUser.get', { ...anywhere, personalityIds });
		expect(jsons(result)).toEqual([
			expect.objectContaining({ personality_id: record.id, user_type_name: 'Dealers' }),
		]);
	});

	test('are nobody: nothing is done, which a hint says', async () => {
		addUsers(3);
		const personalityIds = name([]);
		for (const operation of ['portalUser.delete', 'portalUser.get']) {
			const result = await run(operation, { ...anywhere, personalityIds });
			expect(result.error).toBeUndefined();
			expect(result.items).toEqual([]);
			expect(hintsOf(result)).toEqual([expect.stringMatching(/^Nobody is in (account|view) /)]);
		}
		expect(writes()).toEqual([]);
	});

	test('are counted by Max Users, those who were found', async () => {
		const users = addUsers(3);
		const personalityIds = name([...users, ...addRecords(5)]);
		const asked = (maxUsers: number) => ({ ...anywhere, personalityIds, options: { maxUsers } });
		const refused = await run('portalUser.delete', asked(2));
		expect(refused.error?.message).toContain('3 people are more than the 2');
		expect(writes()).toEqual([]);
		expect(jsons(await run('portalUser.delete', asked(3)))).toHaveLength(3);
	});

	test('are all invited', async () => {
		const people = addRecords(3);
		const recordIds = name(people);
		const result = await run('portalUser.invite', { userType: byId(DEALERS), recordIds });
		expect(jsons(result).map(({ record_id }) => record_id)).toEqual([...people].reverse());
		expect(harness.sentTo()).toEqual([...people].sort());
	});

	test.each([
		['Invite', 'invite', 'record_id', { whenAlreadyInvited: 'resend' }],
		['Sync', 'sync', 'personality_id', {}],
	])(
		'have their names in every outcome of %s, at no call more',
		async (_, operation, key, more) => {
			const [fine, unreachable] = addRecords(2);
			const lonely = world().records.get(unreachable);
			if (lonely) lonely.email = null;
			const parameters = { userType: byId(DEALERS), recordIds: name([fine, unreachable]), ...more };
			const ask = async (dryRun: boolean) =>
				jsons(
					await run(`portalUser.${operation}`, { ...parameters, options: { dryRun } }, continuing),
				);
			const named = [unreachable, fine].map((id) => ({
				[key]: id,
				name: world().records.get(id)?.name,
				...(id === fine && { email: world().records.get(id)?.email }),
			}));
			const refused = { ...named[0], error: expect.stringContaining('no email address') };
			expect(await ask(true)).toMatchObject([refused, { ...named[1], planned: true }]);
			expect(reads().filter((call) => call.includes('ids='))).toEqual([]);
			expect(await ask(false)).toMatchObject([refused, { ...named[1], code: 'SUCCESS' }]);
		},
	);

	test('are invited by the name and address that a module of its own has', async () => {
		const [id] = addRecords(1);
		const module = byName('Contacts');
		const recordIds = name([id]);
		const result = await run('portalUser.invite', { userType: byId(DEALERS), module, recordIds });
		expect(jsons(result)).toMatchObject([{ record_id: id, name: world().records.get(id)?.name }]);
		expect(reads().filter((call) => /user_type(\?|$)/.test(call))).toEqual([]);
	});

	test('are found where Zoho refuses the fields of their names', async () => {
		harness.emulator.switches.unknownFields = 'refused';
		const contacts = world().module('Contacts');
		contacts.fields = contacts.fields.filter(({ api_name }) => api_name !== 'Full_Name');
		const people = addRecords(2);
		const result = await run('portalUser.invite', {
			userType: byId(DEALERS),
			recordIds: name(people),
		});
		expect(harness.sentTo()).toEqual([...people].sort());
		expect(result.error).toBeUndefined();
	});

	test('are what a portal follows in Sync, in both directions', async () => {
		const stays = addUsers(8);
		const [leaves] = addUsers(1);
		const [comes] = addRecords(1);
		const recordIds = name([...stays, comes]);
		const result = await run('portalUser.sync', {
			userType: byId(DEALERS),
			recordIds,
			others: 'delete',
		});
		expect(jsons(result).map(({ action, personality_id }) => [action, personality_id])).toEqual([
			['invited', comes],
			['deleted', leaves],
		]);
		expect(world().portalUsers.has(leaves)).toBe(false);
	});

	test('are nobody: Sync removes nobody', async () => {
		const users = addUsers(8);
		const result = await run('portalUser.sync', {
			userType: byId(DEALERS),
			recordIds: name([]),
			others: 'delete',
			options: { maxRemovals: 99 },
		});
		expect(result.error).toBeUndefined();
		expect(jsons(result)).toHaveLength(8);
		expect(jsons(result).every(({ heldBack }) => heldBack === true)).toBe(true);
		expect(hintsOf(result)).toEqual([
			expect.stringMatching(/^Nobody is in /),
			'8 were not removed.',
		]);
		expect([...world().portalUsers.keys()]).toEqual(users);
		expect(writes()).toEqual([]);
	});

	test('are read once, whatever the number of items and tries', async () => {
		skipPausesOnce();
		const users = addUsers(4);
		const personalityIds = name(users);
		harness.emulator.faults.add({
			kind: 'status',
			status: 500,
			code: 'INTERNAL_ERROR',
			before: true,
			method: 'DELETE',
			times: 1,
		});
		const input = Array.from({ length: 5 }, () => ({}));
		const result = await run(
			'portalUser.delete',
			{ ...anywhere, personalityIds },
			{
				input,
				...again,
			},
		);
		expect(result.error).toBeUndefined();
		expect(jsons(result)).toHaveLength(20);
		expect(listReads()).toHaveLength(1);
	});
});

/** Reads of the people of accounts and views. */
const listReads = () => reads().filter((call) => /fields=id/.test(call));

const skipPausesOnce = () => jest.spyOn(Math, 'random').mockReturnValue(0);

afterEach(() => jest.restoreAllMocks());

describe('several', () => {
	test('accounts are given with commas or as an array, and people in two of them are done once', async () => {
		const [a, b, c] = addUsers(3);
		const first = world().addAccount('First', [a, b]).id;
		const second = world().addAccount('Second', [c]).id;
		for (const value of [`${first}, ${second}, ${first}`, [first, second]]) {
			const result = await run(
				'portalUser.changeStatus',
				{ ...anywhere, personalityIds: byAccount('={{ $json.value }}'), active: false },
				{ input: [{ value }] },
			);
			expect(
				jsons(result)
					.map(({ personality_id }) => personality_id)
					.sort(),
			).toEqual([a, b, c].sort());
		}
	});

	test('views are given as an array, since names may have commas', async () => {
		const [a, b] = addUsers(2);
		addView([a], 'Ended, not renewed');
		addView([a, b], 'Ended');
		const input = [{ value: ['Ended, not renewed', 'Ended'] }];
		const asked = { ...anywhere, personalityIds: byView('={{ $json.value }}') };
		const result = await run('portalUser.get', asked, { input });
		expect(jsons(result)).toHaveLength(2);
		const one = await run('portalUser.get', asked, { input: [{ value: 'Ended, not renewed' }] });
		expect(jsons(one)).toEqual([expect.objectContaining({ personality_id: a })]);
	});
});

describe('a view', () => {
	test('is named by what people see, whatever the case', async () => {
		const [a] = addUsers(1);
		world().addView('Contacts', 'Own name', [a], { display_label: 'Shown name' });
		for (const name of ['Own name', 'Shown name', 'shown NAME']) {
			const result = await run('portalUser.get', { ...anywhere, personalityIds: byView(name) });
			expect(jsons(result)).toEqual([expect.objectContaining({ personality_id: a })]);
		}
	});

	test('that two have is refused, and both are named', async () => {
		const ids = [addView([]), addView(addUsers(2))];
		const result = await run('portalUser.delete', {
			...anywhere,
			personalityIds: byView('Contract ended'),
		});
		expect(zohoOf(result)).toMatchObject({ code: 'AMBIGUOUS' });
		for (const id of ids) expect(result.error?.message).toContain(id);
		expect(writes()).toEqual([]);
	});

	test('that is none is an error that lists the views there are', async () => {
		addView([]);
		const result = await run('portalUser.delete', {
			...anywhere,
			personalityIds: byView('Contract over'),
		});
		expect(result.error?.message).toContain(
			'Portal users of view "Contract over" could not be deleted',
		);
		expect(result.error?.description).toContain('Contract ended');
		expect(writes()).toEqual([]);
	});
});

describe('who cannot be told', () => {
	const cases: Array<[string, () => INodeParameters[string]]> = [
		['an account that is none', () => byAccount(UNKNOWN)],
		['a view that is none', () => byView(UNKNOWN)],
		[
			'an account that breaks off',
			() => {
				const account = addAccount(addRecords(450));
				harness.emulator.switches.pagesUntilEmpty = 2;
				return byAccount(account);
			},
		],
		[
			'a view with a row without an ID',
			() => {
				const view = addView(addRecords(3));
				harness.emulator.faults.add({ kind: 'rowWithoutId', before: false, url: 'cvid=' });
				return byView(view);
			},
		],
		[
			'a view that waits for nothing',
			() => {
				harness.emulator.switches.approvedFilter = 'refused';
				return byView(addView(addRecords(3)));
			},
		],
		[
			'accounts that may not be seen',
			() => {
				harness.emulator.switches.lacking = ['Crm_Implied_View_Accounts'];
				return byAccount(addAccount(addRecords(3)));
			},
		],
	];

	skipPauses();

	test.each(cases)('%s is an error before anything is written', async (_, name) => {
		const users = addUsers(8);
		const asked = name();
		for (const [operation, parameters] of [
			['portalUser.delete', { ...anywhere, personalityIds: asked }],
			['portalUser.invite', { userType: byId(DEALERS), recordIds: asked }],
			['portalUser.sync', { userType: byId(DEALERS), recordIds: asked, others: 'delete' }],
		] as const) {
			const result = await run(operation, parameters);
			expect(result.error).toBeDefined();
		}
		expect(writes()).toEqual([]);
		expect([...world().portalUsers.keys()]).toEqual(users);
	});

	test.each(cases)('%s holds back the removals of Sync, and only that', async (_, name) => {
		const users = addUsers(8);
		const [comes] = addRecords(1);
		const asked = name();
		const recordIds = '={{ $json.who }}';
		const result = await run(
			'portalUser.sync',
			{ userType: byId(DEALERS), recordIds, others: 'delete', options: { maxRemovals: 99 } },
			{ ...continuing, input: [{ who: comes }, { who: asked }] },
		);
		const rows = jsons(result);
		expect(rows.filter(({ error }) => error !== undefined)).toHaveLength(1);
		expect(rows.filter(({ action }) => action === 'invited')).toHaveLength(1);
		expect(rows.filter(({ heldBack }) => heldBack === true)).toHaveLength(8);
		expect([...world().portalUsers.keys()]).toEqual(expect.arrayContaining(users));
	});

	test('one account does not stop the others, where the node goes on', async () => {
		const [a] = addUsers(1);
		const personalityIds = byAccount(`${UNKNOWN}, ${addAccount([a])}`);
		const result = await run('portalUser.delete', { ...anywhere, personalityIds }, continuing);
		expect(jsons(result)).toEqual([
			expect.objectContaining({
				account: UNKNOWN,
				code: 'NOT_FOUND',
				error: `Portal users of account ${UNKNOWN} could not be deleted: the account does not exist, or the connected Zoho user may not see it`,
			}),
			expect.objectContaining({ personality_id: a, deleted: true }),
		]);
	});

	test.each(['/user_type', '/users?type='])(
		'each is one failure, where %s cannot be read either',
		async (url) => {
			const account = addAccount(addUsers(2));
			const failing = { status: 403, body: 'json', code: 'FORBIDDEN', before: true, url } as const;
			harness.emulator.faults.add({ kind: 'status', ...failing });
			for (const [operation, done] of [
				['portalUser.delete', 'deleted'],
				['portalUser.get', 'read'],
			]) {
				const personalityIds = byAccount(`${UNKNOWN}, ${account}`);
				const result = await run(operation, { ...anywhere, personalityIds }, continuing);
				const told = jsons(result).map((json) => [json.account, json.error]);
				expect(told).toEqual(
					[UNKNOWN, account].map((id) => [
						id,
						expect.stringMatching(
							new RegExp(`^Portal users of account ${id} could not be ${done}: `),
						),
					]),
				);
			}
			expect(writes()).toEqual([]);
		},
	);

	test.each([
		['ZohoCRM.modules.accounts.READ', byAccount],
		['ZohoCRM.modules.contacts.READ', byAccount],
		['ZohoCRM.modules.contacts.READ', byView],
		['ZohoCRM.settings.custom_views.READ', byView],
	])('the scope %s is asked for only then, and named', async (scope, by) => {
		const all = ACCESS.everything.filter((one) => one !== scope);
		harness.engine.connect('1', all.join());
		const [a] = addUsers(1);
		addView([a]);
		const personalityIds = by(by === byAccount ? addAccount([a]) : 'Contract ended');
		const result = await run('portalUser.delete', { ...anywhere, personalityIds });
		expect(result.error?.message).toContain(`lacks the scope ${scope}`);
		expect(writes()).toEqual([]);
		const named = await run('portalUser.delete', { ...anywhere, personalityIds: a });
		expect(jsons(named)).toEqual([expect.objectContaining({ deleted: true })]);
	});

	test('people of an account are contacts, and nothing else is invited', async () => {
		const result = await run('portalUser.invite', {
			userType: byId(VENDORS),
			recordIds: byAccount(addAccount(addRecords(2))),
		});
		expect(result.error?.message).toContain('the people of an account are contacts');
		expect(writes()).toEqual([]);
	});
});

describe('calls', () => {
	test.each([
		['an account in a user type', byAccount, byId(DEALERS), 14],
		['an account, wherever they are', byAccount, byId(''), 18],
		['a view in a user type', byView, byId(DEALERS), 15],
	])('500 people of %s are deactivated', async (_, by, userType, fewest) => {
		const people = addUsers(500);
		const personalityIds = by(by === byAccount ? addAccount(people) : addView(people));
		const parameters = { userType, personalityIds, active: false };
		const result = await run('portalUser.changeStatus', parameters);
		expect(jsons(result).filter(({ active }) => active === false)).toHaveLength(500);
		expect(calls().length).toBeLessThanOrEqual(Math.floor(fewest * 1.1));
	});

	test('more than 2,000 are read by page tokens', async () => {
		const people = addUsers(2_300);
		const recordIds = byView(addView(people));
		const result = await run('portalUser.sync', {
			userType: byId(DEALERS),
			recordIds,
			others: 'delete',
		});
		expect(result.items).toEqual([]);
		expect(listReads()).toHaveLength(12);
		expect(writes()).toEqual([]);
	});

	test('an agent names an account', async () => {
		const [a] = addUsers(1);
		const parameters = {
			portal: byName(PORTAL),
			...anywhere,
			personalityIds: byAccount('={{ $json.account }}'),
		};
		const result = await run('portalUser.get', parameters, {
			input: [{ account: addAccount([a]) }],
		});
		expect(jsons(result)).toHaveLength(1);
	});
});
