import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CLIENT_PORTAL, DEALERS, PREMIUM, UNKNOWN, VENDORS } from '../../emulator/seed';
import type { CrmRecord } from '../../emulator/world';
import {
	again,
	asItems,
	byEmail,
	byId,
	byName,
	continuing,
	fromList,
	hintsOf,
	inviting,
	jsons,
	ofDealers,
	pairs,
	useHarness,
	zohoOf,
} from '../../harness/harness';

const harness = useHarness();
const { run, calls, addUsers, emailOf, sentTo } = harness;

describe('portal users', () => {
	const USERS = `/settings/portals/AcmeClients/user_type/${DEALERS}/users`;
	/** Calls for pages of users; the user type's name takes one more. */
	const pagesOfUsers = () => calls().filter((call) => call.includes('/users?'));

	const inDealers = { userType: byId(DEALERS) };

	/** The sources disagree on messages and details; the node must work with either. */
	describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
		beforeEach(() => {
			harness.emulator.switches.sources = sources;
		});

		test('deletes portal users', async () => {
			const [a, b] = addUsers(2);
			const result = await run('portalUser.delete', ofDealers(`${a}, ${b}`));
			expect(calls()).toEqual([`DELETE ${USERS}?personality_ids=${a},${b}`]);
			expect(harness.emulator.requests[0].body).toBeUndefined();
			expect(jsons(result)).toEqual(
				[a, b].map((personality_id) => ({
					personality_id,
					deleted: true,
					code: 'SUCCESS',
					message: expect.any(String),
				})),
			);
			expect(harness.emulator.world.portalUsers.size).toBe(0);
		});

		test('transfers portal users', async () => {
			const [a, b] = addUsers(2);
			const result = await run('portalUser.transfer', {
				...inDealers,
				targetUserType: fromList(PREMIUM),
				personalityIds: `${a},${b}`,
			});
			expect(calls()).toEqual([
				`POST ${USERS}/action/transfer?transfer_To=${PREMIUM}&personality_ids=${a},${b}`,
			]);
			expect(harness.emulator.requests[0].body).toBeUndefined();
			expect(jsons(result)).toEqual(
				[a, b].map((personality_id) => ({
					personality_id,
					transferred: true,
					user_type_id: PREMIUM,
					code: 'SUCCESS',
					message: 'User has been transferred successfully',
				})),
			);
			expect(harness.emulator.world.usersOf(PREMIUM)).toHaveLength(2);
		});

		test.each([true, false])('changes the status of portal users to active: %s', async (active) => {
			const { world } = harness.emulator;
			const [a, b] = addUsers(2, DEALERS, { active: !active });
			const result = await run('portalUser.changeStatus', {
				...inDealers,
				personalityIds: `${a},${b}`,
				active,
			});
			expect(calls().sort()).toEqual(
				[a, b].map((id) => `PUT ${USERS}/${id}/actions/change_status?active=${active}`).sort(),
			);
			expect(harness.emulator.requests[0].body).toBeUndefined();
			expect(jsons(result)).toEqual(
				[a, b].map((personality_id) => ({
					personality_id,
					active,
					code: 'SUCCESS',
					message: 'Status of the user changed successfully.',
				})),
			);
			expect(world.portalUsers.get(a)?.active).toBe(active);
		});

		test('lists portal users as the API has them', async () => {
			const { world } = harness.emulator;
			const [user] = world.addPortalUsers(DEALERS, 1, { confirm: false });
			world.addPortalUsers(DEALERS, 2);
			world.addPortalUsers(PREMIUM, 2);
			const result = await run('portalUser.getAll', {
				...inDealers,
				filters: { type: 'NotConfirmedUsers' },
			});
			expect(calls().sort()).toEqual([
				'GET /settings/portals/AcmeClients/user_type',
				`GET ${USERS}?type=NotConfirmedUsers&page=1&per_page=50`,
			]);
			expect(jsons(result)).toEqual([
				expect.objectContaining({
					personality_id: user.personality_id,
					name: user.name,
					email: user.email,
					confirm: false,
				}),
			]);
		});

		test('reads as many pages as the limit needs', async () => {
			harness.emulator.world.addPortalUsers(DEALERS, 450);
			const some = await run('portalUser.getAll', { ...inDealers, limit: 250 });
			expect(some.items).toHaveLength(250);
			expect(pagesOfUsers()).toHaveLength(2);
			const all = await run('portalUser.getAll', { ...inDealers, returnAll: true });
			expect(new Set(jsons(all).map((user) => user.personality_id)).size).toBe(450);
			expect(pagesOfUsers()).toHaveLength(5);
		});

		test('says who is not a user of the user type', async () => {
			const [other] = addUsers(1, PREMIUM);
			const result = await run('portalUser.delete', ofDealers(other));
			expect(result.error?.message).toBe(
				`Portal user ${other} could not be deleted: the person is not a portal user of this user type`,
			);
			expect(result.error?.description).toContain('INVALID_DATA');
			expect(zohoOf(result)).toMatchObject({
				httpStatus: 400,
				code: 'INVALID_DATA',
				details: { personality_id: other },
				message: expect.stringContaining('Delete of user failed'),
			});
		});

		test('says that a license is used up', async () => {
			harness.emulator.switches.portalUserLicences = 0;
			const [user] = addUsers(1, DEALERS, { active: false });
			const result = await run('portalUser.changeStatus', ofDealers(user));
			expect(result.error?.message).toBe(
				`Portal user ${user} could not be activated: your Zoho license covers 0 more active portal users`,
			);
			expect(zohoOf(result)).toMatchObject({
				httpStatus: sources === 'docs' ? 403 : 400,
				code: 'LIMIT_EXCEEDED',
			});
		});
	});

	test('filters users whom Zoho disabled for a changed email address', async () => {
		const { world } = harness.emulator;
		const status_reason__s = 'disabled on updation of email';
		const [user] = world.addPortalUsers(DEALERS, 1, { active: false, status_reason__s });
		world.addPortalUsers(DEALERS, 2);
		const parameters = { ...inDealers, filters: { disabledByEmailChange: 'equal' } };
		const result = await run('portalUser.getAll', parameters);
		expect(jsons(result)).toHaveLength(1);
		expect(jsons(result)[0].personality_id).toBe(user.personality_id);
		const [page = ''] = pagesOfUsers();
		const filters = new URL(page.slice('GET '.length), 'http://x').searchParams.get('filters');
		expect(JSON.parse(filters ?? '')).toEqual([
			{ field: 'status_reason__s', value: status_reason__s, comparator: 'equal' },
		]);
	});

	test('returns no items for a user type without users', async () => {
		const result = await run('portalUser.getAll', inDealers);
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
	});

	test('says what to do with someone who has not confirmed', async () => {
		const [user] = addUsers(1, DEALERS, { confirm: false });
		const result = await run('portalUser.changeStatus', {
			...inDealers,
			personalityIds: user,
			active: false,
		});
		expect(result.error?.message).toBe(
			`Portal user ${user} (Person ${user.slice(-6)}) could not be deactivated: the user has not accepted the invitation yet`,
		);
		expect(result.error?.description).toContain('Delete the portal user instead');
		expect(zohoOf(result)).toMatchObject({
			code: 'NOT_ALLOWED',
			details: { resource_path_index: '6' },
		});
	});

	test('has nothing to do for an active user who is to be activated', async () => {
		const [user] = addUsers(1);
		const result = await run('portalUser.changeStatus', ofDealers(user));
		expect(jsons(result)).toEqual([
			{
				personality_id: user,
				active: true,
				unchanged: true,
				code: 'ALREADY_ACTIVATED',
				message: expect.any(String),
			},
		]);
	});

	test.each(['top', 'wrapped'] as const)(
		'has nothing to do for an active user, wherever Zoho says so (%s)',
		async (statusRefusals) => {
			harness.emulator.switches.statusRefusals = statusRefusals;
			const [id] = addUsers(1);
			const result = await run('portalUser.changeStatus', ofDealers(id, { active: true }));
			expect(jsons(result)).toMatchObject([{ personality_id: id, active: true, unchanged: true }]);
		},
	);

	test.each(['top', 'wrapped'] as const)(
		'has nothing to do for an inactive user who has not accepted (%s)',
		async (statusRefusals) => {
			harness.emulator.switches.statusRefusals = statusRefusals;
			const [off] = addUsers(1, DEALERS, { confirm: false, active: false });
			const [on] = addUsers(1, DEALERS, { confirm: false });
			const parameters = ofDealers([off, on], { active: false });
			const real = await run('portalUser.changeStatus', parameters, continuing);
			expect(jsons(real)).toMatchObject([
				{ personality_id: off, active: false, unchanged: true, code: 'UNCHANGED' },
				{ personality_id: on, code: 'NOT_ALLOWED' },
			]);
			const options = { dryRun: true };
			const dry = await run('portalUser.changeStatus', { ...parameters, options }, continuing);
			expect(jsons(dry)).toMatchObject([
				{ personality_id: off, unchanged: true },
				{ personality_id: on, code: 'NOT_ALLOWED' },
			]);
		},
	);

	test('says where somebody may be who is not in this user type', async () => {
		const [user] = harness.emulator.world.addPortalUsers(DEALERS, 1);
		const record = harness.emulator.world.records.get(user.personality_id);
		if (record) record.state = 'recycled';
		const result = await run('portalUser.changeStatus', {
			...inDealers,
			personalityIds: user.personality_id,
			active: false,
		});
		expect(result.error?.message).toBe(
			`Portal user ${user.personality_id} could not be deactivated: the person is not a portal user of this user type`,
		);
		expect(result.error?.description).toContain('or the CRM record is in the recycle bin');
	});

	test.each([
		['a user type with another personality module', VENDORS],
		['a user type that does not exist', UNKNOWN],
	])('refuses to transfer to %s', async (_, target) => {
		const [user] = addUsers(1);
		const result = await run('portalUser.transfer', {
			...inDealers,
			personalityIds: user,
			targetUserType: byId(target),
		});
		expect(result.error?.message).toBe(
			`Portal user ${user} could not be transferred: user type ${target} is not a valid target`,
		);
		expect(zohoOf(result)).toMatchObject({ details: { transfer_To: target } });
	});

	test('has nothing to do for a transfer to the user type they are in', async () => {
		const [user] = addUsers(1);
		const result = await run('portalUser.transfer', {
			...ofDealers(user),
			targetUserType: byId(DEALERS),
		});
		const { name, email } = harness.emulator.world.portalUsers.get(user) ?? {};
		expect(jsons(result)).toEqual([
			{
				personality_id: user,
				name,
				email,
				user_type_id: DEALERS,
				user_type_name: 'Dealers',
				unchanged: true,
				code: 'UNCHANGED',
			},
		]);
		expect(calls().filter((call) => call.startsWith('POST'))).toEqual([]);
	});

	test('names the scope that is missing', async () => {
		harness.engine.connect('1', 'ZohoCRM.settings.clientportal.READ');
		const [user] = addUsers(1);
		const result = await run('portalUser.delete', ofDealers(user));
		expect(result.error?.message).toBe(
			`Portal user ${user} could not be deleted: the credential lacks the scope ZohoCRM.settings.clientportal.DELETE`,
		);
		expect(zohoOf(result)).toMatchObject({ httpStatus: 401, code: 'OAUTH_SCOPE_MISMATCH' });
	});

	test('names it also where Zoho puts the refusal into a list, after one call', async () => {
		const [user] = addUsers(1);
		harness.emulator.faults.add({
			kind: 'wrapped',
			status: 401,
			code: 'OAUTH_SCOPE_MISMATCH',
			key: 'users',
			before: true,
		});
		const result = await run('portalUser.delete', ofDealers(user));
		expect(result.error?.message).toContain('lacks the scope ZohoCRM.settings.clientportal.DELETE');
		expect(calls()).toHaveLength(1);
		expect(harness.emulator.tokenRequests).toEqual([]);
	});

	test('names the permission that is missing', async () => {
		harness.emulator.switches.lacking = ['Crm_Implied_Manage_ClientPortal_Users'];
		const result = await run('portalUser.getAll', inDealers);
		expect(result.error?.message).toBe(
			'List of portal users could not be read: the connected Zoho user lacks a permission',
		);
		expect(result.error?.description).toContain('"Manage Portal Users"');
	});

	describe('three items, of which the second cannot be done', () => {
		const three = () => {
			const [first, third] = addUsers(2, CLIENT_PORTAL);
			return { first, third, input: asItems([first, UNKNOWN, third]) };
		};
		const parameters = { userType: byId(CLIENT_PORTAL), personalityIds: '={{ $json.id }}' };

		test('stop the workflow, which tells of both sides', async () => {
			const { first, third, input } = three();
			const result = await run('portalUser.delete', parameters, { input });
			expect(result.items).toEqual([]);
			expect(result.error?.message).toBe(
				'1 of 3 portal users could not be deleted, 2 are done and stay so',
			);
			expect(result.error?.description).toContain(
				'7310000000000999999: the person is not a portal user',
			);
			expect(zohoOf(result)).toMatchObject({
				succeeded: [first, third],
				failed: [UNKNOWN],
			});
			expect(result.error?.context.itemIndex).toBe(1);
			expect(harness.emulator.world.portalUsers.size).toBe(0);
		});

		test('continue with an item for each', async () => {
			const { first, third, input } = three();
			const result = await run('portalUser.delete', parameters, {
				input,
				...continuing,
			});
			expect(result.error).toBeUndefined();
			expect(pairs(result.items)).toEqual([0, 1, 2]);
			expect(jsons(result)).toMatchObject([
				{ personality_id: first, deleted: true },
				{
					error: expect.stringContaining('7310000000000999999 could not be deleted'),
					message: expect.stringContaining('INVALID_DATA'),
					personality_id: UNKNOWN,
					code: 'INVALID_DATA',
					details: { httpStatus: 200 },
				},
				{ personality_id: third, deleted: true },
			]);
		});

		test('go to the output they belong to, with the data of their input', async () => {
			const { first, third, input } = three();
			const result = await run('portalUser.delete', parameters, {
				input,
				onError: 'continueErrorOutput',
			});
			expect(jsons(result).map((json) => json.personality_id)).toEqual([first, third]);
			expect(pairs(result.items)).toEqual([0, 2]);
			expect(pairs(result.errorItems)).toEqual([1]);
			expect(result.errorItems[0].json).toMatchObject({
				id: UNKNOWN,
				error: expect.stringContaining('could not be deleted'),
				personality_id: UNKNOWN,
			});
		});
	});
});

