import { BEN, CHLOE, DEALERS, EMIL, PREMIUM } from '../../emulator/seed';
import {
	byEmail,
	byId,
	byName,
	continuing,
	hintsOf,
	jsons,
	useHarness,
	zohoOf,
} from '../../harness/harness';

const harness = useHarness();
const { run, calls, addRecords, addUsers, emailOf, writes } = harness;

const ANYWHERE = { userType: byId('') };

describe('an error counts everybody who was asked for', () => {
	const nobody = ['one@nowhere.test', 'two@nowhere.test'];

	beforeEach(() => {
		const scopes = [
			'ZohoCRM.settings.clientportal.ALL',
			'ZohoCRM.settings.ALL',
			'ZohoCRM.users.ALL',
		];
		const search = ['ZohoSearch.securesearch.READ', 'ZohoCRM.modules.contacts.READ'];
		harness.engine.connect('1', [...scopes, ...search].join());
	});

	test.each([false, true])('who is not found, with dry run %s', async (dryRun) => {
		const input = [...addUsers(3).map(emailOf), ...nobody].map((email) => ({ email }));
		const parameters = { ...ANYWHERE, personalityIds: byEmail('={{ $json.email }}') };
		const options = { dryRun };
		const one = { ...parameters, active: false, options };
		const result = await run('portalUser.changeStatus', one, { input });
		expect(result.error?.message).toBe(
			'2 of 5 portal users could not be found; nothing was written',
		);
		expect(zohoOf(result)).toMatchObject({ succeeded: [], failed: nobody, uncertain: [] });
		expect(writes()).toEqual([]);
	});

	test('whom a list names, in a sync', async () => {
		const recordIds = byEmail([...addUsers(3).map(emailOf), ...nobody].join());
		const result = await run('portalUser.sync', { userType: byId(DEALERS), recordIds });
		expect(result.error?.message).toBe(
			'2 of 5 portal users could not be found; nothing was written',
		);
	});

	test('one of several is counted, too', async () => {
		const personalityIds = byEmail([...addUsers(2).map(emailOf), nobody[0]].join());
		const result = await run('portalUser.delete', { ...ANYWHERE, personalityIds });
		expect(result.error?.message).toBe(
			'1 of 3 portal users could not be found; nothing was written',
		);
		expect(result.error?.description).toContain(`"${nobody[0]}": nobody in the portal`);
	});

	test('a record by its email', async () => {
		const recordIds = byEmail(nobody.join());
		const result = await run('portalUser.invite', { userType: byId(DEALERS), recordIds });
		expect(result.error?.message).toBe('2 of 2 records could not be found; nothing was written');
	});

	test('a dry run says what would not be done, and what it has planned', async () => {
		const [waiting] = addUsers(1, DEALERS, { confirm: false, name: 'Mina Shah' });
		const ids = [...addUsers(2), waiting];
		const parameters = { ...ANYWHERE, personalityIds: ids.join(), active: false };
		const dry = { ...parameters, options: { dryRun: true } };
		const stopped = await run('portalUser.changeStatus', dry);
		expect(stopped.error?.message).toBe(
			'1 of 3 portal users would not be deactivated; nothing was written',
		);
		const [item] = jsons(await run('portalUser.changeStatus', dry, continuing)).filter(
			({ error }) => error,
		);
		expect(item.error).toContain(`Portal user ${waiting} (Mina Shah) would not be deactivated: `);
	});

	test('of a dry run of things that are asked for one by one', async () => {
		const input = ['New One', 'Dealers', 'Dealers'].map((name) => ({ name }));
		const parameters = {
			name: '={{ $json.name }}',
			personalityModule: { __rl: true, mode: 'name', value: 'Contacts' },
			modulesMode: 'fields',
			modulesUi: { module: [{ module: 'personality', permissions: [] }] },
			options: { dryRun: true },
		};
		const result = await run('userType.create', parameters, { input });
		expect(result.error?.message).toBe(
			'2 of 3 user types would not be created; nothing was written',
		);
		expect(zohoOf(result)).toMatchObject({ succeeded: [] });
	});
});

