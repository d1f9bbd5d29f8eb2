import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEALERS, PREMIUM } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { byId, byName } from '../../harness/harness';
import { byAccount, byView } from '../../harness/parameters';
import { addUsers } from '../../harness/useEmulator';
import type { Random } from '../../emulator/random';
import type { Truth } from './verdict';

/** Something that is done to many, and how to see afterwards to whom it was done. */
export interface Step {
	/** "portalUser.delete" */
	operation: string;
	parameters: INodeParameters;
	/** Ids, or names, that the items carry as `value`. */
	values: string[];
	/** Whether one item may name several of the values, separated by commas. */
	isList?: true;
	/** The people behind a value, where that is an account or a view. */
	people?: Map<string, string[]>;
	/** Key of the output that holds the values, or these people. */
	key: string;
	/** Whether what an item says besides is so. */
	isTrue?: (json: IDataObject) => boolean;
	truths: () => Truth[];
}

type MakeStep = (emulator: Emulator, amount: number, random: Random) => Step;

const value = '={{ $json.value }}';

const UNKNOWN = ['7310000000000999991', '7310000000000999992', '7310000000000999993'];

/** Some ids that nobody has among those that somebody has. */
function withUnknown(ids: string[], random: Random): string[] {
	return random.chance(0.5) ? [...ids.slice(0, 3), ...UNKNOWN, ...ids.slice(3)] : ids;
}

const deleteUsers: MakeStep = (emulator, amount, random) => {
	const right = addUsers(emulator, amount);
	return {
		operation: 'portalUser.delete',
		parameters: { userType: byId(DEALERS), personalityIds: value },
		values: withUnknown(right, random),
		isList: true,
		key: 'personality_id',
		truths: () => right.map((id) => ({ id, done: !emulator.world.portalUsers.has(id) })),
	};
};

const transferUsers: MakeStep = (emulator, amount, random) => {
	const right = addUsers(emulator, amount);
	return {
		operation: 'portalUser.transfer',
		parameters: {
			userType: byId(DEALERS),
			targetUserType: byId(PREMIUM),
			personalityIds: value,
		},
		values: withUnknown(right, random),
		isList: true,
		key: 'personality_id',
		truths: () =>
			right.map((id) => ({
				id,
				done: emulator.world.portalUsers.get(id)?.userTypeId === PREMIUM,
			})),
	};
};

const changeStatus: MakeStep = (emulator, amount, random) => {
	const active = random.chance(0.5);
	// As many as are changed in bulk without being told so, and more than one job takes.
	const right = addUsers(emulator, Math.max(amount, random.pick([60, 130])), DEALERS, {
		active: !active,
	});
	const inBulk = random.pick(['automatic', 'automatic', 'always', 'never']);
	return {
		operation: 'portalUser.changeStatus',
		parameters: {
			userType: byId(DEALERS),
			personalityIds: value,
			active,
			options: { inBulk },
		},
		values: withUnknown(right, random),
		isList: true,
		key: 'personality_id',
		truths: () =>
			right.map((id) => ({
				id,
				done: emulator.world.portalUsers.get(id)?.active === active,
			})),
	};
};

const invite: MakeStep = ({ world }, amount, random) => {
	const fresh = Array.from({ length: amount }, () => world.addRecord().id);
	const before = Array.from({ length: 5 }, () => {
		const record = world.addRecord();
		world.addPortalUser(DEALERS, record, { confirm: false });
		return record.id;
	});
	const whenAlreadyInvited = random.pick(['error', 'resend', 'skip']);
	const times = (id: string) => world.mails.filter(({ record_id }) => record_id === id).length;
	return {
		operation: 'portalUser.invite',
		parameters: {
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: value,
			whenAlreadyInvited,
			options: {
				jobTimeout: 0.05,
				waitForJob: random.chance(0.8),
				batchSize: random.pick([1, 7, 100]),
			},
		},
		values: [...fresh, ...before],
		isList: true,
		key: 'record_id',
		truths: () => [
			...fresh.map((id) => ({ id, done: times(id) > 0, times: times(id) })),
			...before.map((id) => ({
				id,
				done: times(id) > 0 || (whenAlreadyInvited === 'skip' && ('before' as const)),
				times: times(id),
			})),
		],
	};
};

const createUserTypes: MakeStep = ({ world, switches }, amount) => {
	switches.userTypeLicences = 10_000;
	const { modules } = world.userTypes.get(DEALERS) ?? {};
	const values = Array.from({ length: Math.ceil(amount / 8) }, (_, index) => `Guests ${index}`);
	const times = (one: string) =>
		[...world.userTypes.values()].filter(({ name }) => name === one).length;
	return {
		operation: 'userType.create',
		parameters: {
			name: value,
			personalityModule: byName('Contacts'),
			modulesMode: 'json',
			modulesJson: JSON.stringify(modules),
		},
		values,
		key: 'name',
		truths: () => values.map((id) => ({ id, done: times(id) > 0, times: times(id) })),
	};
};

const deleteUserTypes: MakeStep = ({ world }, amount) => {
	const values = Array.from(
		{ length: Math.ceil(amount / 8) },
		(_, index) => world.addUserType('AcmeClients', `Old ${index}`).id,
	);
	return {
		operation: 'userType.delete',
		parameters: { userType: byId(value) },
		values,
		key: 'id',
		truths: () => values.map((id) => ({ id, done: !world.userTypes.has(id) })),
	};
};