describe('invitations', () => {
	const INVITE = 'POST /Contacts/actions/portal_invite';

	/** With the scopes to search for records and to read them. */
	const connectForRecords = () =>
		harness.engine.connect(
			'1',
			'ZohoCRM.settings.clientportal.ALL,ZohoCRM.modules.ALL,ZohoSearch.securesearch.READ',
		);

	const contacts: INodeParameters = {
		userType: byId(DEALERS),
		module: byName('Contacts'),
		recordIds: '={{ $json.id }}',
	};

	const addRecords = (amount: number, extra: Partial<CrmRecord> = {}) =>
		Array.from({ length: amount }, () => harness.emulator.world.addRecord(extra).id);

	/** A record that was invited before. */
	const addInvited = (userType = DEALERS) => {
		const record = harness.emulator.world.addRecord();
		harness.emulator.world.addPortalUser(userType, record, { confirm: false });
		return record.id;
	};

	const bodies = () =>
		harness.emulator.requests
			.filter(({ method }) => method === 'POST')
			.map(({ body }) => (body as { portal_invite: Array<{ data: IDataObject[] }> }).portal_invite);

	describe('one record', () => {
		test('is a call of its own', async () => {
			const [id] = addRecords(1);
			const parameters = { ...contacts, language: 'de_DE' };
			const result = await run('portalUser.invite', parameters, { input: asItems([id]) });
			expect(calls()).toEqual([
				`POST /Contacts/${id}/actions/portal_invite?user_type_id=${DEALERS}&type=invite&language=de_DE`,
			]);
			expect(harness.emulator.requests[0].body).toBeUndefined();
			expect(jsons(result)).toEqual([
				{
					record_id: id,
					invited: true,
					resent: false,
					code: 'SUCCESS',
					message: 'An Invite has been sent to the personality.',
				},
			]);
			expect(harness.emulator.world.mails).toEqual([
				{ record_id: id, type: 'invite', language: 'de_DE' },
			]);
			expect(harness.emulator.world.portalUsers.get(id)?.userTypeId).toBe(DEALERS);
		});

		test('is invited in the language of the portal unless one is chosen', async () => {
			const [id] = addRecords(1);
			await run('portalUser.invite', contacts, { input: asItems([id]) });
			expect(calls()[0]).not.toContain('language');
		});

		test.each<[string, Partial<CrmRecord>, string]>([
			['has no email address', { email: null }, 'the record has no email address'],
			['waits for review', { state: 'inReview' }, 'the record is waiting for review'],
			['waits for approval', { state: 'notApproved' }, 'the record is waiting for approval'],
			['is locked', { state: 'locked' }, 'the record is locked'],
			[
				'is in a GDPR process',
				{ state: 'gdpr' },
				'Zoho does not accept this invitation for the record',
			],
		])('that %s is refused with a reason', async (_, extra, reason) => {
			const [id] = addRecords(1, extra);
			const result = await run('portalUser.invite', contacts, { input: asItems([id]) });
			expect(result.error?.message).toContain(`Record ${id} could not be invited: `);
			expect(result.error?.message).toContain(reason);
			expect(sentTo()).toEqual([]);
		});

		test('with the address of another portal user is refused', async () => {
			const [user] = harness.emulator.world.addPortalUsers(DEALERS, 1);
			const [id] = addRecords(1, { email: user.email });
			const result = await run('portalUser.invite', contacts, { input: asItems([id]) });
			expect(result.error?.message).toContain(
				'a portal user with this email address already exists',
			);
		});

		test('of a module that does not fit the user type is refused', async () => {
			const [id] = addRecords(1);
			const parameters = { ...contacts, userType: byId(VENDORS) };
			const result = await run('portalUser.invite', parameters, { input: asItems([id]) });
			expect(zohoOf(result)).toMatchObject({ code: 'INVALID_DATA' });
		});
	});

	describe('many records', () => {
		test('1,000 are 10 jobs, each followed to its end', async () => {
			const ids = addRecords(1000);
			const result = await run('portalUser.invite', contacts, { input: asItems(ids) });
			expect(calls().filter((call) => call === INVITE)).toHaveLength(10);
			expect(calls()).toHaveLength(20);
			expect(jsons(result).map((json) => json.record_id)).toEqual(ids);
			expect(pairs(result.items)).toEqual(ids.map((_, index) => index));
			expect(new Set(sentTo()).size).toBe(1000);
			expect(sentTo()).toHaveLength(1000);
			expect(jsons(result)[7]).toEqual({
				record_id: ids[7],
				invited: true,
				resent: false,
				code: 'SUCCESS',
				message: 'An Invite has been sent to the personality.',
			});
		});

		test('say what is asked for each', async () => {
			const ids = addRecords(2);
			const parameters = { ...contacts, language: 'fr_FR' };
			await run('portalUser.invite', parameters, { input: asItems(ids) });
			const row = { user_type_id: DEALERS, type: 'invite', language: 'fr_FR' };
			expect(bodies()).toEqual([[{ data: ids.map((id) => ({ id, ...row })) }]]);
			expect(calls()[1]).toMatch(/^GET \/Contacts\/actions\/portal_invite\?job_id=\d+$/);
		});

		test('an id that several items name is mailed once', async () => {
			const [a, b] = addRecords(2);
			const result = await run('portalUser.invite', contacts, { input: asItems([a, b, a]) });
			expect(sentTo().sort()).toEqual([a, b].sort());
			expect(jsons(result).map((json) => json.record_id)).toEqual([a, b, a]);
		});

		test('each gets its own result, though failed rows carry no id', async () => {
			const [a, d] = addRecords(2);
			const [b] = addRecords(1, { state: 'notApproved' });
			const [c] = addRecords(1, { email: null });
			const result = await run('portalUser.invite', contacts, {
				input: asItems([a, b, c, d]),
				...continuing,
			});
			expect(jsons(result)).toMatchObject([
				{ record_id: a, invited: true },
				{ record_id: b, code: 'NOT_APPROVED' },
				{ record_id: c, code: 'INVALID_DATA' },
				{ record_id: d, invited: true },
			]);
		});

		const mixed = () => {
			const [a, d, e] = addRecords(3);
			const [b] = addRecords(1, { state: 'notApproved' });
			const [c] = addRecords(1, { email: null });
			return { a, b, c, d, e, input: asItems([a, b, c, d, e]) };
		};

		test.each(['reversed', 'failedLast'] as const)(
			'those that failed are sent apart, when rows are %s, and nobody is mailed twice',
			async (jobRows) => {
				harness.emulator.switches.jobRows = jobRows;
				const { a, b, c, d, e, input } = mixed();
				const onError = 'continueRegularOutput';
				const result = await run('portalUser.invite', contacts, { input, onError });
				expect(jsons(result)).toMatchObject([
					{ record_id: a, invited: true },
					{ record_id: b, code: 'NOT_APPROVED' },
					{ record_id: c, code: 'INVALID_DATA' },
					{ record_id: d, invited: true },
					{ record_id: e, invited: true },
				]);
				expect(sentTo().sort()).toEqual([a, d, e].sort());
			},
		);

		test('none is credited with the result of another, when rows are missing', async () => {
			harness.emulator.switches.jobRows = 'incomplete';
			const { a, b, c, d, e, input } = mixed();
			const onError = 'continueRegularOutput';
			const result = await run('portalUser.invite', contacts, { input, onError });
			expect(jsons(result)).toMatchObject([
				{ error: expect.stringContaining(`not certain whether record ${a} was invited`) },
				{ error: expect.stringContaining(`not certain whether record ${b} was invited`) },
				{ error: expect.stringContaining(`not certain whether record ${c} was invited`) },
				{ record_id: d, invited: true },
				{ record_id: e, invited: true },
			]);
			expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
		});

		test('a wrong one is named by Zoho, and the others are invited without it', async () => {
			const ids = addRecords(3);
			const wrong = UNKNOWN;
			const result = await run('portalUser.invite', contacts, {
				input: asItems([ids[0], wrong, ids[1], ids[2]]),
				onError: 'continueErrorOutput',
			});
			expect(jsons(result).map((json) => json.record_id)).toEqual(ids);
			expect(pairs(result.errorItems)).toEqual([1]);
			expect(sentTo()).toEqual(ids);
		});

		test('the error of a run tells who was mailed', async () => {
			const ids = addRecords(3);
			const [refused] = addRecords(1, { state: 'locked' });
			const input = asItems([...ids, refused]);
			const result = await run('portalUser.invite', contacts, { input });
			expect(result.error?.message).toBe(
				'1 of 4 records could not be invited, 3 are done and stay so',
			);
			expect(zohoOf(result)).toMatchObject({ succeeded: ids, failed: [refused] });
		});
	});

	describe('the same record twice', () => {
		test.each<[string, IDataObject, IDataObject]>([
			['with the module named and left empty', { module: 'Contacts' }, { module: '' }],
			['with the module left empty and named', { module: '' }, { module: 'Contacts' }],
			['in two languages', { language: 'fr_FR' }, { language: 'de_DE' }],
			['first reported, then sent again', { when: 'error' }, { when: 'resend' }],
			['first sent again, then reported', { when: 'resend' }, { when: 'error' }],
		])('%s is mailed once', async (_, first, second) => {
			const [fresh, other] = addRecords(2);
			const before = addInvited();
			const usual = { module: 'Contacts', language: 'fr_FR', when: 'resend' };
			const input = [first, second].flatMap((one) =>
				[fresh, other, before].map((id) => ({ ...usual, ...one, id })),
			);
			const parameters = {
				...contacts,
				module: byName('={{ $json.module }}'),
				language: '={{ $json.language }}',
				whenAlreadyInvited: '={{ $json.when }}',
			};
			const options = { dryRun: true };
			const dry = await run('portalUser.invite', { ...parameters, options }, { input, onError });
			const result = await run('portalUser.invite', parameters, { input, onError });
			expect(sentTo().sort()).toEqual([fresh, other, before].sort());
			const { mails } = harness.emulator.world;
			expect(new Set(mails.map(({ language }) => language))).toEqual(new Set(['fr_FR']));
			const [real, planned] = [jsons(result), jsons(dry)];
			const isRefusal = ({ code }: IDataObject) => code === 'CANNOT_PROCESS';
			expect(planned.map(isRefusal)).toEqual(real.map(isRefusal));
			for (const at of [0, 1]) {
				expect(real[at]).toMatchObject({ invited: true, resent: false });
				expect(real[at + 3]).toEqual(real[at]);
				expect(planned[at + 3]).toEqual(planned[at]);
			}
			if (first.when !== 'error') expect(real[5]).toEqual(real[2]);
		});

		test.each([
			['error', [{ action: 'invited' }, { code: 'CANNOT_PROCESS' }], { code: 'CANNOT_PROCESS' }],
			[
				'resend',
				[{ action: 'invited' }, { action: 'reinvited', user_type_id: DEALERS, previous: null }],
				{ resent: true },
			],
			['skip', [{ action: 'invited' }, { unchanged: true }], { skipped: true }],
		])('to two user types is planned as it is done: %s', async (when, plan, second) => {
			const [id] = addRecords(1);
			const before = addInvited();
			const parameters = {
				...contacts,
				userType: byId('={{ $json.type }}'),
				whenAlreadyInvited: '={{ $json.when }}',
			};
			const input = [
				{ id: before, type: DEALERS, when: 'skip' },
				{ id, type: DEALERS, when },
				{ id, type: PREMIUM, when },
			];
			const options = { dryRun: true };
			const dry = await run('portalUser.invite', { ...parameters, options }, { input, onError });
			expect(jsons(dry)).toMatchObject([{ unchanged: true }, ...plan]);
			const real = await run('portalUser.invite', parameters, { input, onError });
			expect(jsons(real)).toMatchObject([{ skipped: true }, { resent: false }, second]);
		});

		test('is mailed once over the tries of "Retry On Fail" as well', async () => {
			const [id, refused] = addRecords(2);
			harness.emulator.faults.add({
				kind: 'status',
				status: 401,
				code: 'OAUTH_SCOPE_MISMATCH',
				before: true,
				url: refused,
				times: 1,
			});
			const input = [
				{ id, when: 'error' },
				{ id: refused, when: 'skip' },
				{ id, when: 'resend' },
			];
			const parameters = { ...contacts, whenAlreadyInvited: '={{ $json.when }}' };
			const result = await run('portalUser.invite', parameters, { input, ...again });
			expect(result.error).toBeUndefined();
			expect(sentTo()).toEqual([id, refused].sort());
			expect(jsons(result)).toMatchObject([
				{ resent: false },
				{ invited: true },
				{ resent: false },
			]);
		});

		const onError = 'continueRegularOutput' as const;
	});

	describe('a dry run', () => {
		const options = { dryRun: true };

		beforeEach(connectForRecords);

		test('has the error of the real run for a record that does not exist', async () => {
			const [fresh] = addRecords(1);
			const gone = '7310000000000999999';
			const input = asItems([fresh, gone]);
			const onError = 'continueRegularOutput' as const;
			const dry = await run('portalUser.invite', { ...contacts, options }, { input, onError });
			expect(harness.writes()).toEqual([]);
			const real = await run('portalUser.invite', contacts, { input, onError });
			const { name, email } = harness.emulator.world.records.get(fresh) ?? {};
			expect(jsons(dry)[0]).toEqual({
				record_id: fresh,
				name,
				email,
				planned: true,
				action: 'invited',
				user_type_id: DEALERS,
				user_type_name: 'Dealers',
				module: 'Contacts',
				previous: null,
			});
			for (const result of [dry, real]) {
				expect(jsons(result)[1]).toMatchObject({ record_id: gone, code: 'INVALID_DATA' });
				expect(jsons(result)[1].error).toContain('there is no record with this ID');
			}
		});

		test('has the errors of the real run for addresses that are missing or taken', async () => {
			const { world } = harness.emulator;
			const [user] = addUsers(1);
			const [fresh] = addRecords(1);
			const { email: address = null } = world.records.get(fresh) ?? {};
			const withEmail = (email: string | null) => world.addRecord({ email }).id;
			const taken = emailOf(user).toUpperCase();
			const input = asItems([withEmail(null), withEmail(taken), fresh, withEmail(address)]);
			const dry = await run(
				'portalUser.invite',
				{ ...contacts, options },
				{ input, ...continuing },
			);
			expect(harness.writes()).toEqual([]);
			const real = await run('portalUser.invite', contacts, { input, ...continuing });
			for (const result of [dry, real]) {
				const codes = jsons(result).map(({ error, code }) => (error === undefined ? 'done' : code));
				expect(codes).toEqual(['INVALID_DATA', 'DUPLICATE_DATA', 'done', 'DUPLICATE_DATA']);
				const errors = jsons(result).map(({ error }) => error);
				expect(errors[0]).toContain('the record has no email address');
				expect(errors[1]).toContain('email address already exists');
			}
		});

		test('plans the invitation of a record whose address cannot be seen', async () => {
			const module = harness.emulator.world.module('Contacts');
			module.fields = module.fields.filter(({ api_name }) => api_name !== 'Email');
			const [fresh] = addRecords(1, { email: null });
			const result = await run('portalUser.invite', inviting(fresh, { options }));
			expect(jsons(result)).toMatchObject([{ action: 'invited', record_id: fresh }]);
		});

		test('without the scope for records plans without that look, and says so', async () => {
			harness.engine.connect('1', 'ZohoCRM.settings.clientportal.ALL');
			const [fresh] = addRecords(1);
			const result = await run('portalUser.invite', inviting(fresh, { options }));
			expect(jsons(result)).toMatchObject([
				{ action: 'invited', missing_scopes: ['ZohoCRM.modules.contacts.READ'] },
			]);
			expect(hintsOf(result)).toEqual([
				expect.stringContaining('modules.contacts.READ'),
				expect.stringContaining('Nothing was written.'),
			]);
		});

		test('says in which language, and how people are now', async () => {
			const before = addInvited();
			const [fresh] = addRecords(1);
			const more = { options, language: 'fr_FR', whenAlreadyInvited: 'resend' };
			const result = await run('portalUser.invite', inviting([fresh, before], more));
			const { email, invited_time } = harness.emulator.world.portalUsers.get(before) ?? {};
			expect(jsons(result)).toMatchObject([
				{ action: 'invited', language: 'fr_FR' },
				{ action: 'reinvited', language: 'fr_FR', email, previous: { invited_time } },
			]);
		});
	});

	test('by email says name and address, of the refused as well', async () => {
		connectForRecords();
		const [good] = addRecords(1);
		const [locked] = addRecords(1, { state: 'locked' });
		const { records } = harness.emulator.world;
		const emails = [good, locked].map((id) => String(records.get(id)?.email));
		const parameters = { userType: byId(DEALERS), recordIds: byEmail(emails.join(',')) };
		const result = await run('portalUser.invite', parameters, {
			onError: 'continueRegularOutput',
		});
		expect(jsons(result)).toMatchObject(
			[good, locked].map((record_id, index) => ({
				record_id,
				name: records.get(record_id)?.name,
				email: emails[index],
			})),
		);
	});

	describe('the work for many items grows as their number', () => {
		/** How often a map or a set is written to while so many items are worked off. */
		const workFor = async (amount: number, parameters: INodeParameters, named: 'id' | 'email') => {
			harness.emulator.reset();
			connectForRecords();
			addUsers(5 * amount);
			const { world } = harness.emulator;
			const records = addRecords(amount).map((id) => world.records.get(id));
			const input = records.map((record) => ({ value: record?.[named] ?? '' }));
			const counts = [jest.spyOn(Map.prototype, 'set'), jest.spyOn(Set.prototype, 'add')];
			const result = await run('portalUser.invite', parameters, { input });
			const writes = counts.reduce((sum, { mock }) => sum + mock.calls.length, 0);
			jest.restoreAllMocks();
			expect(result.error).toBeUndefined();
			expect(result.items).toHaveLength(amount);
			return writes;
		};

		test.each<[string, INodeParameters, 'id' | 'email']>([
			['a dry run by ID', { ...inviting('={{ $json.value }}'), options: { dryRun: true } }, 'id'],
			['by email', { ...inviting('x'), recordIds: byEmail('={{ $json.value }}') }, 'email'],
		])('%s', async (_, parameters, named) => {
			const few = await workFor(100, parameters, named);
			const many = await workFor(400, parameters, named);
			expect(many).toBeLessThan(5 * few);
		});
	});

	test.each([
		['a place for all', 400, { details: { json_path: '$.portal_invite[*].data[*].id' } }],
		[
			'a place at the top',
			400,
			{ top: true, details: { json_path: '$.portal_invite[0].data[2].id' } },
		],
		['a place with 200', 200, { details: { json_path: '$.portal_invite[0].data[2].id' } }],
	])('a refusal for one record stops no other: %s', async (_, status, { details, ...where }) => {
		const error = {
			code: 'INVALID_DATA',
			details: { api_name: 'id', ...details },
			message: 'invalid data',
			status: 'error',
		};
		harness.emulator.faults.add({
			kind: 'status',
			status,
			body: 'top' in where ? error : { portal_invite: [error] },
			before: true,
			method: 'POST',
			times: 1,
		});
		const ids = addRecords(4);
		const result = await run('portalUser.invite', contacts, { input: asItems(ids), ...continuing });
		expect(jsons(result)).toMatchObject(ids.map((record_id) => ({ record_id, invited: true })));
		expect(sentTo().sort()).toEqual(ids);
	});

	describe('who was invited before', () => {
		const three = () => {
			const [fresh] = addRecords(1);
			const before = addInvited();
			const [gdpr] = addRecords(1, { state: 'gdpr' });
			return { fresh, before, gdpr, input: asItems([fresh, before, gdpr]) };
		};
		const onError = 'continueRegularOutput' as const;

		test('is reported by default', async () => {
			const { fresh, input } = three();
			const result = await run('portalUser.invite', contacts, { input, onError });
			expect(jsons(result)).toMatchObject([
				{ record_id: fresh, invited: true },
				{ code: 'CANNOT_PROCESS' },
				{ code: 'CANNOT_PROCESS' },
			]);
			expect(sentTo()).toEqual([fresh]);
		});

		test('is mailed again when asked to, and nobody else is', async () => {
			const { fresh, before, gdpr, input } = three();
			const parameters = { ...contacts, whenAlreadyInvited: 'resend' };
			const result = await run('portalUser.invite', parameters, { input, onError });
			expect(jsons(result)).toMatchObject([
				{ record_id: fresh, invited: true, resent: false },
				{ record_id: before, invited: true, resent: true },
				{ record_id: gdpr, code: 'CANNOT_PROCESS' },
			]);
			expect(harness.emulator.world.mails.map(({ record_id, type }) => [record_id, type])).toEqual([
				[fresh, 'invite'],
				[before, 'reinvite'],
			]);
		});

		test('is said to be a user if Zoho invites nobody again who has accepted', async () => {
			const [id] = addUsers(1);
			harness.emulator.faults.add({
				kind: 'status',
				status: 400,
				code: 'CANNOT_PROCESS',
				before: true,
				url: 'type=reinvite',
			});
			const result = await run(
				'portalUser.invite',
				inviting(id, { whenAlreadyInvited: 'resend' }),
				continuing,
			);
			expect(jsons(result)).toMatchObject([
				{ record_id: id, error: expect.stringContaining('is already a user of Dealers') },
			]);
			expect(sentTo()).toEqual([]);
		});

		test('is skipped when asked to, and nobody else is', async () => {
			const { fresh, before, gdpr, input } = three();
			const parameters = { ...contacts, whenAlreadyInvited: 'skip' };
			const result = await run('portalUser.invite', parameters, { input, onError });
			expect(jsons(result)).toMatchObject([
				{ record_id: fresh, invited: true, resent: false },
				{ record_id: before, invited: true, resent: false, skipped: true, code: 'SKIPPED' },
				{ record_id: gdpr, code: 'CANNOT_PROCESS' },
			]);
			expect(sentTo()).toEqual([fresh]);
		});

		test('is mailed again though another record of the job cannot be', async () => {
			const before = Array.from({ length: 4 }, () => addInvited());
			const [locked] = addRecords(1, { state: 'locked' });
			const parameters = { ...contacts, whenAlreadyInvited: 'resend' };
			const input = asItems([...before.slice(0, 2), locked, ...before.slice(2)]);
			const result = await run('portalUser.invite', parameters, { input, onError });
			expect(jsons(result).map(({ record_id, resent }) => [record_id, resent])).toEqual([
				[before[0], true],
				[before[1], true],
				[locked, undefined],
				[before[2], true],
				[before[3], true],
			]);
			expect(jsons(result)[2]).toMatchObject({
				record_id: locked,
				code: 'RECORD_LOCKED',
			});
			expect(sentTo().sort()).toEqual([...before].sort());
		});

		test.each([
			['resend', { invited: true, resent: true }],
			['skip', { invited: true, skipped: true }],
		])('alone: %s', async (whenAlreadyInvited, expected) => {
			const id = addInvited(DEALERS);
			const parameters = { ...contacts, whenAlreadyInvited };
			const result = await run('portalUser.invite', parameters, { input: asItems([id]) });
			expect(jsons(result)).toMatchObject([{ record_id: id, ...expected }]);
		});
	});

	describe('the job', () => {
		test('is read until it has ended', async () => {
			harness.emulator.switches.jobReads = 1;
			const ids = addRecords(2);
			const result = await run('portalUser.invite', contacts, { input: asItems(ids) });
			expect(jsons(result).map((json) => json.invited)).toEqual([true, true]);
			expect(calls()).toHaveLength(3);
		});

		test('is the one with its ID, where Zoho lists several', async () => {
			const ids = addRecords(2);
			const other = { job_id: '7310000000000999001', status: 'failed', data: null };
			harness.emulator.faults.add({
				kind: 'status',
				status: 200,
				body: { portal_invite: [other] },
				before: true,
				method: 'GET',
				url: 'portal_invite?job_id=',
				times: 1,
			});
			const result = await run('portalUser.invite', contacts, { input: asItems(ids) });
			expect(jsons(result).map((json) => json.invited)).toEqual([true, true]);
			const body = { portal_invite: [other, { ...other, job_id: '7', status: 'completed' }] };
			harness.emulator.faults.add({ kind: 'status', status: 200, body, before: true });
			const parameters = { module: byName('Contacts'), jobId: '7' };
			const [job] = jsons(await run('portalUser.getInvitationJob', parameters));
			expect(job).toMatchObject({ job_id: '7', status: 'completed' });
		});

		test('can be left alone, and read later', async () => {
			const ids = addRecords(2);
			const parameters = { ...contacts, options: { waitForJob: false } };
			const result = await run('portalUser.invite', parameters, { input: asItems(ids) });
			expect(calls()).toEqual([INVITE]);
			const { job_id } = jsons(result)[0];
			expect(jsons(result)).toEqual(
				ids.map((record_id) => ({
					record_id,
					scheduled: true,
					job_id,
					code: 'SCHEDULED',
					message: 'Portal bulk invite scheduled successfully',
				})),
			);
			const read = { module: byName('Contacts'), jobId: String(job_id) };
			const job = await run('portalUser.getInvitationJob', read);
			expect(calls()[1]).toBe(`GET /Contacts/actions/portal_invite?job_id=${String(job_id)}`);
			expect(jsons(job)).toEqual([
				{
					job_id,
					status: 'completed',
					data: ids.map((id) => expect.objectContaining({ code: 'SUCCESS', details: { id } })),
				},
			]);
		});

		test('is not lost when the time is over', async () => {
			harness.emulator.switches.jobReads = 1000;
			const ids = addRecords(2);
			const parameters = { ...contacts, options: { jobTimeout: 0.01 } };
			const result = await run('portalUser.invite', parameters, { input: asItems(ids) });
			const [jobId] = harness.emulator.world.jobs.keys();
			expect(result.error?.message).toBe('It is not certain whether 2 of 2 records were invited');
			expect(result.error?.description).toContain(
				`Zoho has not finished job ${jobId} after 0.01 seconds`,
			);
			expect(result.error?.description).toContain(`Read its result later with job ID ${jobId}`);
			expect(zohoOf(result)).toMatchObject({ code: 'JOB_RUNNING', details: { job_id: jobId } });
		});

		test('that Zoho does not know is said to be unknown', async () => {
			const read = { module: byName('Contacts'), jobId: UNKNOWN };
			const result = await run('portalUser.getInvitationJob', read);
			expect(result.error?.message).toBe(
				'Invitation job 7310000000000999999 could not be read: nothing has this name or ID',
			);
		});
	});
});
