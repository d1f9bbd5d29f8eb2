import { CLIENT_PORTAL, DEALERS, PREMIUM, UNKNOWN, VENDORS } from '../../emulator/seed';
import {
	asItems,
	byId,
	continuing,
	fromList,
	jsons,
	ofDealers,
	pairs,
	useHarness,
	zohoOf,
} from '../../harness/harness';

const harness = useHarness();
const { run, calls, addUsers } = harness;

const USERS = `/settings/portals/AcmeClients/user_type/${DEALERS}/users`;
/** Calls for pages of users; the user type's name takes one more. */
const pagesOfUsers = () => calls().filter((call) => call.includes('/users?'));

const inDealers = { userType: byId(DEALERS) };

/** The sources disagree on messages and details; the node must work with either. */
describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
	beforeEach(() => {
		harness.emulator.behaviour.sources = sources;
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
			`Portal user ${other} could not be deleted: it is not a portal user of this user type`,
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
		harness.emulator.behaviour.portalUserLicences = 0;
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
		`Portal user ${user} could not be deactivated: a portal user who has not accepted the invitation cannot be deactivated`,
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
		`Portal user ${user.personality_id} could not be deactivated: it is not a portal user of this user type`,
	);
	expect(result.error?.description).toContain('or its CRM record is in the recycle bin');
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
		`Portal user ${user} could not be transferred: user type ${target} cannot take them`,
	);
	expect(zohoOf(result)).toMatchObject({ details: { transfer_To: target } });
});

test('has nothing to do for a transfer to the user type they are in', async () => {
	const [user] = addUsers(1);
	const result = await run('portalUser.transfer', {
		...ofDealers(user),
		targetUserType: byId(DEALERS),
	});
	expect(jsons(result)).toEqual([
		{ personality_id: user, user_type_id: DEALERS, unchanged: true, code: 'UNCHANGED' },
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

test('names the permission that is missing', async () => {
	harness.emulator.behaviour.lacking = ['Crm_Implied_Manage_ClientPortal_Users'];
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
		expect(result.error?.description).toContain('7310000000000999999: it is not a portal user');
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