const updateCrmUsers: MakeStep = ({ world }, amount) => {
	const values = Array.from({ length: Math.ceil(amount / 4) }, () => world.addUser('A', 'B').id);
	return {
		operation: 'user.update',
		parameters: { user: byId(value), updateFields: { phone: '+49 30 1234' } },
		values,
		isList: true,
		key: 'id',
		truths: () => values.map((id) => ({ id, done: world.users.get(id)?.phone === '+49 30 1234' })),
	};
};

const deleteCrmUsers: MakeStep = ({ world }, amount) => {
	const values = Array.from({ length: Math.ceil(amount / 4) }, () => world.addUser('C', 'D').id);
	return {
		operation: 'user.delete',
		parameters: { user: byId(value) },
		values,
		isList: true,
		key: 'id',
		truths: () => values.map((id) => ({ id, done: world.users.get(id)?.status === 'deleted' })),
	};
};

/** Accounts with some people who are portal users and some who are not. */
const deactivateAccounts: MakeStep = (emulator, amount, random) => {
	const { world } = emulator;
	const users = addUsers(emulator, amount);
	const people = new Map<string, string[]>();
	for (let start = 0; start < users.length; start += 8) {
		const some = users.slice(start, start + 8);
		people.set(world.addAccount('Company', [world.addRecord().id, ...some]).id, some);
	}
	return {
		operation: 'portalUser.changeStatus',
		parameters: {
			userType: byId(random.pick([DEALERS, ''])),
			personalityIds: byAccount(value),
			active: false,
		},
		values: withUnknown([...people.keys()], random),
		isList: true,
		people,
		key: 'personality_id',
		truths: () =>
			users.map((id) => ({ id, done: emulator.world.portalUsers.get(id)?.active === false })),
	};
};

/** As many people as one page has, or more. */
const inView = (amount: number, random: Random) => random.pick([amount, 230]);

const inviteView: MakeStep = ({ world }, amount, random) => {
	const fresh = Array.from({ length: inView(amount, random) }, () => world.addRecord().id);
	const { id: view } = world.addView('Contacts', 'New partners', fresh);
	const times = (id: string) => world.mails.filter(({ record_id }) => record_id === id).length;
	return {
		operation: 'portalUser.invite',
		parameters: {
			userType: byId(DEALERS),
			recordIds: byView(value),
			options: { jobTimeout: 0.05 },
		},
		values: [random.pick([view, 'New partners'])],
		people: new Map([view, 'New partners'].map((name) => [name, fresh])),
		key: 'record_id',
		truths: () => fresh.map((id) => ({ id, done: times(id) > 0, times: times(id) })),
	};
};

const syncView: MakeStep = (emulator, amount, random) => {
	const { world } = emulator;
	const some = Math.ceil(amount / 4);
	const right = addUsers(emulator, inView(amount, random));
	const inactive = addUsers(emulator, some, DEALERS, { active: false });
	const premium = addUsers(emulator, some, PREMIUM);
	const fresh = Array.from({ length: some }, () => world.addRecord().id);
	const others = addUsers(emulator, some);
	const members = [...right, ...inactive, ...premium, ...fresh];
	const { id: view } = world.addView('Contacts', 'Partners', members);
	const times = (id: string) => world.mails.filter(({ record_id }) => record_id === id).length;
	const user = (id: string) => world.portalUsers.get(id);
	const removes = random.pick(['deactivate', 'delete']);
	return {
		operation: 'portalUser.sync',
		parameters: {
			userType: byId(DEALERS),
			recordIds: byView(value),
			others: removes,
			options: { includeUnchanged: true, jobTimeout: 0.05, maxRemovals: 1_000 },
		},
		values: [random.pick([view, 'Partners'])],
		people: new Map([view, 'Partners'].map((name) => [name, members])),
		key: 'personality_id',
		truths: () => [
			...right.map((id) => ({
				id,
				done: user(id)?.active === true && ('before' as const),
				isOptional: true,
			})),
			...inactive.map((id) => ({ id, done: user(id)?.active === true })),
			...premium.map((id) => ({ id, done: user(id)?.userTypeId === DEALERS })),
			...fresh.map((id) => ({ id, done: times(id) > 0, times: times(id) })),
			...others.map((id) => ({
				id,
				done: removes === 'delete' ? !user(id) : user(id)?.active === false,
				isOptional: true,
			})),
		],
	};
};

/** Reads people with a field of their records, which may be unknown but never that of another. */
const getWithRecords: MakeStep = (emulator, amount) => {
	const { world } = emulator;
	const users = addUsers(emulator, Math.max(amount, 130));
	const emailOf = (id: unknown) => world.records.get(String(id))?.email;
	return {
		operation: 'portalUser.get',
		parameters: {
			userType: byId(DEALERS),
			personalityIds: value,
			options: { recordFields: ['Email'] },
		},
		values: users,
		key: 'personality_id',
		isTrue: ({ personality_id: id, record }) =>
			record === null || (record as IDataObject).Email === emailOf(id),
		truths: () => users.map((id) => ({ id, done: 'before' })),
	};
};

/** What is done in every run. */
export const steps: MakeStep[] = [
	deleteUsers,
	transferUsers,
	changeStatus,
	invite,
	createUserTypes,
	deleteUserTypes,
	updateCrmUsers,
	deleteCrmUsers,
	deactivateAccounts,
	inviteView,
	syncView,
	getWithRecords,
];
