import type { INodeParameters } from 'n8n-workflow';

import { DEALERS, PREMIUM } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { byId, byName } from '../../harness/harness';
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
	/** Key of the output that holds them. */
	key: string;
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

const createUserTypes: MakeStep = ({ world, behaviour }, amount) => {
	behaviour.userTypeLicences = 10_000;
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
		key: 'id',
		truths: () => values.map((id) => ({ id, done: world.users.get(id)?.status === 'deleted' })),
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
];
