import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Fault } from '../../emulator/faults';
import { CLIENT_PORTAL, DEALERS, PREMIUM, UNKNOWN, VENDORS } from '../../emulator/seed';
import type { PortalUser } from '../../emulator/world';
import type { NodeSetup } from '../../harness/engine';
import {
	again,
	byId,
	byName,
	continuing,
	hintsOf,
	jsons,
	pairs,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { cases, fc } from '../../harness/random';

const harness = useHarness();
const { run, calls, addUsers, writes, emailOf } = harness;

describe('sync', () => {
	skipPauses();

	/** With the scopes to search for records and to read them. */
	const connectForRecords = () =>
		harness.engine.connect(
			'1',
			'ZohoCRM.settings.clientportal.ALL,ZohoCRM.modules.ALL,ZohoSearch.securesearch.READ',
		);

	/** A list: who should be a user of what. */
	const people = (userType: string, ids: string[]) => ids.map((id) => ({ id, userType }));

	const byItem = { userType: byId('={{ $json.userType }}'), recordIds: '={{ $json.id }}' };

	const byEmail = {
		userType: byId('={{ $json.userType }}'),
		recordIds: { __rl: true, mode: 'email', value: '={{ $json.id }}' } as INodeParameters,
	};

	const syncAsUsual = async (
		input: IDataObject[],
		parameters: INodeParameters = {},
		setup: Partial<NodeSetup> = {},
	) => await run('portalUser.sync', { ...byItem, ...parameters }, { input, ...setup });

	/** Like `syncAsUsual`, where whoever is not on the list may go: there are only a few. */
	const sync = async (
		input: IDataObject[],
		{ options, ...parameters }: INodeParameters = {},
		setup: Partial<NodeSetup> = {},
	) =>
		await syncAsUsual(
			input,
			{ ...parameters, options: { maxRemovals: 1_000, ...(options as INodeParameters) } },
			setup,
		);

	const addRecords = (amount: number, extra = {}) =>
		Array.from({ length: amount }, () => harness.emulator.world.addRecord(extra).id);

	const userOf = (id: string): PortalUser | undefined => harness.emulator.world.portalUsers.get(id);

	const mailed = () => harness.emulator.world.mails.map(({ record_id }) => record_id);

	describe('fields of the record behind each person', () => {
		const recordFields = ['Owner', 'Account_Name'];
		const Owner = expect.any(Object) as IDataObject;
		const readsOf = (module: string) =>
			calls().filter((call) => /^GET .*ids=/.test(call) && call.includes(`/${module}?`));

		test.each([false, true])('come with every outcome (dry run: %s)', async (dryRun) => {
			connectForRecords();
			const [staying, leaving] = addUsers(2);
			const [invited] = addRecords(1);
			const account = harness.emulator.world.addAccount('Nordwind', [invited]).id;
			const result = await sync(people(DEALERS, [staying, invited]), {
				others: 'delete',
				options: { recordFields, dryRun, includeUnchanged: true },
			});
			const outcomes = jsons(result).map((json) => [json.personality_id, json.record]);
			expect(outcomes.sort()).toEqual(
				[
					[staying, { Owner, Account_Name: null }],
					[leaving, { Owner, Account_Name: null }],
					[invited, { Owner, Account_Name: { id: account, name: 'Nordwind' } }],
				].sort(),
			);
		});

		test('come with those who failed as well, before and after they were sent', async () => {
			connectForRecords();
			const [refused, twice, vendor] = addUsers(3, DEALERS, { active: false });
			harness.emulator.faults.add({
				kind: 'status',
				status: 400,
				code: 'NOT_ALLOWED',
				before: true,
				method: 'PUT',
				url: refused,
			});
			const result = await sync(
				[
					{ id: refused, userType: DEALERS },
					...[DEALERS, PREMIUM].map((userType) => ({ id: twice, userType })),
					{ id: vendor, userType: VENDORS },
				],
				{ options: { recordFields } },
				continuing,
			);
			const record = { Owner, Account_Name: null };
			expect(jsons(result)).toMatchObject([
				{ personality_id: refused, code: 'NOT_ALLOWED', record },
				{ personality_id: twice, code: 'TWO_USER_TYPES', record },
				{ personality_id: twice, code: 'TWO_USER_TYPES', record },
				{ personality_id: vendor, code: 'INVALID_DATA', record },
			]);
		});

		test('without the scope, everything is done all the same', async () => {
			harness.engine.connect('1', 'ZohoCRM.settings.clientportal.ALL');
			const [id] = addUsers(1, DEALERS, { active: false });
			const result = await sync(people(DEALERS, [id]), { options: { recordFields } });
			expect(jsons(result)).toMatchObject([{ action: 'activated', record: null }]);
			expect(hintsOf(result)).toEqual([
				expect.stringMatching(/^Could not read the records of 1 user in Contacts: /),
			]);
			expect(readsOf('Contacts')).toEqual([]);
		});
	});

	/** Action by person. */
	const actions = (result: Awaited<ReturnType<typeof run>>) =>
		jsons(result).map(({ personality_id, action }) => [personality_id, action]);

	describe('makes the portal as the list says', () => {
		test.each(['oas', 'docs'] as const)('in every way, with answers of the %s', async (sources) => {
			harness.emulator.switches.sources = sources;
			const [missing] = addRecords(1);
			const [right, other] = addUsers(2);
			const [moved] = addUsers(1, PREMIUM);
			const [inactive] = addUsers(1, DEALERS, { active: false });
			const [both] = addUsers(1, CLIENT_PORTAL, { active: false });
			const [elsewhere] = addUsers(1, PREMIUM);
			const list = people(DEALERS, [right, missing, moved, inactive, both]);
			const result = await sync(list, { others: 'deactivate' });
			expect(result.error).toBeUndefined();
			expect(actions(result)).toEqual([
				[other, 'deactivated'],
				[missing, 'invited'],
				[moved, 'transferred'],
				[inactive, 'activated'],
				[both, 'transferred'],
				[both, 'activated'],
			]);
			expect(pairs(result.items)).toEqual([0, 1, 2, 3, 4, 4]);
			for (const id of [right, missing, moved, inactive, both]) {
				expect(userOf(id)).toMatchObject({ userTypeId: DEALERS, active: true });
			}
			expect(userOf(other)?.active).toBe(false);
			expect(userOf(elsewhere)).toMatchObject({ userTypeId: PREMIUM, active: true });
			expect(mailed()).toEqual([missing]);
			const { name, email, invited_time } = userOf(moved) ?? {};
			expect(jsons(result)[2]).toEqual({
				action: 'transferred',
				personality_id: moved,
				user_type_id: DEALERS,
				user_type_name: 'Dealers',
				name,
				email,
				previous: {
					user_type_id: PREMIUM,
					user_type_name: 'Premium',
					active: true,
					confirm: true,
					email,
					name,
					invited_time,
				},
				code: 'SUCCESS',
				message: 'User has been transferred successfully',
			});
			expect(jsons(result)[1]).toEqual({
				action: 'invited',
				personality_id: missing,
				user_type_id: DEALERS,
				user_type_name: 'Dealers',
				previous: null,
				code: 'SUCCESS',
				message: expect.any(String),
			});
		});

		test('and the second time changes nothing', async () => {
			const list = [...people(DEALERS, addRecords(3)), ...people(PREMIUM, addUsers(3))];
			addUsers(2);
			addUsers(2, PREMIUM, { active: false });
			await sync(list, { others: 'deactivate' });
			const before = writes().length;
			const repeated = await sync(list, { others: 'deactivate' });
			expect(repeated.items).toEqual([]);
			expect(writes()).toHaveLength(before);
			const said = await sync(list, {
				others: 'deactivate',
				options: { includeUnchanged: true },
			});
			expect(jsons(said)).toHaveLength(10);
			expect(pairs(said.items)).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 4, 5]);
			expect(jsons(said).every((one) => one.action === 'unchanged' && one.unchanged === true)).toBe(
				true,
			);
			expect(writes()).toHaveLength(before);
		});

		test('by the name of the user type and in one item', async () => {
			const [a, b] = addRecords(2);
			const parameters = {
				userType: byName('dealers'),
				recordIds: `${a}, ${b}`,
				portal: byName(''),
			};
			const result = await sync([{}], parameters);
			expect(actions(result)).toEqual([
				[a, 'invited'],
				[b, 'invited'],
			]);
			expect(userOf(b)?.userTypeId).toBe(DEALERS);
		});

		test('in the language of the item', async () => {
			const [a, b] = addRecords(2);
			const list = [
				{ id: a, userType: DEALERS, language: 'de_DE' },
				{ id: b, userType: DEALERS, language: '' },
			];
			await sync(list, { language: '={{ $json.language }}' });
			const { mails } = harness.emulator.world;
			expect(mails.map(({ record_id, language }) => [record_id, language]).sort()).toEqual([
				[a, 'de_DE'],
				[b, ''],
			]);
		});

		test('for people of two modules at once', async () => {
			const [contact] = addRecords(1);
			const [vendor] = addRecords(1, { module: 'Vendors' });
			const list = [...people(DEALERS, [contact]), ...people(VENDORS, [vendor])];
			const result = await sync(list);
			expect(actions(result)).toEqual([
				[contact, 'invited'],
				[vendor, 'invited'],
			]);
			expect(userOf(vendor)?.userTypeId).toBe(VENDORS);
		});
	});

	describe('who was invited and has not accepted', () => {
		test('is left alone', async () => {
			const [waiting] = addUsers(1, DEALERS, { confirm: false });
			const result = await sync(people(DEALERS, [waiting]));
			expect(result.items).toEqual([]);
			expect(mailed()).toEqual([]);
		});

		test('is invited again, after the transfer, where that is wanted', async () => {
			const [waiting] = addUsers(1, DEALERS, { confirm: false });
			const [moved] = addUsers(1, PREMIUM, { confirm: false });
			const [confirmed] = addUsers(1);
			const list = people(DEALERS, [waiting, moved, confirmed]);
			const result = await sync(list, { whenAlreadyInvited: 'resend' });
			expect(actions(result)).toEqual([
				[waiting, 'reinvited'],
				[moved, 'transferred'],
				[moved, 'reinvited'],
			]);
			expect(harness.emulator.world.mails.map(({ type }) => type)).toEqual([
				'reinvite',
				'reinvite',
			]);
			expect(writes()).toHaveLength(2);
		});
	});

	describe('everyone else', () => {
		const setUp = () => {
			const [listed, active] = addUsers(2);
			const [inactive] = addUsers(1, DEALERS, { active: false });
			const [waiting] = addUsers(1, DEALERS, { confirm: false });
			const [elsewhere] = addUsers(1, PREMIUM);
			const [vendor] = addUsers(1, VENDORS, { module: 'Vendors' });
			return { listed, active, inactive, waiting, elsewhere, vendor };
		};

		test('is left alone unless something else is chosen', async () => {
			const { listed } = setUp();
			const result = await sync(people(DEALERS, [listed]), { options: { includeUnchanged: true } });
			expect(actions(result)).toEqual([[listed, 'unchanged']]);
			expect(writes()).toEqual([]);
		});

		test('is deactivated, but for who has not accepted, who is reported', async () => {
			const { listed, active, waiting } = setUp();
			const result = await sync(people(DEALERS, [listed]), { others: 'deactivate' });
			expect(actions(result)).toEqual([
				[active, 'deactivated'],
				[waiting, 'unchanged'],
			]);
			expect(jsons(result)[1]).toMatchObject({
				unchanged: true,
				message: expect.stringContaining('cannot be deactivated'),
			});
			expect(writes()).toHaveLength(1);
		});

		test('is deleted', async () => {
			const { listed, active, inactive, waiting, elsewhere } = setUp();
			const result = await sync(people(DEALERS, [listed]), { others: 'delete' });
			expect(actions(result)).toEqual([active, inactive, waiting].map((id) => [id, 'deleted']));
			expect(pairs(result.items)).toEqual([0, 0, 0]);
			expect(writes()).toHaveLength(1);
			expect(userOf(elsewhere)).toBeDefined();
		});

		test('also in user types that the list does not name, of the same module', async () => {
			const { listed, active, elsewhere, vendor } = setUp();
			const parameters = { others: 'deactivate', othersIn: 'all' };
			const result = await sync(people(DEALERS, [listed]), parameters);
			expect(actions(result).filter(([, action]) => action === 'deactivated')).toEqual([
				[active, 'deactivated'],
				[elsewhere, 'deactivated'],
			]);
			expect(userOf(vendor)?.active).toBe(true);
		});

		test('must be the same for all items', async () => {
			const [a, b] = addUsers(2);
			const list = [
				{ id: a, userType: DEALERS, others: 'leave' },
				{ id: b, userType: DEALERS, others: 'delete' },
			];
			const result = await sync(list, { others: '={{ $json.others }}' });
			expect(result.error?.message).toContain("'Everyone Else' is not the same for all items");
			expect(calls()).toEqual([]);
		});
	});

	describe('by email', () => {
		beforeEach(connectForRecords);

		const addressOf = (id: string) => String(harness.emulator.world.records.get(id)?.email);

		test('portal users come first, and records are searched for the others', async () => {
			const [user] = addUsers(1, PREMIUM);
			const [missing] = addRecords(1);
			const list = people(DEALERS, [addressOf(user).toUpperCase(), addressOf(missing)]);
			const result = await sync(list, byEmail);
			expect(actions(result)).toEqual([
				[user, 'transferred'],
				[missing, 'invited'],
			]);
			const searches = calls().filter((call) => call.includes('/search'));
			expect(searches).toHaveLength(1);
			expect(decodeURIComponent(searches[0])).not.toContain(addressOf(user));
		});

		test('nobody is searched for who is in the portal', async () => {
			const list = people(DEALERS, addUsers(3).map(addressOf));
			await sync(list, byEmail);
			expect(calls().filter((call) => call.includes('/search'))).toEqual([]);
		});

		test('two portal users and two records are ambiguous, nobody is not found', async () => {
			const [a] = addUsers(1, DEALERS, { email: 'twin@example.test' });
			const [b] = addUsers(1, PREMIUM, { email: 'twin@example.test' });
			const [c, d] = addRecords(2, { email: 'two@example.test' });
			const [other] = addUsers(1);
			const emails = ['twin@example.test', 'two@example.test', 'none@example.test'];
			const list = people(DEALERS, emails);
			const parameters = { ...byEmail, others: 'delete' };
			const stopped = await sync(list, parameters);
			expect(stopped.error?.message).toBe(
				'3 of 3 portal users could not be synced; nothing was written',
			);
			expect(writes()).toEqual([]);
			const result = await sync(list, parameters, continuing);
			expect(jsons(result).filter(({ error }) => error)).toMatchObject([
				{ email: emails[0], code: 'AMBIGUOUS', error: expect.stringContaining(a) },
				{ email: emails[1], code: 'AMBIGUOUS', error: expect.stringContaining(c) },
				{ email: emails[2], code: 'NOT_FOUND' },
			]);
			expect(JSON.stringify(jsons(result))).toContain(b);
			expect(JSON.stringify(jsons(result))).toContain(d);
			expect(jsons(result).filter(({ heldBack }) => heldBack)).toMatchObject(
				[a, other, b].flatMap((id) =>
					userOf(id)?.userTypeId === DEALERS ? [{ personality_id: id, action: 'unchanged' }] : [],
				),
			);
			expect(writes()).toEqual([]);
		});
	});

	describe('the same person twice', () => {
		test('with the same user type has one outcome in both items', async () => {
			const [a, b] = addRecords(2);
			const result = await sync(people(DEALERS, [a, b, a]));
			expect(actions(result)).toEqual([a, b, a].map((id) => [id, 'invited']));
			expect(mailed().sort()).toEqual([a, b]);
		});

		test('with two user types is an error that names both, and nobody is removed', async () => {
			const [a, b] = addUsers(2);
			const [other] = addUsers(1);
			const list = [...people(DEALERS, [a]), ...people(PREMIUM, [a, b])];
			const stopped = await sync(list, { others: 'delete' });
			expect(stopped.error?.message).toBe(
				'2 of 3 portal users could not be synced; nothing was written',
			);
			expect(stopped.error?.description).toContain('Dealers and Premium');
			expect(writes()).toEqual([]);
			const result = await sync(list, { others: 'delete' }, continuing);
			expect(jsons(result)).toMatchObject([
				{
					personality_id: a,
					code: 'TWO_USER_TYPES',
					error: expect.stringContaining('Dealers and'),
				},
				{ personality_id: other, action: 'unchanged', heldBack: true },
				{ personality_id: a, code: 'TWO_USER_TYPES' },
				{ personality_id: b, action: 'transferred' },
			]);
			expect(userOf(other)).toBeDefined();
		});
	});

	describe('nobody is removed', () => {
		const heldBack = (result: Awaited<ReturnType<typeof run>>) =>
			jsons(result)
				.filter((one) => one.heldBack === true)
				.map((one) => one.personality_id);

		test('while an item cannot be read', async () => {
			const [a, other] = addUsers(2);
			const list = people(DEALERS, ['no id', a]);
			const result = await sync(list, { others: 'deactivate' }, continuing);
			expect(jsons(result)[0].error).toContain("'Records'");
			expect(heldBack(result)).toEqual([other]);
			expect(pairs(result.items)).toEqual([0, 1]);
			expect(writes()).toEqual([]);
		});

		test('while a user type is not known', async () => {
			const [a, other] = addUsers(2);
			const list = [...people('No such type', [a]), ...people('Dealers', [a])];
			const parameters = { userType: byName('={{ $json.userType }}'), others: 'deactivate' };
			const result = await sync(list, parameters, continuing);
			expect(jsons(result)[0]).toMatchObject({ code: 'NOT_FOUND' });
			expect(heldBack(result)).toEqual([other]);
			const [unknown] = jsons(await sync(people(UNKNOWN, [a]), {}, continuing));
			expect(unknown).toMatchObject({ code: 'NOT_FOUND', personality_id: a });
		});

		test.each([
			['a view', 'view', UNKNOWN],
			['an email address', 'email', 'nobody@example.test'],
		])('or told to need no change while %s is not known', async (_, mode, value) => {
			const [other] = addUsers(1);
			addUsers(1, DEALERS, { active: false });
			addUsers(1, DEALERS, { confirm: false });
			const recordIds = { __rl: true, mode, value } as INodeParameters;
			const parameters = { userType: byId(DEALERS), recordIds, others: 'deactivate' };
			const result = await sync(
				[{}],
				{ ...parameters, options: { includeUnchanged: true } },
				continuing,
			);
			expect(jsons(result)).toMatchObject([
				{ [mode]: value, code: expect.any(String), error: expect.any(String) },
				{ personality_id: other, heldBack: true },
			]);
			expect(jsons(result)).toHaveLength(2);
		});

		test('where somebody cannot be moved to the user type of another module', async () => {
			const [vendor] = addUsers(1, VENDORS, { module: 'Vendors' });
			const [other] = addUsers(1);
			const list = people(DEALERS, [vendor]);
			const stopped = await sync(list, { others: 'delete' });
			expect(stopped.error?.message).toContain(`user type ${DEALERS} is not a valid target`);
			expect(stopped.error?.description).toContain('the same personality module');
			const result = await sync(list, { others: 'delete' }, continuing);
			expect(jsons(result)[0]).toMatchObject({ personality_id: vendor, code: 'INVALID_DATA' });
			expect(heldBack(result)).toEqual([other]);
			expect(writes()).toEqual([]);
		});

		test.each<[string, IDataObject]>([
			['is refused', { state: 'locked' }],
			['has no address', { email: null }],
		])('where an invitation %s', async (_, extra) => {
			const [bad] = addRecords(1, extra);
			const [good] = addRecords(1);
			const [other] = addUsers(1);
			const list = people(DEALERS, [bad, good]);
			const result = await sync(list, { others: 'delete' }, continuing);
			expect(jsons(result)[0].error).toContain('could not be invited');
			expect(actions(result)).toContainEqual([good, 'invited']);
			expect(heldBack(result)).toEqual([other]);
		});

		test('where a transfer is uncertain, and who was to be moved is not activated', async () => {
			const [moved] = addUsers(1, PREMIUM, { active: false });
			const [other] = addUsers(1);
			harness.emulator.faults.add({
				kind: 'reset',
				before: false,
				method: 'POST',
				url: 'transfer',
			});
			const list = people(DEALERS, [moved]);
			const result = await sync(list, { others: 'deactivate' }, continuing);
			expect(jsons(result)).toMatchObject([
				{ personality_id: moved, uncertain: true, error: expect.stringContaining('transferred') },
				{
					personality_id: moved,
					code: 'NOT_TRANSFERRED',
					error: expect.stringContaining('could not be activated'),
				},
				{ personality_id: other, heldBack: true },
			]);
			expect(userOf(other)?.active).toBe(true);
			harness.emulator.faults.clear();
			const mended = await sync(list, { others: 'deactivate' });
			expect(actions(mended)).toEqual([
				[moved, 'activated'],
				[other, 'deactivated'],
			]);
		});

		test('where a job of Zoho that nobody can follow moves people', async () => {
			harness.emulator.switches.scheduledAbove.transfer = 0;
			const [moved] = addUsers(1, PREMIUM);
			const [other] = addUsers(1);
			const result = await sync(people(DEALERS, [moved]), { others: 'delete' });
			expect(jsons(result)).toMatchObject([
				{ personality_id: moved, scheduled: true, job_id: expect.any(String) },
				{ personality_id: other, heldBack: true },
			]);
		});

		test('in a run that stops, where an activation fails', async () => {
			const [inactive] = addUsers(1, DEALERS, { active: false });
			const [missing] = addRecords(1);
			const [other] = addUsers(1);
			const fault = { kind: 'status', status: 400, code: 'INVALID_DATA', before: true } as const;
			harness.emulator.faults.add({ ...fault, url: 'change_status' });
			const result = await sync(people(DEALERS, [inactive, missing]), { others: 'delete' });
			expect(result.error?.message).toContain(
				'1 of 2 portal users could not be activated, 1 is done and stays so',
			);
			expect(result.error?.description).toContain('Because of that, nobody was removed');
			expect(zohoOf(result)).toMatchObject({
				failed: [inactive],
				succeeded: [missing],
				heldBack: [other],
			});
			expect(userOf(other)).toBeDefined();
		});
	});

	describe('maxRemovals', () => {
		test('is 10 % of the people concerned, in whatever state, and stops with the first ten', async () => {
			addUsers(40, DEALERS, { active: false });
			const [listed] = addUsers(1);
			const others = addUsers(20);
			addUsers(100, PREMIUM);
			const list = people(DEALERS, [listed]);
			for (const options of [{}, { dryRun: true }]) {
				const result = await syncAsUsual(list, { others: 'deactivate', options });
				expect(result.error?.message).toContain(
					'20 people would be deactivated, and "Max Removals" allows 6: ',
				);
				expect(result.error?.message).toContain(`${userOf(others[9])?.name} and 10 more`);
				expect(result.error?.message).not.toContain(String(userOf(others[10])?.name));
				expect(zohoOf(result)).toMatchObject({
					code: 'TOO_MANY_REMOVALS',
					details: { found: 20, allowed: 6 },
				});
			}
			expect(writes()).toEqual([]);
		});

		test('is at least 5, and what is set counts', async () => {
			const listed = addUsers(7);
			const others = addUsers(5);
			const list = people(DEALERS, listed);
			const stopped = await sync(list, { others: 'delete', options: { maxRemovals: 4 } });
			expect(stopped.error?.message).toContain('5 people would be deleted');
			const continued = await sync(
				list,
				{ others: 'delete', options: { maxRemovals: 0 } },
				continuing,
			);
			expect(jsons(continued).map(({ code }) => code)).toEqual(
				listed.map(() => 'TOO_MANY_REMOVALS'),
			);
			expect(writes()).toEqual([]);
			const result = await syncAsUsual(list, { others: 'delete' });
			expect(actions(result)).toEqual(others.map((id) => [id, 'deleted']));
		});

		test.each([
			[1, 0],
			[2, 0],
			[3, 1],
			[6, 2],
			[10, 4],
		])('is always fewer than half: of %i people %i', async (amount, allowed) => {
			const ids = addUsers(amount);
			const list = (removed: number) => [
				...people(DEALERS, ids.slice(removed)),
				...people(DEALERS, addRecords(1)),
			];
			const stopped = await syncAsUsual(list(allowed + 1), { others: 'delete' });
			expect(stopped.error?.message).toContain(`"Max Removals" allows ${allowed}: `);
			expect(writes()).toEqual([]);
			const result = await syncAsUsual(list(allowed), { others: 'delete' });
			expect(result.error).toBeUndefined();
			expect(harness.emulator.world.portalUsers.size).toBe(amount - allowed + 1);
		});
	});

	test('maxUsers counts different people, removals included', async () => {
		const [both] = addUsers(1, PREMIUM, { active: false });
		const [listed, other] = addUsers(2);
		const list = people(DEALERS, [both, listed, ...addRecords(1)]);
		const options = { maxUsers: 2 };
		const stopped = await sync(list, { others: 'delete', options });
		expect(stopped.error?.message).toContain('3 people are more than the 2');
		expect(writes()).toEqual([]);
		const result = await sync(list, { others: 'delete', options: { maxUsers: 3 } });
		expect(result.error).toBeUndefined();
		expect(userOf(other)).toBeUndefined();
	});

	test('a dry run says what the real one does, and writes nothing', async () => {
		connectForRecords();
		const [missing] = addRecords(1);
		const [both] = addUsers(1, PREMIUM, { active: false });
		const [waiting] = addUsers(1, DEALERS, { confirm: false });
		const [other] = addUsers(1);
		const list = people(DEALERS, [missing, both, waiting]);
		const parameters = { others: 'delete', whenAlreadyInvited: 'resend', language: 'fr_FR' };
		const dry = await sync(list, { ...parameters, options: { dryRun: true } });
		expect(writes()).toEqual([]);
		expect(jsons(dry)).toEqual([
			{
				action: 'invited',
				personality_id: missing,
				name: harness.emulator.world.records.get(missing)?.name,
				email: harness.emulator.world.records.get(missing)?.email,
				planned: true,
				user_type_id: DEALERS,
				user_type_name: 'Dealers',
				module: 'Contacts',
				language: 'fr_FR',
				previous: null,
			},
			expect.objectContaining({
				action: 'deleted',
				personality_id: other,
				name: userOf(other)?.name,
				email: userOf(other)?.email,
				planned: true,
				user_type_id: DEALERS,
				previous: expect.objectContaining({ invited_time: userOf(other)?.invited_time }),
			}),
			expect.objectContaining({
				action: 'transferred',
				personality_id: both,
				planned: true,
				user_type_id: PREMIUM,
				target_user_type_id: DEALERS,
			}),
			expect.objectContaining({ action: 'activated', personality_id: both, user_type_id: PREMIUM }),
			expect.objectContaining({ action: 'reinvited', personality_id: waiting }),
		]);
		const real = await sync(list, parameters);
		expect(actions(real)).toEqual(actions(dry));
		expect(pairs(real.items)).toEqual(pairs(dry.items));
	});

	describe('a dry run with a record that does not exist', () => {
		const GONE = '7310000000000999999';

		beforeEach(connectForRecords);

		test('has the error of the real run, and removes nobody either', async () => {
			const [other] = addUsers(1);
			const [missing] = addRecords(1);
			const list = people(DEALERS, [GONE, missing]);
			const parameters = { others: 'delete' };
			const options = { dryRun: true };
			const dry = await sync(list, { ...parameters, options }, continuing);
			const real = await sync(list, parameters, continuing);
			for (const result of [dry, real]) {
				expect(jsons(result)).toMatchObject([
					{ personality_id: GONE, code: 'INVALID_DATA' },
					{ personality_id: other, heldBack: true, action: 'unchanged' },
					{ personality_id: missing, action: 'invited' },
				]);
				expect(jsons(result)[0].error).toContain('there is no record with this ID');
			}
			expect(userOf(other)).toBeDefined();
		});

		test('is planned without a look where records may not be read, and says so', async () => {
			harness.engine.connect('1', 'ZohoCRM.settings.clientportal.ALL');
			const [missing] = addRecords(1);
			const options = { dryRun: true };
			const result = await sync(people(DEALERS, [missing]), { options });
			expect(jsons(result)).toMatchObject([
				{ action: 'invited', missing_scopes: ['ZohoCRM.modules.contacts.READ'] },
			]);
			expect(hintsOf(result)).toEqual([
				expect.stringContaining('modules.contacts.READ'),
				expect.stringContaining('Nothing was written.'),
			]);
		});

		test('asks for 100 records a call, and for nobody who is in the portal', async () => {
			const list = people(DEALERS, [...addRecords(150), ...addUsers(3)]);
			await sync(list, { options: { dryRun: true } });
			const asked = calls().filter((call) => call.startsWith('GET /Contacts?'));
			expect(asked.map((call) => call.split('7310').length - 1).sort()).toEqual([100, 50]);
		});
	});

	test('a dry run has the errors of the real run for addresses that are missing or taken', async () => {
		connectForRecords();
		const [holder, other] = addUsers(2);
		const [fresh] = addRecords(1);
		const { world } = harness.emulator;
		const { email: address = null } = world.records.get(fresh) ?? {};
		const refused = [null, emailOf(holder), address].map((email) => world.addRecord({ email }).id);
		const list = people(DEALERS, [holder, fresh, ...refused]);
		const parameters = { others: 'delete' };
		const dry = await sync(list, { ...parameters, options: { dryRun: true } }, continuing);
		const real = await sync(list, parameters, continuing);
		for (const result of [dry, real]) {
			const told = new Map(jsons(result).map((one) => [one.personality_id, one]));
			const codes = refused.map((id) => told.get(id)?.code);
			expect(codes).toEqual(['INVALID_DATA', 'DUPLICATE_DATA', 'DUPLICATE_DATA']);
			expect(told.get(fresh)).toMatchObject({ action: 'invited' });
			expect(told.get(other)).toMatchObject({ heldBack: true });
		}
	});

	describe('a license that is used up', () => {
		const setUp = (licenses: number) => {
			const missing = addRecords(3);
			const others = addUsers(2);
			const { world, switches } = harness.emulator;
			switches.portalUserLicences = world.activePortalUsers() + licenses;
			return { missing, others, list: people(DEALERS, missing) };
		};

		test('holds no removal back, and freed places are used', async () => {
			const { missing, others, list } = setUp(1);
			const result = await sync(list, { others: 'delete' });
			expect(result.error).toBeUndefined();
			expect(actions(result).sort()).toEqual(
				[...missing.map((id) => [id, 'invited']), ...others.map((id) => [id, 'deleted'])].sort(),
			);
			expect(mailed().sort()).toEqual([...missing].sort());
			for (const id of others) expect(userOf(id)).toBeUndefined();
		});

		test('is tried once more only, and reported where places are still missing', async () => {
			const { others, list } = setUp(0);
			const result = await sync(list, { others: 'delete' }, continuing);
			const refused = jsons(result).filter(({ code }) => code === 'LICENSE_LIMIT_EXCEEDED');
			expect(refused).toHaveLength(1);
			expect(mailed()).toHaveLength(2);
			for (const id of others) expect(userOf(id)).toBeUndefined();
		});

		test('is not tried again where nobody is removed', async () => {
			const { list } = setUp(0);
			const result = await sync(list, {}, continuing);
			expect(jsons(result).map(({ code }) => code)).toEqual(
				list.map(() => 'LICENSE_LIMIT_EXCEEDED'),
			);
			expect(harness.sent('POST')).toHaveLength(1);
		});

		test('nor where anything else is not done', async () => {
			const { others, list } = setUp(0);
			const [locked] = addRecords(1, { state: 'locked' });
			await sync([...list, ...people(DEALERS, [locked])], { others: 'delete' }, continuing);
			for (const id of others) expect(userOf(id)).toBeDefined();
		});

		test('for activations holds no removal back either', async () => {
			const [inactive] = addUsers(1, DEALERS, { active: false });
			const [other] = addUsers(1);
			const { world, switches } = harness.emulator;
			switches.portalUserLicences = world.activePortalUsers();
			const result = await sync(people(DEALERS, [inactive]), { others: 'delete' });
			expect(result.error).toBeUndefined();
			expect(userOf(inactive)?.active).toBe(true);
			expect(userOf(other)).toBeUndefined();
		});
	});

	test('invites people to several user types and in several languages by one call', async () => {
		const ids = addRecords(3);
		const list = [DEALERS, PREMIUM, CLIENT_PORTAL].map((userType, index) => ({
			userType,
			id: ids[index],
			language: ['fr_FR', 'de_DE', ''][index],
		}));
		const result = await sync(list, { language: '={{ $json.language }}' });
		expect(result.error).toBeUndefined();
		expect(harness.sent('POST')).toHaveLength(1);
		expect(ids.map((id) => userOf(id)?.userTypeId)).toEqual([DEALERS, PREMIUM, CLIENT_PORTAL]);
		const { mails } = harness.emulator.world;
		expect(mails.map(({ language }) => language)).toEqual(['fr_FR', 'de_DE', '']);
	});

	describe('an item with an end', () => {
		const untils = { until: '={{ $json.until }}' };

		const NOON = Date.parse('2026-11-29T12:00:00Z');

		beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOON));
		afterEach(() => jest.restoreAllMocks());

		/** Two people: one of them until then; `true` where they keep the access. */
		const keeps = async (until: unknown, timezone = 'UTC') => {
			const [stays, ends] = addUsers(2);
			addUsers(3);
			const result = await sync(
				[
					{ userType: DEALERS, id: stays },
					{ userType: DEALERS, id: ends, until: until as string },
				],
				{ ...untils, others: 'deactivate', options: { maxRemovals: 9 } },
				{ timezone },
			);
			expect(result.error).toBeUndefined();
			return userOf(ends)?.active;
		};

		test.each<[string, string, boolean]>([
			['2026-11-29T12:00:01Z', 'UTC', true],
			['2026-11-29T12:00:00Z', 'UTC', false],
			['2026-11-29T14:00:00+01:00', 'UTC', true],
			['2026-11-29 12:30:00', 'UTC', true],
			['2026-11-29 12:30:00', 'Europe/Berlin', false],
			['2026-11-29', 'UTC', true],
			['2026-11-28', 'UTC', false],
			['2026-11-28', 'America/Los_Angeles', false],
			['2026-11-28', 'Pacific/Pago_Pago', false],
			['2026-11-29', 'Pacific/Kiritimati', false],
		])('that is %s in %s', async (until, timezone, kept) => {
			expect(await keeps(until, timezone)).toBe(kept);
		});

		test.each([undefined, null, ''])('that is %j has none', async (until) => {
			expect(await keeps(until)).toBe(true);
		});

		test('that is no date is an input error', async () => {
			const [id] = addUsers(1);
			const list = [{ userType: DEALERS, id, until: 'next week' }];
			const result = await sync(list, untils);
			expect(result.error?.message).toMatch(/^'Until' is "next week", which is not a date/);
			expect(harness.calls()).toEqual([]);
		});

		test('gets what becomes of its person, whose user type the list still speaks for', async () => {
			const [stays] = addUsers(1);
			const [ended, other] = addUsers(2, PREMIUM);
			const result = await sync(
				[
					{ userType: DEALERS, id: stays },
					{ userType: PREMIUM, id: ended, until: '2026-11-01' },
				],
				{ ...untils, others: 'deactivate', options: { maxRemovals: 9 } },
			);
			expect(jsons(result)).toMatchObject([
				{ action: 'deactivated', personality_id: other },
				{ action: 'deactivated', personality_id: ended },
			]);
			expect(pairs(result.items)).toEqual([0, 1]);
		});

		test('is neither invited, nor searched for, nor an error, and holds nobody back', async () => {
			const [stays, other] = addUsers(2);
			const [record] = addRecords(1);
			const result = await sync(
				[
					{ userType: DEALERS, id: stays },
					{ userType: DEALERS, id: record, until: '2026-11-01' },
				],
				{ ...untils, others: 'deactivate', options: { maxRemovals: 9 } },
			);
			expect(jsons(result)).toMatchObject([{ action: 'deactivated', personality_id: other }]);
			expect(harness.sentTo()).toEqual([]);
			harness.emulator.requests.length = 0;
			const gone = [{ userType: DEALERS, id: 'nobody@example.com', until: '2026-11-01' }];
			const byAddress = await sync(gone, { ...byEmail, ...untils });
			expect(byAddress.error).toBeUndefined();
			expect(jsons(byAddress)).toEqual([]);
			expect(harness.calls().filter((call) => call.includes('search'))).toEqual([]);
		});

		test('does not end what another item gives', async () => {
			const [id] = addUsers(1);
			const result = await sync(
				[
					{ userType: DEALERS, id, until: '2026-11-01' },
					{ userType: PREMIUM, id },
				],
				{ ...untils, others: 'deactivate' },
			);
			expect(jsons(result)).toMatchObject([{ action: 'transferred', personality_id: id }]);
			expect(pairs(result.items)).toEqual([1]);
		});

		test('counts before an item without one, as long as it lasts', async () => {
			const [tries, tried] = [addUsers(1, DEALERS)[0], addUsers(1, PREMIUM)[0]];
			const trial = (id: string, until: string) => [
				{ userType: PREMIUM, id, until },
				{ userType: DEALERS, id },
			];
			const list = [...trial(tries, '2026-12-01'), ...trial(tried, '2026-11-01')];
			const result = await sync(list, untils);
			expect(result.error).toBeUndefined();
			expect(actions(result)).toEqual([
				[tries, 'transferred'],
				[tried, 'transferred'],
			]);
			expect(pairs(result.items)).toEqual([0, 3]);
			expect(userOf(tries)?.userTypeId).toBe(PREMIUM);
			expect(userOf(tried)?.userTypeId).toBe(DEALERS);
		});

		test('a list that is over stops, unless removals are allowed', async () => {
			const ids = addUsers(9);
			const list = [{ userType: DEALERS, id: ids[0], until: '2026-11-01' }];
			const parameters = { ...untils, others: 'deactivate' };
			const stopped = await syncAsUsual(list, parameters);
			expect(zohoOf(stopped)).toMatchObject({ code: 'LIST_IS_OVER' });
			expect(writes()).toEqual([]);
			const allowed = await sync(list, { ...parameters, options: { maxRemovals: 9 } });
			expect(allowed.error).toBeUndefined();
			expect(ids.filter((id) => userOf(id)?.active)).toEqual([]);
		});
	});

	test('somebody whom Zoho says to be active already holds nobody back', async () => {
		const [raced] = addUsers(1, DEALERS, { active: false });
		const [other] = addUsers(1);
		harness.emulator.faults.add({
			kind: 'wrapped',
			key: 'change_status',
			status: 400,
			code: 'ALREADY_ACTIVATED',
			before: true,
			url: 'change_status',
		});
		const result = await sync(people(DEALERS, [raced]), { others: 'delete' });
		expect(jsons(result)).toMatchObject([
			{ personality_id: raced, action: 'unchanged', unchanged: true },
			{ personality_id: other, action: 'deleted' },
		]);
	});

	describe('changes while it runs', () => {
		test('give who was removed meanwhile their true outcome', async () => {
			const [moved] = addUsers(1, PREMIUM);
			const list = people(DEALERS, [moved]);
			const running = harness.start('portalUser.sync', byItem, { input: list, ...continuing });
			const { world } = harness.emulator;
			const lists = world.userTypes.size + 1;
			await harness.untilCalled(lists);
			world.portalUsers.delete(moved);
			const { runData } = (await running).data.resultData;
			const [{ json }] = runData.Zoho[0].data?.main[0] ?? [];
			expect(json).toMatchObject({ personality_id: moved, code: 'INVALID_DATA' });
			expect(json.uncertain).toBeUndefined();
		});
	});

	describe('where Zoho cannot be read', () => {
		test('nothing is written, and every person has the reason', async () => {
			harness.emulator.faults.add({
				kind: 'status',
				status: 403,
				code: 'NO_PERMISSION',
				before: true,
			});
			const ids = addUsers(3);
			const result = await sync(people(PREMIUM, ids), { others: 'delete' }, continuing);
			expect(jsons(result)).toMatchObject(
				ids.map((personality_id) => ({ personality_id, code: 'NO_PERMISSION' })),
			);
			expect(writes()).toEqual([]);
		});

		test('a search that fails leaves those unresolved, and nobody is removed', async () => {
			harness.emulator.faults.add({
				kind: 'status',
				status: 403,
				code: 'NO_PERMISSION',
				before: true,
				url: '/search',
			});
			const [record] = addRecords(1);
			const email = String(harness.emulator.world.records.get(record)?.email);
			const [other] = addUsers(1);
			const parameters = { ...byEmail, others: 'delete' };
			const result = await sync(people(DEALERS, [email]), parameters, continuing);
			expect(jsons(result)).toMatchObject([
				{ email, code: 'NO_PERMISSION' },
				{ personality_id: other, heldBack: true },
			]);
		});
	});

	describe('"Retry On Fail"', () => {
		test('does nothing twice, and tells what the first try did', async () => {
			const [missing, second] = addRecords(2);
			const [moved] = addUsers(1, PREMIUM);
			const [inactive] = addUsers(1, DEALERS, { active: false });
			const [other] = addUsers(1);
			const fault = { kind: 'status', status: 400, code: 'INVALID_DATA', before: true } as const;
			harness.emulator.faults.add({ ...fault, url: 'change_status', times: 1 });
			const list = people(DEALERS, [missing, moved, inactive, second]);
			const parameters = { others: 'delete', whenAlreadyInvited: 'resend' };
			const result = await sync(list, parameters, again);
			expect(result.error).toBeUndefined();
			expect(actions(result).sort()).toEqual(
				[
					[missing, 'invited'],
					[other, 'deleted'],
					[moved, 'transferred'],
					[inactive, 'activated'],
					[second, 'invited'],
				].sort(),
			);
			expect(pairs(result.items)).toEqual([0, 0, 1, 2, 3]);
			expect(mailed().sort()).toEqual([missing, second].sort());
		});

		test('tells whom the first try removed with the item that named them by email', async () => {
			const dealers = addUsers(12);
			const premium = addUsers(12, PREMIUM);
			const [gone, goneToo] = [dealers[11], premium[11]];
			const fault = { kind: 'status', status: 400, code: 'PASSING_TROUBLE', before: true } as const;
			harness.emulator.faults.add({ ...fault, method: 'DELETE', url: PREMIUM, times: 1 });
			const listed = (ids: string[], userType: string) =>
				ids.map((id) => ({
					userType,
					id: harness.emailOf(id),
					until: [gone, goneToo].includes(id) ? '2026-11-01' : '',
				}));
			const result = await sync(
				[...listed(dealers, DEALERS), ...listed(premium, PREMIUM)],
				{ ...byEmail, until: '={{ $json.until }}', others: 'delete' },
				again,
			);
			expect(result.error).toBeUndefined();
			expect(actions(result)).toEqual([
				[gone, 'deleted'],
				[goneToo, 'deleted'],
			]);
			expect(pairs(result.items)).toEqual([11, 23]);
		});

		test.each(['invited', 'transferred', 'activated', 'deactivated', 'deleted'])(
			'tells of what was in doubt in the first try and is done in the second (%s)',
			async (action) => {
				const [missing] = addRecords(1);
				const [moved] = addUsers(1, PREMIUM);
				const [inactive] = addUsers(1, DEALERS, { active: false });
				const [other] = addUsers(1);
				const doubted: Record<string, [string, string, string]> = {
					invited: [missing, 'POST', 'portal_invite'],
					transferred: [moved, 'POST', 'transfer'],
					activated: [inactive, 'PUT', 'active=true'],
					deactivated: [other, 'PUT', 'active=false'],
					deleted: [other, 'DELETE', '/users'],
				};
				const [id, method, url] = doubted[action];
				harness.emulator.faults.add({ kind: 'empty', before: false, method, url, times: 1 });
				const result = await sync(
					people(DEALERS, [missing, moved, inactive]),
					{
						others: action === 'deleted' ? 'delete' : 'deactivate',
						options: { includeUnchanged: true },
					},
					again,
				);
				expect(result.error).toBeUndefined();
				const items = jsons(result).filter(({ personality_id }) => personality_id === id);
				expect(items).toMatchObject([{ action, code: 'SUCCESS' }]);
				expect(new Set(jsons(result).map(({ personality_id }) => personality_id)).size).toBe(4);
				if (id === moved) expect(items[0].previous).toMatchObject({ user_type_id: PREMIUM });
				if (id === other) expect(items[0].previous).toMatchObject({ active: true });
			},
		);

		test('mails nobody again of whom it is uncertain', async () => {
			const [missing] = addRecords(1);
			harness.emulator.faults.add({ kind: 'reset', before: true, method: 'POST', times: 1 });
			const result = await sync(people(DEALERS, [missing]), {}, again);
			expect(result.error?.message).toContain('It is not certain whether');
			expect(mailed()).toEqual([]);
			const repeated = await sync(people(DEALERS, [missing]), { whenAlreadyInvited: 'resend' });
			expect(actions(repeated)).toEqual([[missing, 'invited']]);
		});

		test('nor who was mailed without an answer', async () => {
			const [missing] = addRecords(1);
			harness.emulator.faults.add({ kind: 'reset', before: false, method: 'POST', times: 1 });
			await sync(people(DEALERS, [missing]), { whenAlreadyInvited: 'resend' }, again);
			expect(mailed()).toEqual([missing]);
		});
	});
});

