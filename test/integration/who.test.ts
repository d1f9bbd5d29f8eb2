import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Fault } from '../../emulator/faults';
import { CLIENT_PORTAL, DEALERS, PREMIUM, UNKNOWN, VENDORS } from '../../emulator/seed';
import {
	again,
	asItems,
	byId,
	byName,
	continuing,
	fromList,
	jsons,
	ofDealers,
	pairs,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { byEmail } from '../../harness/parameters';

const harness = useHarness();
const { run, calls, addUsers, reads, writes, emailOf } = harness;

describe('who is meant', () => {
	const anywhere = { userType: byId('') };

	describe('by email', () => {
		test('people are found in whatever user type, whatever the case', async () => {
			const [dealer] = addUsers(2);
			const [premium] = addUsers(1, PREMIUM);
			const result = await run('portalUser.delete', {
				...anywhere,
				personalityIds: byEmail(`${emailOf(dealer).toUpperCase()}, ${emailOf(premium)}`),
			});
			expect(jsons(result)).toEqual(
				[
					[dealer, DEALERS, 'Dealers'],
					[premium, PREMIUM, 'Premium'],
				].map(([personality_id, user_type_id, user_type_name]) => ({
					personality_id,
					name: expect.any(String),
					email: expect.stringContaining('@'),
					user_type_id,
					user_type_name,
					deleted: true,
					code: 'SUCCESS',
					message: expect.any(String),
				})),
			);
			expect(writes()).toHaveLength(2);
		});

		test('a thousand people of 20,000 are read once', async () => {
			const ids = addUsers(20_000).slice(0, 1_000);
			const input = ids.map((id) => ({ email: emailOf(id) }));
			const result = await run(
				'portalUser.delete',
				{ userType: byId(DEALERS), personalityIds: byEmail('={{ $json.email }}') },
				{ input },
			);
			expect(jsons(result).map(({ personality_id }) => personality_id)).toEqual(ids);
			expect(pairs(result.items)).toEqual(ids.map((_, index) => index));
			// 200 users a call, and the user types for their names.
			expect(reads()).toHaveLength(101);
			expect(writes()).toHaveLength(3);
		});

		test('who is unknown is an error of their own; the others go on', async () => {
			const [known] = addUsers(1);
			const result = await run(
				'portalUser.delete',
				{ ...anywhere, personalityIds: byEmail(`nobody@example.test,${emailOf(known)}`) },
				continuing,
			);
			expect(jsons(result)).toEqual([
				expect.objectContaining({
					email: 'nobody@example.test',
					code: 'NOT_FOUND',
					error:
						'Portal user "nobody@example.test" could not be deleted: nobody in the portal AcmeClients has this email address',
				}),
				expect.objectContaining({ personality_id: known, deleted: true }),
			]);
		});

		test('who is unknown ends the run before anything is written', async () => {
			const [known] = addUsers(1);
			const input = [{ email: emailOf(known) }, { email: 'nobody@example.test' }];
			const result = await run(
				'portalUser.delete',
				{ ...anywhere, personalityIds: byEmail('={{ $json.email }}') },
				{ input },
			);
			expect(result.error?.description).toContain('nobody in the portal AcmeClients');
			expect(writes()).toEqual([]);
		});

		test('who is in two user types is ambiguous, and told', async () => {
			const [a] = addUsers(1);
			const [b] = addUsers(1, PREMIUM, { email: emailOf(a) });
			const result = await run(
				'portalUser.changeStatus',
				{ ...anywhere, personalityIds: byEmail(emailOf(a)), active: false },
				continuing,
			);
			expect(jsons(result)).toEqual([
				expect.objectContaining({ email: emailOf(a), code: 'AMBIGUOUS' }),
			]);
			for (const text of [a, b, 'Dealers', 'Premium']) {
				expect(jsons(result)[0].error).toContain(text);
			}
			expect(writes()).toEqual([]);
		});

		test('what is no address is told before anything is sent', async () => {
			const noEmail = await run('portalUser.delete', {
				...anywhere,
				personalityIds: byEmail('Mina Shah'),
			});
			expect(noEmail.error?.message).toContain(
				'\'Users\' is "Mina", which is not an email address',
			);
			expect(calls()).toEqual([]);
		});

		test('a list that cannot be read makes nobody unknown', async () => {
			const [known] = addUsers(1);
			harness.emulator.switches.lacking = ['Crm_Implied_Manage_ClientPortal_Users'];
			const result = await run(
				'portalUser.delete',
				{ ...anywhere, personalityIds: byEmail(emailOf(known)) },
				continuing,
			);
			expect(jsons(result)).toEqual([
				expect.objectContaining({ email: emailOf(known), code: 'NO_PERMISSION' }),
			]);
		});
	});

	describe('by ID without a user type', () => {
		/** 1,000 people in three user types of a portal with 20,000. */
		const addMany = () => {
			const { world } = harness.emulator;
			for (const type of world.userTypes.values()) {
				if (![CLIENT_PORTAL, DEALERS, PREMIUM].includes(type.id)) world.userTypes.delete(type.id);
			}
			const all = [CLIENT_PORTAL, DEALERS, PREMIUM].flatMap((type) => addUsers(6_660, type));
			return all.filter((_, index) => index % 20 === 0).slice(0, 1_000);
		};

		test.each([
			['works', 35],
			['ignored', 110],
			['refused', 110],
			['cut', 110],
		] as const)(
			'with a filter that %s, a thousand take at most %i reads',
			async (idFilter, most) => {
				harness.emulator.switches.idFilter = idFilter;
				const ids = addMany();
				const result = await run(
					'portalUser.delete',
					{ ...anywhere, personalityIds: '={{ $json.id }}' },
					{ input: asItems(ids) },
				);
				expect(result.error).toBeUndefined();
				expect(jsons(result).map(({ personality_id }) => personality_id)).toEqual(ids);
				expect(reads().length).toBeLessThanOrEqual(most);
			},
		);

		test.each(['works', 'ignored', 'refused', 'cut'] as const)(
			'with a filter that %s, who is unknown is told',
			async (idFilter) => {
				harness.emulator.switches.idFilter = idFilter;
				const ids = addMany();
				const asked = [...ids.slice(0, 50), UNKNOWN];
				const result = await run(
					'portalUser.delete',
					{ ...anywhere, personalityIds: asked.join(',') },
					continuing,
				);
				const rows = jsons(result);
				expect(rows.slice(0, 50).every(({ deleted }) => deleted === true)).toBe(true);
				expect(rows[50]).toMatchObject({ personality_id: UNKNOWN, code: 'NOT_FOUND' });
			},
		);
	});

	describe('user types by name', () => {
		test('are found by their exact name, else by the only one that differs in case', async () => {
			const [user] = addUsers(1);
			const result = await run('portalUser.transfer', {
				userType: byName('dealers'),
				targetUserType: byName('Premium'),
				personalityIds: user,
			});
			expect(jsons(result)).toEqual([expect.objectContaining({ user_type_id: PREMIUM })]);
			expect(reads()).toEqual(['GET /settings/portals/AcmeClients/user_type']);
		});

		test('an unknown name is an error that tells the names there are', async () => {
			const [user] = addUsers(1);
			const result = await run('portalUser.delete', {
				userType: byName('Deelers'),
				personalityIds: user,
			});
			expect(result.error?.message).toBe(
				`Portal user ${user} could not be deleted: the portal has no user type "Deelers"`,
			);
			expect(result.error?.description).toContain('Dealers');
			expect(writes()).toEqual([]);
		});

		test.each<[string, INodeParameters, (user: string) => IDataObject]>([
			['userType.get', {}, () => ({ name: 'Deelers' })],
			['userType.delete', { targetUserType: byId(PREMIUM) }, () => ({ name: 'Deelers' })],
			[
				'userType.delete',
				{ userType: byId(DEALERS), targetUserType: byName('Deelers') },
				() => ({ id: DEALERS }),
			],
			['userType.update', { updateFields: { active: false } }, () => ({ name: 'Deelers' })],
			['userType.duplicate', { name: 'Copy' }, () => ({ name: 'Deelers' })],
			['portalUser.get', {}, (personality_id) => ({ personality_id })],
			['portalUser.delete', {}, (personality_id) => ({ personality_id })],
			['portalUser.sync', {}, (personality_id) => ({ personality_id })],
			['portalUser.invite', {}, (record_id) => ({ record_id })],
		])('an item with an unknown name keeps its subject: %s %j', async (operation, more, about) => {
			const [user] = addUsers(1);
			const named = { userType: byName('Deelers'), personalityIds: user, recordIds: user };
			const [json] = jsons(await run(operation, { ...named, ...more }, continuing));
			const { error, code, message, details, ...subject } = json;
			expect({ error, message, details }).toEqual({
				error: expect.stringContaining('the portal has no user type "Deelers"'),
				message: expect.stringContaining('Dealers'),
				details: expect.any(Object),
			});
			expect({ code, subject }).toEqual({ code: 'NOT_FOUND', subject: about(user) });
		});

		test('unknown user types that an operation is about are counted', async () => {
			const input = [{ type: 'Deelers' }, { type: 'Premuim' }, { type: 'Dealers' }];
			const result = await run('userType.delete', { userType: '={{ $json.type }}' }, { input });
			expect(result.error?.message).toBe(
				'2 of 2 user types could not be found; nothing was written',
			);
		});

		test('hold for the operations on user types as well', async () => {
			const [user] = jsons(await run('userType.get', { userType: byName('Dealers') }));
			expect(user).toMatchObject({ id: DEALERS, name: 'Dealers' });
		});

		test('a mistake of another parameter is told before anything is read', async () => {
			const result = await run('portalUser.delete', {
				userType: byName('Dealers'),
				personalityIds: 'Mina',
			});
			expect(result.error?.message).toContain("'Users' is");
			expect(calls()).toEqual([]);
		});
	});

	describe('the portal', () => {
		const open = { portal: byName('') };

		test('is the only one where none is named', async () => {
			const { world } = harness.emulator;
			for (const name of [...world.portals.keys()].slice(1)) world.portals.delete(name);
			const [user] = addUsers(1);
			const result = await run('portalUser.delete', {
				...open,
				userType: byId(DEALERS),
				personalityIds: user,
			});
			expect(jsons(result)).toEqual([expect.objectContaining({ deleted: true })]);
			expect(reads()).toEqual(['GET /settings/portals']);
		});

		test('may be open where items name user types of their own, or all the same', async () => {
			const { world } = harness.emulator;
			for (const name of [...world.portals.keys()].slice(1)) world.portals.delete(name);
			const moved = addUsers(2).map((id) => ({ id, type: 'Dealers', to: 'Premium' }));
			const back = addUsers(2, PREMIUM).map((id) => ({ id, type: 'Premium', to: 'Dealers' }));
			const input = [moved[0], back[0], moved[1], back[1]];
			const result = await run(
				'portalUser.transfer',
				{
					...open,
					userType: byName('={{ $json.type }}'),
					targetUserType: byName('={{ $json.to }}'),
					personalityIds: '={{ $json.id }}',
				},
				{ input },
			);
			expect(jsons(result).map(({ user_type_id }) => user_type_id)).toEqual([
				PREMIUM,
				DEALERS,
				PREMIUM,
				DEALERS,
			]);
			const same = await run(
				'portalUser.delete',
				{ ...open, userType: byName('Premium'), personalityIds: '={{ $json.id }}' },
				{ input: moved },
			);
			expect(jsons(same).map(({ deleted }) => deleted)).toEqual([true, true]);
			const portal = '/settings/portals/AcmeClients/user_type';
			expect(calls().filter((call) => call.startsWith('GET'))).toEqual([
				'GET /settings/portals',
				`GET ${portal}`,
				'GET /settings/portals',
				`GET ${portal}`,
			]);
			expect(writes()).toHaveLength(3);
		});

		test('has to be named where there are several', async () => {
			harness.emulator.world.portals.set('Second', {
				...[...harness.emulator.world.portals.values()][0],
				name: 'Second',
			});
			const result = await run('portalUser.getAll', { ...open, ...anywhere });
			expect(result.error?.message).toContain('the organization has more than one portal');
			expect(result.error?.description).toContain('AcmeClients, Second');
		});
	});

	describe('Get', () => {
		test('reads people by email, with user type and time of invitation', async () => {
			const [user] = addUsers(1);
			const result = await run('portalUser.get', {
				...anywhere,
				personalityIds: byEmail(emailOf(user)),
			});
			expect(jsons(result)).toEqual([
				{
					personality_id: user,
					name: expect.any(String),
					email: emailOf(user),
					active: true,
					confirm: true,
					user_type_id: DEALERS,
					user_type_name: 'Dealers',
					invited_time: expect.any(String),
				},
			]);
		});

		test.each([
			['in a user type', byId(DEALERS)],
			['anywhere', byId('')],
		])('says who is not there, %s', async (_, userType) => {
			const [user] = addUsers(1, PREMIUM);
			const personalityIds = userType.value === '' ? UNKNOWN : user;
			const result = await run('portalUser.get', { userType, personalityIds });
			expect(zohoOf(result)).toMatchObject({ code: 'NOT_FOUND' });
		});
	});

	describe('Get Many', () => {
		const day = 86_400_000;
		const ago = (days: number) => new Date(Date.now() - days * day).toISOString();

		test('selects those who have not accepted for some days', async () => {
			const [late] = addUsers(1, DEALERS, { confirm: false, invited_time: ago(31) });
			addUsers(1, DEALERS, { confirm: false, invited_time: ago(29) });
			addUsers(1, DEALERS, { confirm: true, invited_time: ago(40) });
			const result = await run('portalUser.getAll', {
				...anywhere,
				filters: { unconfirmedForDays: 30 },
			});
			expect(jsons(result).map(({ personality_id }) => personality_id)).toEqual([late]);
		});

		test.each([
			['2026-03-01T12:00:00', 'America/New_York', '2026-03-01T16:59:59Z', '2026-03-01T17:00:01Z'],
			['2026-03-01T12:00:00Z', 'America/New_York', '2026-03-01T11:59:59Z', '2026-03-01T12:00:01Z'],
			['2026-07-01', 'Europe/Berlin', '2026-06-30T21:59:59Z', '2026-06-30T22:00:01Z'],
		])('selects by time of invitation: before %s in %s', async (before, timezone, match, other) => {
			const [user] = addUsers(1, DEALERS, { invited_time: match });
			addUsers(1, DEALERS, { invited_time: other });
			const result = await run(
				'portalUser.getAll',
				{ ...anywhere, filters: { invitedBefore: before } },
				{ timezone },
			);
			expect(jsons(result).map(({ personality_id }) => personality_id)).toEqual([user]);
		});

		test('the limit counts those who are selected', async () => {
			addUsers(60, DEALERS, { confirm: false, invited_time: ago(1) });
			const late = addUsers(5, VENDORS, {
				confirm: false,
				invited_time: ago(9),
				module: 'Vendors',
			});
			const result = await run('portalUser.getAll', {
				...anywhere,
				limit: 3,
				filters: { unconfirmedForDays: 7 },
			});
			expect(jsons(result).map(({ personality_id }) => personality_id)).toEqual(late.slice(0, 3));
		});
	});
});

describe('names', () => {
	const MESSAGE = `User type ${DEALERS} (Dealers) could not be deleted: it still has users`;

	describe.each([
		['chosen from the list', () => fromList(DEALERS, 'Dealers')],
		['named', () => byName('Dealers')],
	])('a user type that was %s', (_, userType) => {
		test('is called by its name in errors', async () => {
			addUsers(1);
			const result = await run('userType.delete', { userType: userType() });
			expect(result.error?.message).toBe(MESSAGE);
		});
	});

	test('a name that was chosen once says nothing of the ID that an expression gives', async () => {
		addUsers(1);
		const result = await run('userType.delete', {
			userType: fromList(`={{ "${DEALERS}" }}`, 'Other'),
		});
		expect(result.error?.message).toBe(MESSAGE.replace(' (Dealers)', ''));
	});

	test('a person who was chosen from the list is called by name in errors', async () => {
		const [user] = addUsers(1);
		harness.emulator.world.portalUsers.clear();
		const shown = 'Mina Shah (mina@example.com)';
		const result = await run('portalUser.delete', ofDealers(fromList(user, shown)));
		expect(result.error?.message).toBe(
			`Portal user ${user} (Mina Shah) could not be deleted: the person is not a portal user of this user type`,
		);
	});

	test('a CRM user who was chosen from the list is called by name in errors', async () => {
		const user = fromList(UNKNOWN, 'Ben Ode (ben@example.com), inactive');
		const result = await run('user.get', { user });
		expect(result.error?.message).toBe(
			`CRM user ${UNKNOWN} (Ben Ode) could not be read: nothing has this name or ID`,
		);
	});

	test('n8n shows the code of a refusal that Zoho sends with status 200', async () => {
		const [user] = addUsers(1);
		const result = await run('portalUser.delete', ofDealers(`${user}, ${UNKNOWN}`));
		expect(result.error).toMatchObject({ httpCode: 'INVALID_DATA' });
	});
});

describe('user types that were deleted', () => {
	// Why Zoho refuses to delete a user type hangs on no form of its details: its documentation promises
	// the code only.

	const refuse = (fault: Omit<Fault, 'kind' | 'before'>) =>
		harness.emulator.faults.add({ kind: 'status', before: true, method: 'DELETE', ...fault });

	const REMEDY = 'Transfer its users to another user type first';

	test('a refusal without details is told with what to do about users', async () => {
		refuse({ status: 400, code: 'INVALID_DATA' });
		const result = await harness.run('userType.delete', { userType: byId(DEALERS) });
		expect(result.error?.message).toContain(`User type ${DEALERS} could not be deleted`);
		expect(result.error?.description).toContain(REMEDY);
		expect(result.error?.description).toContain('Zoho answered INVALID_DATA');
	});

	test.each([
		[403, 'NO_PERMISSION'],
		[403, 'FORBIDDEN'],
		[400, 'SOMETHING_NEW'],
		[500, 'INTERNAL_ERROR'],
		[400, 'NOT_ALLOWED'],
	])('a refusal for another reason (%i %s) is not', async (status, code) => {
		refuse({ status, code });
		const result = await harness.run('userType.delete', { userType: byId(DEALERS) });
		expect(result.error?.description).not.toContain(REMEDY);
	});

	test('a user type that does not exist has no users', async () => {
		const result = await harness.run('userType.delete', { userType: byId('7310000000000999991') });
		expect(result.error?.description).not.toContain(REMEDY);
		const portal = await harness.run('userType.delete', {
			portal: 'NoSuchPortal',
			userType: byId(DEALERS),
		});
		expect(portal.error?.description).not.toContain(REMEDY);
	});
});

describe('what was before', () => {
	let known: Map<string, { name: string; email: string }>;

	beforeEach(() => (known = new Map()));

	/** Name and email of somebody, also once they are gone. */
	const who = (id: string) => {
		const { name, email } = harness.emulator.world.portalUsers.get(id) ?? known.get(id) ?? {};
		return { name, email };
	};

	const previous = (id: string, user_type_id: string, user_type_name: string) => ({
		...who(id),
		user_type_id,
		user_type_name,
		active: true,
		confirm: true,
		invited_time: expect.any(String),
	});

	/** Runs an operation dry and then for real; the dry one must not write. */
	async function both(operation: string, parameters: INodeParameters) {
		const { options = {}, ...others } = parameters;
		const dryOptions = Object.assign({ dryRun: true }, options);
		const planned = jsons(await run(operation, { ...others, options: dryOptions }, continuing));
		expect(writes()).toEqual([]);
		for (const [id, { name, email }] of harness.emulator.world.portalUsers) {
			known.set(id, { name, email });
		}
		const done = jsons(await run(operation, { ...others, options }, continuing));
		return { planned, done };
	}

	test.each(['delete', 'changeStatus'])(
		'is told of each item that asks for it, also where they share the change: %s',
		async (operation) => {
			const [id] = addUsers(1);
			const result = await run(
				`portalUser.${operation}`,
				{
					userType: byId(DEALERS),
					personalityIds: id,
					active: false,
					options: { includePrevious: '={{ $json.keep }}' },
				},
				{ input: [{ keep: false }, { keep: true }] },
			);
			const [first, second] = jsons(result);
			expect(first).not.toHaveProperty('previous');
			expect(second).toMatchObject({ previous: { user_type_id: DEALERS, active: true } });
			expect(writes()).toHaveLength(1);
		},
	);

	describe('a dry run', () => {
		test('of a deletion says who would be deleted, and where they are', async () => {
			const [dealer] = addUsers(1);
			const [premium] = addUsers(1, PREMIUM);
			const { planned, done } = await both('portalUser.delete', {
				userType: byId(''),
				personalityIds: `${dealer},${premium}`,
			});
			expect(planned).toEqual([
				{
					personality_id: dealer,
					...who(dealer),
					planned: true,
					action: 'deleted',
					user_type_id: DEALERS,
					user_type_name: 'Dealers',
					previous: previous(dealer, DEALERS, 'Dealers'),
				},
				{
					personality_id: premium,
					...who(premium),
					planned: true,
					action: 'deleted',
					user_type_id: PREMIUM,
					user_type_name: 'Premium',
					previous: previous(premium, PREMIUM, 'Premium'),
				},
			]);
			expect(done.every(({ deleted }) => deleted === true)).toBe(true);
		});

		test('of a transfer names the target, and who is there already', async () => {
			const [dealer] = addUsers(1);
			const [premium] = addUsers(1, PREMIUM);
			const { planned, done } = await both('portalUser.transfer', {
				userType: byId(''),
				targetUserType: byName('Premium'),
				personalityIds: `${dealer},${premium}`,
			});
			expect(planned).toEqual([
				{
					personality_id: dealer,
					...who(dealer),
					planned: true,
					user_type_id: DEALERS,
					user_type_name: 'Dealers',
					action: 'transferred',
					target_user_type_id: PREMIUM,
					target_user_type_name: 'Premium',
					previous: previous(dealer, DEALERS, 'Dealers'),
				},
				{
					personality_id: premium,
					...who(premium),
					planned: true,
					user_type_id: PREMIUM,
					user_type_name: 'Premium',
					action: 'unchanged',
					unchanged: true,
					previous: previous(premium, PREMIUM, 'Premium'),
				},
			]);
			expect(done).toEqual([
				expect.objectContaining({ personality_id: dealer, transferred: true }),
				expect.objectContaining({ personality_id: premium, unchanged: true }),
			]);
		});

		test.each([
			['changeStatus', { active: false }, 'deactivated'],
			['changeStatus', { active: true }, 'unchanged'],
		])('of %s with %j says "%s" of who is active', async (operation, more, action) => {
			const [user] = addUsers(1);
			const { planned, done } = await both(`portalUser.${operation}`, {
				userType: byId(DEALERS),
				personalityIds: user,
				...more,
			});
			expect(planned).toEqual([expect.objectContaining({ personality_id: user, action })]);
			expect(done).toEqual([expect.objectContaining({ personality_id: user, ...more })]);
		});

		test.each<[string, string, () => INodeParameters]>([
			[
				'who is not of the user type',
				'delete',
				() => ({ userType: byId(DEALERS), personalityIds: addUsers(1, PREMIUM)[0] }),
			],
			[
				'who is not in the portal',
				'delete',
				() => ({ userType: byId(''), personalityIds: UNKNOWN }),
			],
			[
				'an unknown address',
				'delete',
				() => ({ userType: byId(''), personalityIds: byEmail('nobody@example.test') }),
			],
			[
				'who has not accepted',
				'changeStatus',
				() => ({
					userType: byId(DEALERS),
					personalityIds: addUsers(1, DEALERS, { confirm: false })[0],
					active: false,
				}),
			],
			[
				'a target with another personality module',
				'transfer',
				() => ({
					userType: byId(DEALERS),
					personalityIds: addUsers(1)[0],
					targetUserType: byId(VENDORS),
				}),
			],
			[
				'who was invited before',
				'invite',
				() => ({ userType: byId(DEALERS), recordIds: addUsers(1)[0] }),
			],
		])('refuses %s like a real run', async (_, operation, parameters) => {
			const { planned, done } = await both(`portalUser.${operation}`, parameters());
			expect(planned).toHaveLength(1);
			// A dry run has read whom the run may know by ID only.
			const unnamed = ({ error }: IDataObject) => String(error).replace(/ \(Person \d+\)/, '');
			const said = unnamed(planned[0]).replace(' would not be ', ' could not be ');
			expect(said).toBe(unnamed(done[0]));
			expect(planned[0].code).toBe(done[0].code);
			expect(String(planned[0].message)).not.toContain('Zoho answered');
		});

		test('of an invitation says who would be invited, and who again', async () => {
			const record = harness.emulator.world.addRecord();
			const [user] = addUsers(1, DEALERS, { confirm: false });
			const { planned, done } = await both('portalUser.invite', {
				userType: byId(DEALERS),
				recordIds: `${record.id},${user}`,
				whenAlreadyInvited: 'resend',
			});
			// The record was looked up.
			expect(planned[0]).not.toHaveProperty('missing_scopes');
			expect(planned).toMatchObject([
				{
					record_id: record.id,
					planned: true,
					user_type_id: DEALERS,
					action: 'invited',
					previous: null,
				},
				{
					record_id: user,
					...who(user),
					planned: true,
					user_type_id: DEALERS,
					action: 'reinvited',
					previous: { ...previous(user, DEALERS, 'Dealers'), confirm: false },
				},
			]);
			expect(done).toEqual([
				expect.objectContaining({ record_id: record.id, invited: true, resent: false }),
				expect.objectContaining({ record_id: user, invited: true, resent: true }),
			]);
		});
	});

	describe('Max Users', () => {
		const tenOf = (users: string[], more: INodeParameters = {}) => ({
			userType: byId(DEALERS),
			personalityIds: '={{ $json.id }}',
			options: { maxUsers: 10, ...more },
			input: asItems(users),
		});

		test.each(['delete', 'changeStatus'])(
			'stops %s over all items before anything is written',
			async (operation) => {
				const { input, ...parameters } = tenOf(addUsers(11));
				const result = await run(`portalUser.${operation}`, parameters, { input });
				expect(result.error?.message).toContain(
					'11 people are more than the 10 that "Max Users" allows',
				);
				expect(writes()).toEqual([]);
			},
		);

		test('counts a person once, and lets as many through', async () => {
			const users = addUsers(10);
			const { input, ...parameters } = tenOf([...users, ...users]);
			const result = await run('portalUser.delete', parameters, { input });
			expect(jsons(result)).toHaveLength(20);
			expect(harness.emulator.world.portalUsers.size).toBe(0);
		});

		test.each([
			['an ID that is unknown', 'delete', () => [...addUsers(2), UNKNOWN]],
			[
				'a user who has not accepted',
				'changeStatus',
				() => [...addUsers(2), ...addUsers(1, DEALERS, { confirm: false })],
			],
		])('counts %s in a dry run as in the run', async (_, operation, usersOf) => {
			const personalityIds = usersOf().join(',');
			for (const dryRun of [true, false]) {
				for (const [maxUsers, stops] of [
					[2, true],
					[3, false],
				] as const) {
					const options = { maxUsers, dryRun };
					const parameters = { userType: byId(DEALERS), personalityIds, active: false, options };
					const result = await run(`portalUser.${operation}`, parameters, continuing);
					expect(jsons(result).map(({ code }) => code === 'TOO_MANY_USERS')).toEqual(
						stops ? [true] : [false, false, false],
					);
				}
			}
		});

		test('is an item for each input item where the node continues', async () => {
			const { input, ...parameters } = tenOf(addUsers(11), { dryRun: true });
			const result = await run('portalUser.delete', parameters, { input, ...continuing });
			expect(jsons(result)).toHaveLength(11);
			expect(jsons(result).every(({ code }) => code === 'TOO_MANY_USERS')).toBe(true);
		});
	});

	describe('the state before', () => {
		test('is told of everybody, so that it can be undone', async () => {
			const [user] = addUsers(1);
			const name = harness.emulator.world.portalUsers.get(user)?.name;
			const email = emailOf(user);
			const result = await run('portalUser.transfer', {
				userType: byId(DEALERS),
				targetUserType: byId(PREMIUM),
				personalityIds: user,
				options: { includePrevious: true },
			});
			expect(jsons(result)).toEqual([
				expect.objectContaining({
					personality_id: user,
					transferred: true,
					previous: {
						user_type_id: DEALERS,
						user_type_name: 'Dealers',
						active: true,
						confirm: true,
						email,
						name,
						invited_time: expect.any(String),
					},
				}),
			]);
		});
	});

	describe('Retry On Fail', () => {
		skipPauses();

		test('knows whom an earlier try deleted, though nobody finds them any more', async () => {
			const [dealer] = addUsers(1);
			const [premium] = addUsers(1, PREMIUM);
			const emails = [dealer, premium].map(emailOf).join(',');
			const url = `${PREMIUM}/users`;
			harness.emulator.faults.add({ kind: 500, before: false, method: 'DELETE', url, times: 1 });
			const result = await run(
				'portalUser.delete',
				{ userType: byId(''), personalityIds: byEmail(emails) },
				again,
			);
			expect(zohoOf(result)).toMatchObject({
				succeeded: [dealer],
				failed: [],
				uncertain: [premium],
			});
		});
	});
});
