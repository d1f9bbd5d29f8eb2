import type { INodeParameters } from 'n8n-workflow';

import { DEALERS, PREMIUM } from '../../emulator/seed';
import {
	again,
	byEmail,
	byId,
	continuing,
	jsons,
	skipPauses,
	useHarness,
} from '../../harness/harness';
import { byAccount, byView } from '../../harness/parameters';

// Whoever was read is named in every outcome: whatever is done, however they are named, and whatever
// becomes of it.

const harness = useHarness();
const { run, addUsers, emailOf } = harness;

skipPauses();

const world = () => harness.emulator.world;

const OPERATIONS: Record<string, INodeParameters> = {
	changeStatus: { active: false },
	delete: {},
	transfer: { targetUserType: byId(PREMIUM) },
};

const WAYS: Record<string, (users: string[]) => INodeParameters> = {
	'an email': (users) => ({ userType: byId(''), personalityIds: emails(users) }),
	'an email in a user type': (users) => ({
		userType: byId(DEALERS),
		personalityIds: emails(users),
	}),
	'an ID': (users) => ({ userType: byId(''), personalityIds: users }),
	'an ID in a user type, with the state before': (users) => ({
		userType: byId(DEALERS),
		personalityIds: users,
		options: { includePrevious: true },
	}),
	'an account': (users) => ({
		userType: byId(''),
		personalityIds: byAccount(world().addAccount('Nordwind', users).id),
	}),
	'an account in a user type': (users) => ({
		userType: byId(DEALERS),
		personalityIds: byAccount(world().addAccount('Nordwind', users).id),
	}),
	'a view': (users) => ({
		userType: byId(''),
		personalityIds: byView(world().addView('Contacts', 'Contract ended', users).id),
	}),
};

const emails = (users: string[]) => byEmail(users.map(emailOf).join());

const writing = () =>
	['DELETE', 'POST', 'PUT'].map((method) => ({ method, kind: 'status' as const, before: true }));

/** What happens to the calls, and how the node is set. */
const OUTCOMES: Record<string, (operation: string, users: string[]) => [object, object?]> = {
	planned: () => [continuing, { dryRun: true }],
	done: () => [continuing],
	refused: () => {
		for (const one of writing()) {
			harness.emulator.faults.add({ ...one, status: 400, code: 'NOT_ALLOWED' });
		}
		return [continuing];
	},
	'ended by another error': () => {
		for (const one of writing()) {
			harness.emulator.faults.add({ ...one, status: 403, code: 'NO_PERMISSION' });
		}
		return [continuing, { concurrency: 1 }];
	},
	uncertain: () => {
		for (const { method } of writing()) {
			harness.emulator.faults.add({ method, kind: 'reset', before: false });
		}
		return [continuing];
	},
	scheduled: () => {
		harness.emulator.switches.scheduledAbove = { delete: 0, transfer: 0 };
		return [continuing];
	},
	'found again by Retry On Fail': (operation, [, last]) => {
		for (const one of writing()) {
			const refusal = { ...one, status: 400, code: 'INVALID_REQUEST', url: last, times: 1 };
			harness.emulator.faults.add(refusal);
		}
		return [again, operation === 'changeStatus' ? {} : { batchSize: 1 }];
	},
};

describe.each(Object.keys(OPERATIONS))('%s', (operation) => {
	describe.each(Object.keys(WAYS))('of people named by %s', (way) => {
		test.each(Object.keys(OUTCOMES))('%s: says who it is', async (outcome) => {
			const users = addUsers(2);
			const expected = users.map((personality_id) => {
				const { name, email } = world().portalUsers.get(personality_id) ?? {};
				return { personality_id, name, email };
			});
			const { options, ...named } = WAYS[way](users);
			const [setup, more] = OUTCOMES[outcome](operation, users);
			const parameters = { ...named, ...OPERATIONS[operation] };
			const result = await run(
				`portalUser.${operation}`,
				{ ...parameters, options: Object.assign({}, options, more) },
				setup,
			);
			expect(result.error).toBeUndefined();
			const found = jsons(result);
			expect(found).toHaveLength(2);
			for (const json of found) {
				// What an earlier try of the run has done is done, and not found as it is.
				expect(json.unchanged).toBeUndefined();
				const isMoved = operation === 'transfer' && json.transferred === true;
				expect(json).toMatchObject({
					...expected.find(({ personality_id: id }) => id === json.personality_id),
					user_type_id: isMoved ? PREMIUM : DEALERS,
					user_type_name: isMoved ? 'Premium' : 'Dealers',
				});
			}
		});
	});
});