describe('what a sync costs', () => {
	skipPauses();

	const TYPES = [CLIENT_PORTAL, DEALERS, PREMIUM];

	/** People by what the list asks for them. */
	interface Amounts {
		right: number;
		added: number;
		moved: number;
		inactive: number;
		removed: number;
	}

	/**
	 * How many calls it takes at least: pages of 200, and the documented chunks for each user type; one
	 * job invites to all of them.
	 */
	function lowerBound({ right, added, moved, inactive, removed }: Amounts): number {
		const ofType = (amount: number) => Math.ceil(amount / TYPES.length);
		const pages = Math.ceil(ofType(right + moved + inactive + removed) / 200);
		const transfers = Math.ceil(ofType(moved) / 200);
		const deletions = Math.ceil(ofType(removed) / 499);
		// The user types themselves, and the one of vendors, who might be on the list.
		const invitations = 2 * Math.ceil(added / 100);
		return 2 + invitations + TYPES.length * (pages + transfers + deletions) + inactive;
	}

	/** A portal in three user types, and a list of who should be in it: the input items. */
	function setUp({ right, added, moved, inactive, removed }: Amounts) {
		const spread = (amount: number, add: (userType: string, next: string) => string) =>
			Array.from({ length: amount }, (_, index) => {
				const [userType, next] = [index, index + 1].map((one) => TYPES[one % TYPES.length]);
				return { userType, id: add(userType, next) };
			});
		spread(removed, (userType) => addUsers(1, userType)[0]);
		return [
			...spread(right, (userType) => addUsers(1, userType)[0]),
			...spread(added, () => harness.emulator.world.addRecord().id),
			...spread(moved, (_, next) => addUsers(1, next)[0]),
			...spread(inactive, (userType) => addUsers(1, userType, { active: false })[0]),
		];
	}

	// A tenth of the portal of 10,000 that docs/performance.md would ask for, in the same proportions.
	test('1,000 people and a list of 992 take the fewest calls there are', async () => {
		const amounts = { right: 982, added: 6, moved: 3, inactive: 2, removed: 12 };
		const input = setUp(amounts);
		const parameters = {
			userType: byId('={{ $json.userType }}'),
			recordIds: '={{ $json.id }}',
			others: 'delete',
		};
		const result = await run('portalUser.sync', parameters, { input });
		expect(result.error).toBeUndefined();
		const done = jsons(result).map(({ action }) => action);
		const count = (action: string) => done.filter((one) => one === action).length;
		expect({
			added: count('invited'),
			moved: count('transferred'),
			inactive: count('activated'),
			removed: count('deleted'),
		}).toEqual({ added: 6, moved: 3, inactive: 2, removed: 12 });
		expect(calls().length).toBeLessThanOrEqual(1.1 * lowerBound(amounts));
		expect(calls()).toHaveLength(lowerBound(amounts));
	});
});