test('an error has a remedy for each of its reasons', async () => {
	const waiting = addUsers(2, DEALERS, { confirm: false });
	const [gone] = addUsers(1);
	const input = [...waiting, gone].map((id) => ({ id }));
	harness.emulator.world.portalUsers.delete(gone);
	const parameters = { userType: byId(DEALERS), personalityIds: '={{ $json.id }}', active: false };
	const result = await run('portalUser.changeStatus', parameters, { input });
	expect(result.error?.message).toBe('3 of 3 portal users could not be deactivated');
	const { description } = result.error ?? {};
	for (const text of [...waiting, gone, 'Delete the portal user instead', 'recycle bin']) {
		expect(description).toContain(text);
	}
	expect(description?.split('Delete the portal user instead')).toHaveLength(2);
	expect(String(description).indexOf(waiting[1])).toBeLessThan(
		String(description).indexOf('Delete the portal user instead'),
	);
});

describe('a hint says in numbers', () => {
	const list = () => {
		const records = addRecords(4);
		const moved = addUsers(4, PREMIUM);
		addUsers(1);
		return [...records, ...moved];
	};
	const syncing = (recordIds: string[]) => ({
		userType: byId(DEALERS),
		recordIds: recordIds.join(),
		others: 'deactivate',
		options: { maxRemovals: 1 },
	});

	beforeEach(() => {
		const { portalUsers } = harness.emulator.world;
		for (const [id, { userTypeId }] of portalUsers)
			if (userTypeId === DEALERS) portalUsers.delete(id);
	});

	test('what a dry run would do', async () => {
		const parameters = syncing(list());
		const dry = { ...parameters, options: { ...parameters.options, dryRun: true } };
		const result = await run('portalUser.sync', dry);
		expect(hintsOf(result)).toContain(
			'Nothing was written. This would invite 4, transfer 4 and deactivate 1 user.',
		);
		expect(writes()).toEqual([]);
	});

	test('what a run has done', async () => {
		const result = await run('portalUser.sync', syncing(list()));
		expect(result.error).toBeUndefined();
		expect(hintsOf(result)).toEqual(['Invited 4, transferred 4 and deactivated 1 user.']);
	});

	test('who stays as they are, and what failed', async () => {
		const [off] = addUsers(1, DEALERS, { active: false });
		const [waiting] = addUsers(1, DEALERS, { confirm: false });
		const ids = [...addUsers(2), off, waiting];
		const parameters = { ...ANYWHERE, personalityIds: ids.join(), active: false };
		const dry = { ...parameters, options: { dryRun: true } };
		const planned = await run('portalUser.changeStatus', dry, continuing);
		expect(hintsOf(planned)).toEqual([
			'Nothing was written. This would deactivate 2 users. 1 would stay unchanged. 1 would fail.',
		]);
		const done = await run('portalUser.changeStatus', parameters, continuing);
		expect(hintsOf(done)).toEqual(['Deactivated 2 users. 1 stayed unchanged. 1 failed.']);
	});

	test('what may have been done is not told as failed', async () => {
		harness.emulator.faults.add({ kind: 500, method: 'DELETE', before: false });
		const parameters = { userType: byId(DEALERS), personalityIds: addUsers(2).join() };
		const result = await run('portalUser.delete', parameters, continuing);
		expect(hintsOf(result)).toEqual(['2 are uncertain.']);
	});

	test('nothing of one thing that was done', async () => {
		const parameters = { ...ANYWHERE, personalityIds: addUsers(1)[0] };
		const dry = { ...parameters, options: { dryRun: true } };
		expect(hintsOf(await run('portalUser.delete', dry))).toEqual([
			'Nothing was written. This would delete 1 user.',
		]);
		expect(hintsOf(await run('portalUser.delete', parameters))).toEqual([]);
		expect(hintsOf(await run('portalUser.getAll', { userType: byId(DEALERS) }))).toEqual([]);
	});

	test('somebody who is named twice counts once', async () => {
		const [id] = addUsers(1);
		const parameters = { ...ANYWHERE, personalityIds: id, options: { dryRun: true } };
		const result = await run('portalUser.delete', parameters, { input: [{}, {}] });
		expect(hintsOf(result)).toEqual(['Nothing was written. This would delete 1 user.']);
	});

	test('what becomes of CRM users and user types', async () => {
		const options = { dryRun: true };
		const users = { user: byId(`={{ ${JSON.stringify([BEN, EMIL])} }}`), options };
		expect(hintsOf(await run('user.delete', users))).toEqual([
			'Nothing was written. This would delete 2 CRM users.',
		]);
		const handover = { ...users, targetUser: byId(CHLOE) };
		expect(hintsOf(await run('user.transferData', handover))).toEqual([
			'Nothing was written. This would transfer the data of 2 CRM users.',
		]);
		const userType = { userType: byId(DEALERS), name: 'Copy', options };
		expect(hintsOf(await run('userType.duplicate', userType))).toEqual([
			'Nothing was written. This would duplicate 1 user type.',
		]);
	});
});