test('who has nothing to be changed, and who would be refused, is named as well', async () => {
	const [off] = addUsers(1, DEALERS, { active: false });
	const [waiting] = addUsers(1, DEALERS, { confirm: false });
	const [premium] = addUsers(1, PREMIUM);
	const named = (id: string, type = 'Dealers') => ({
		personality_id: id,
		name: world().portalUsers.get(id)?.name,
		email: emailOf(id),
		user_type_name: type,
	});
	for (const dryRun of [true, false]) {
		const status = await run(
			'portalUser.changeStatus',
			{ personalityIds: emails([off, waiting]), active: false, options: { dryRun } },
			continuing,
		);
		expect(jsons(status)).toMatchObject([
			{ ...named(off), unchanged: true },
			{ ...named(waiting), code: 'NOT_ALLOWED' },
		]);
		const moved = await run(
			'portalUser.transfer',
			{ personalityIds: emails([premium]), targetUserType: byId(PREMIUM), options: { dryRun } },
			continuing,
		);
		expect(jsons(moved)).toMatchObject([{ ...named(premium, 'Premium'), unchanged: true }]);
	}
	const elsewhere = await run(
		'portalUser.delete',
		{ userType: byId(DEALERS), personalityIds: premium, options: { dryRun: true } },
		continuing,
	);
	expect(jsons(elsewhere)).toMatchObject([{ personality_id: premium, code: 'INVALID_DATA' }]);
});

describe('people named by ID whom the node reads while it works are named', () => {
	const named = (id: string) => ({ name: world().portalUsers.get(id)?.name, email: emailOf(id) });

	test('where their status is changed in bulk', async () => {
		const [on] = addUsers(1);
		const [off] = addUsers(1, DEALERS, { active: false });
		const [waiting] = addUsers(1, DEALERS, { confirm: false });
		const result = await run(
			'portalUser.changeStatus',
			{
				userType: byId(DEALERS),
				personalityIds: [on, off, waiting],
				active: false,
				options: { inBulk: 'always' },
			},
			continuing,
		);
		expect(jsons(result)).toMatchObject([
			{ personality_id: on, ...named(on), active: false },
			{ personality_id: off, ...named(off), unchanged: true },
			{ personality_id: waiting, ...named(waiting), code: 'NOT_ALLOWED' },
		]);
	});

	test('where a refusal to deactivate one makes the node look', async () => {
		const [id] = addUsers(1, DEALERS, { active: false, confirm: false });
		const result = await run(
			'portalUser.changeStatus',
			{ userType: byId(DEALERS), personalityIds: id, active: false },
			continuing,
		);
		expect(jsons(result)).toMatchObject([{ personality_id: id, ...named(id), unchanged: true }]);
	});

	test('where another item names the record by its email', async () => {
		const { id, email, name } = world().addRecord();
		const result = await run(
			'portalUser.invite',
			{ userType: byId(DEALERS), recordIds: '={{ $json.who }}' },
			{ ...continuing, input: [{ who: id }, { who: email }] },
		);
		expect(jsons(result)).toMatchObject([
			{ record_id: id, name, email },
			{ record_id: id, name, email },
		]);
	});

	test.each(['error', 'skip'])('where they were invited before: %s', async (whenAlreadyInvited) => {
		const ids = addUsers(2, DEALERS, { confirm: false });
		const result = await run(
			'portalUser.invite',
			{ userType: byId(DEALERS), module: 'Contacts', recordIds: ids, whenAlreadyInvited },
			continuing,
		);
		expect(jsons(result)).toMatchObject(ids.map((id) => ({ record_id: id, ...named(id) })));
	});
});