describe('whatever list and portal', () => {
	// What is told against what is so, and what a second run mends, whatever the portal, the list and
	// the faults on the way.

	skipPauses();

	const userType = fc.constantFrom(CLIENT_PORTAL, DEALERS, PREMIUM);

	/** Somebody: where they are, if in the portal at all, and what the list says of them, if anything. */
	const person = fc.record({
		inPortal: fc.option(fc.record({ userType, active: fc.boolean(), confirm: fc.boolean() }), {
			nil: undefined,
		}),
		wanted: fc.option(userType, { nil: undefined }),
	});

	const faults = fc.array(
		fc.record({
			kind: fc.constantFrom<Fault['kind']>('reset', 'html', 'empty', 'throttle', 503, 500, 502),
			before: fc.boolean(),
			share: fc.constantFrom(0.05, 0.2, 0.5),
			method: fc.constantFrom('POST', 'PUT', 'DELETE'),
		}),
		{ maxLength: 3 },
	);

	const scenario = fc.record({
		people: fc.array(person, { minLength: 1, maxLength: 14 }),
		others: fc.constantFrom('leave', 'deactivate', 'delete'),
		othersIn: fc.constantFrom('named', 'all'),
		faults,
		seed: fc.integer({ min: 1, max: 1_000_000 }),
	});

	type Scenario = typeof scenario extends fc.Arbitrary<infer One> ? One : never;

	const userOf = (id: unknown) => harness.emulator.world.portalUsers.get(String(id));

	/** Sets up the world; returns the input items. */
	function setUp({ people, faults: planned, seed }: Scenario): IDataObject[] {
		const { emulator } = harness;
		emulator.reset();
		const list = people.flatMap(({ inPortal, wanted }) => {
			const id = inPortal
				? addUsers(1, inPortal.userType, { active: inPortal.active, confirm: inPortal.confirm })[0]
				: emulator.world.addRecord().id;
			return wanted === undefined ? [] : [{ id, userType: wanted }];
		});
		emulator.faults.seed(seed);
		for (const { before, kind, ...fault } of planned) {
			emulator.faults.add({ ...fault, kind, before: kind === 'throttle' || before });
		}
		return list;
	}

	/** What an item says against the world. */
	function checkClaim({
		action,
		personality_id,
		user_type_id,
		error,
		uncertain,
	}: IDataObject): void {
		const user = userOf(personality_id);
		if (error !== undefined) {
			// An invitation that is not uncertain was not sent.
			if (String(error).includes('could not be invited') && !uncertain)
				expect(user).toBeUndefined();
			return;
		}
		if (action === 'deleted') expect(user).toBeUndefined();
		if (action === 'deactivated') expect(user?.active).toBe(false);
		if (action === 'activated') expect(user?.active).toBe(true);
		if (action === 'invited' || action === 'transferred') {
			expect(user?.userTypeId).toBe(user_type_id);
		}
	}

	test('what is told is so, removals wait for all else, and a second run mends the rest', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async (one) => {
				const { emulator } = harness;
				const input = setUp(one);
				if (input.length === 0) return;
				const { others, othersIn } = one;
				const parameters = {
					userType: byId('={{ $json.userType }}'),
					recordIds: '={{ $json.id }}',
					others,
					...(others !== 'leave' && { othersIn }),
				};
				const sync = async (options: IDataObject) =>
					jsons(
						await run(
							'portalUser.sync',
							{ ...parameters, options: { maxRemovals: 100, ...options } } as never,
							{ input, ...continuing },
						),
					);
				const plan = await sync({ dryRun: true });
				expect(emulator.world.mails).toEqual([]);
				const said = await sync({});
				said.forEach(checkClaim);
				// All that was planned has an outcome.
				const told = (items: IDataObject[]) => new Set(items.map((json) => json.personality_id));
				expect(told(said)).toEqual(told(plan));
				const isRemoval = ({ action }: IDataObject) =>
					action === 'deleted' || action === 'deactivated';
				const listed = new Set(input.map(({ id }) => id));
				const broken = said.some(
					(json) => json.error !== undefined && listed.has(json.personality_id),
				);
				if (broken) expect(said.filter(isRemoval)).toEqual([]);
				if (one.faults.length === 0) {
					const actions = (items: IDataObject[]) =>
						items.map(({ personality_id, action }) => [personality_id, action]);
					expect(actions(said)).toEqual(actions(plan));
				}

				emulator.faults.clear();
				const mended = await sync({});
				expect(mended.filter((json) => json.error !== undefined)).toEqual([]);
				for (const { id, userType: wanted } of input) {
					expect(userOf(id)).toMatchObject({ userTypeId: wanted, active: true });
				}
				const third = await sync({});
				expect(third.filter((json) => json.unchanged !== true)).toEqual([]);
				const mailed = emulator.world.mails.map(({ record_id }) => record_id);
				expect(new Set(mailed).size).toBe(mailed.length);
			}),
			cases(25),
		);
	});
});