describe('who it is about is told by name', () => {
	const options = { dryRun: true };

	test('with the user types of a planned transfer', async () => {
		const [id] = addUsers(1);
		const parameters = { personalityIds: id, targetUserType: byId(PREMIUM), options };
		const names = { user_type_name: 'Dealers', target_user_type_name: 'Premium' };
		for (const userType of [byId(''), byId(DEALERS)]) {
			const [item] = jsons(await run('portalUser.transfer', { ...parameters, userType }));
			expect(item).toMatchObject({ ...names, email: emailOf(id), previous: { active: true } });
		}
		const done = { ...parameters, ...ANYWHERE, options: {} };
		const [item] = jsons(await run('portalUser.transfer', done));
		expect(item).toMatchObject({ user_type_id: PREMIUM, user_type_name: 'Premium' });
	});

	test('in a sync, planned and done', async () => {
		const [moved] = addUsers(1, PREMIUM);
		const [record] = addRecords(1);
		const list = { userType: byId(DEALERS), recordIds: `${moved},${record}` };
		const planned = jsons(await run('portalUser.sync', { ...list, options }));
		expect(planned).toMatchObject([
			{ user_type_name: 'Premium', target_user_type_name: 'Dealers', email: emailOf(moved) },
			{ action: 'invited', user_type_name: 'Dealers' },
		]);
		const done = jsons(await run('portalUser.sync', list));
		expect(done).toMatchObject([{ user_type_name: 'Dealers' }, { user_type_name: 'Dealers' }]);
	});

	test('in a planned invitation', async () => {
		const parameters = { userType: byId(DEALERS), recordIds: addRecords(1)[0], options };
		const [item] = jsons(await run('portalUser.invite', parameters));
		expect(item).toMatchObject({ user_type_id: DEALERS, user_type_name: 'Dealers' });
	});
});

describe('somebody who was invited before', () => {
	const inviting = (recordIds: string, more = {}) => ({
		userType: byId(DEALERS),
		recordIds,
		...more,
	});
	const add = (state: object) => {
		const { id } = harness.emulator.world.addRecord();
		const [user] = harness.emulator.world.addPortalUsers(PREMIUM, 1, state);
		const { portalUsers } = harness.emulator.world;
		portalUsers.delete(user.personality_id);
		portalUsers.set(id, { ...user, personality_id: id });
		return id;
	};

	test.each([false, true])('is told as what, with dry run %s', async (dryRun) => {
		const states: Array<[object, RegExp]> = [
			[{ confirm: false }, /is already invited to Premium \(not accepted since \d+ \w+ \d{4}\)$/],
			[{ confirm: true }, /is already a user of Premium$/],
			[{ confirm: true, active: false }, /is a deactivated user of Premium$/],
		];
		const ids = states.map(([state]) => add(state));
		const parameters = inviting(ids.join(), { options: { dryRun } });
		const items = jsons(await run('portalUser.invite', parameters, continuing));
		expect(items).toMatchObject(
			states.map(([, words]) => ({ code: 'CANNOT_PROCESS', error: expect.stringMatching(words) })),
		);
		expect(writes().filter((call) => dryRun && call)).toEqual([]);
	});

	test('is skipped with the state they are in', async () => {
		const ids = [add({ confirm: false }), add({ confirm: true, active: false })];
		const parameters = inviting(ids.join(), { whenAlreadyInvited: 'skip' });
		expect(jsons(await run('portalUser.invite', parameters))).toMatchObject([
			{
				invited: true,
				skipped: true,
				active: true,
				confirm: false,
				user_type_id: PREMIUM,
				user_type_name: 'Premium',
			},
			{ invited: false, skipped: true, active: false, user_type_name: 'Premium' },
		]);
	});
});

