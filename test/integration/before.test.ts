import type { INodeParameters } from 'n8n-workflow';

import { DEALERS, PREMIUM, UNKNOWN, VENDORS } from '../../emulator/seed';
import {
	again,
	asItems,
	byId,
	byName,
	continuing,
	jsons,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { byEmail } from '../../harness/parameters';

const harness = useHarness();
const { run, addUsers, writes, emailOf } = harness;

/** Runs an operation dry and then for real; the dry one must not write. */
async function both(operation: string, parameters: INodeParameters) {
	const { options = {}, ...others } = parameters;
	const dryOptions = Object.assign({ dryRun: true }, options);
	const planned = jsons(await run(operation, { ...others, options: dryOptions }, continuing));
	expect(writes()).toEqual([]);
	const done = jsons(await run(operation, { ...others, options }, continuing));
	return { planned, done };
}

describe('a dry run', () => {
	test('of a deletion says who would be deleted, and where they are', async () => {
		const [dealer] = addUsers(1);
		const [premium] = addUsers(1, PREMIUM);
		const { planned, done } = await both('portalUser.delete', {
			userType: byId(''),
			personalityIds: `${dealer},${premium}`,
		});
		expect(planned).toEqual([
			{ personality_id: dealer, planned: true, action: 'deleted', user_type_id: DEALERS },
			{ personality_id: premium, planned: true, action: 'deleted', user_type_id: PREMIUM },
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
				planned: true,
				user_type_id: DEALERS,
				action: 'transferred',
				target_user_type_id: PREMIUM,
			},
			{
				personality_id: premium,
				planned: true,
				user_type_id: PREMIUM,
				action: 'unchanged',
				unchanged: true,
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
		['who is not in the portal', 'delete', () => ({ userType: byId(''), personalityIds: UNKNOWN })],
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
		expect(planned[0].error).toBe(done[0].error);
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
		expect(planned).toEqual([
			{ record_id: record.id, planned: true, user_type_id: DEALERS, action: 'invited' },
			{ record_id: user, planned: true, user_type_id: DEALERS, action: 'reinvited' },
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