test('a record that Zoho does not know is told as such', async () => {
	const parameters = { userType: byId(DEALERS), recordIds: '7310000000000999999' };
	const result = await run('portalUser.invite', parameters);
	expect(result.error?.message).toContain('Zoho does not know the record');
	expect(result.error?.description).toContain('recycle bin');
});

test('somebody in another user type than the one that is named', async () => {
	const [id] = addUsers(1, PREMIUM);
	const parameters = { userType: byId(DEALERS), personalityIds: byEmail(emailOf(id)) };
	const result = await run('portalUser.delete', parameters);
	expect(result.error?.message).toContain('the person is not in user type Dealers but in Premium');
	expect(result.error?.description).toBe('Leave "User Type" empty to search all user types.');
	expect(writes()).toEqual([]);
});

describe('a definition of a user type', () => {
	const upsert = async (definition: string) => await run('userType.upsert', { definition });

	test.each([
		['', "'Definition (JSON)' is empty"],
		['{{ $json }}', `'Definition (JSON)' is the text "{{ $json }}"`],
	])('%j is told as such', async (definition, message) => {
		const { error } = await upsert(definition);
		expect(error?.message).toContain(definition === '' ? 'Definition' : message);
	});

	test.each<[string, unknown]>([
		['fields', ['Last_Name', 'Email']],
		['fields', [null, { api_name: 'Email' }]],
		['fields', { Email: { read_only: true } }],
		['fields', '[{"api_name":"Email"}]'],
		['layouts', ['7310000000000220001']],
		['filters', 'Account_Name'],
		['views', [{ id: '7310000000000230001' }]],
		['permissions', ['view']],
		['permissions', '{"edit":false}'],
	])('with %s of another kind: %j', async (key, value) => {
		const module = { api_name: 'Contacts', permissions: { view: true }, [key]: value };
		const definition = { name: 'Dealers', personality_module: module, modules: [module] };
		for (const operation of ['upsert', 'create', 'update']) {
			const { error } = await run(`userType.${operation}`, {
				definition: JSON.stringify(definition),
				name: 'Dealers',
				userType: byId(DEALERS),
				personalityModule: byName('Contacts'),
				modulesMode: 'json',
				modulesJson: JSON.stringify(definition.modules),
			});
			expect(error?.message).toContain(`has Contacts.${key}, which is not a`);
		}
		expect(calls()).toEqual([]);
	});

	test('with a field to remove, which is left out instead', async () => {
		const module = { api_name: 'Contacts', fields: [{ api_name: 'Email', _delete: true }] };
		const definition = { name: 'Dealers', personality_module: module, modules: [module] };
		const { error } = await upsert(JSON.stringify(definition));
		expect(error?.message).toContain('has a field with "_delete"');
		expect(calls()).toEqual([]);
	});

	test('with a permission that there is not', async () => {
		const module = { api_name: 'Contacts', permissions: { view: true, edt: true } };
		const { error } = await upsert(
			JSON.stringify({ name: 'New', personality_module: module, modules: [module] }),
		);
		expect(error?.message).toContain('Contacts.permissions.edt, which is not a permission');
		expect(error?.description).toContain('edit');
		expect(writes()).toEqual([]);
	});
});
