import type { INodeParameters } from 'n8n-workflow';

import { CHLOE, DEALERS, PREMIUM, UNKNOWN } from '../emulator/seed';
import type { Emulator } from '../emulator/server';
import { byId, byName } from './harness';

/** One of the node's operations, with what it takes to run it. */
export interface Case {
	/** "portalUser.delete" */
	name: string;
	/** Operation of the contract that it comes down to. */
	contractId: string;
	/** Parameters that take from the input item what differs between items. */
	parameters: (emulator: Emulator) => INodeParameters;
	/** An input item that can be done, a different one at every call. */
	good: (emulator: Emulator) => { value: string };
	/** An input item that Zoho refuses; empty where there is none. */
	bad: string;
}

/** A CRM user who can take over what others leave. */
const SUCCESSOR = CHLOE;

const value = '={{ $json.value }}';

const portalUser = (emulator: Emulator, active = true) => ({
	value: emulator.world.addPortalUsers(DEALERS, 1, { active })[0].personality_id,
});

const userType = (emulator: Emulator) => ({
	value: emulator.world.addUserType('AcmeClients', 'Guests').id,
});

const crmUser = (emulator: Emulator) => ({ value: emulator.world.addUser('New', 'User').id });

/** Each for a user type of its own, so that each is a call of its own. */
const value2 = '={{ $json.userType ?? "' + DEALERS + '" }}';

const record = (emulator: Emulator) => ({
	value: emulator.world.addRecord().id,
	userType: userType(emulator).value,
});

/** A module of a user type that is complete enough to be sent. */
const modules = (emulator: Emulator) =>
	['Contacts', 'Notes'].map((name) => {
		const { id, layouts } = emulator.world.module(name);
		const mandatory = layouts.flatMap((layout) => layout.mandatory);
		return {
			id,
			shared_type: 'private',
			permissions: { view: true },
			layouts: layouts.length > 0 ? [{ id: layouts[0].id }] : null,
			views: null,
			filters: null,
			fields: mandatory.map((field) => ({ id: field, read_only: false })),
		};
	});

const scheduledJob = ({ world }: Emulator) => {
	const id = world.newId();
	const job = { id, status: 'scheduled', readsLeft: 0, rows: null, finish: () => [] };
	world.jobs.set(id, job);
	return { value: id };
};

let names = 0;

/** Every operation of the node. */
export const cases: Case[] = [
	{
		name: 'portal.create',
		contractId: 'createPortal',
		parameters: () => ({ name: value }),
		good: () => ({ value: `NewPortal${++names}` }),
		bad: 'Short',
	},
	{
		name: 'portal.get',
		contractId: 'getPortal',
		parameters: () => ({ portal: byName(value) }),
		good: () => ({ value: 'AcmeClients' }),
		bad: 'NoSuchPortal',
	},
	{
		name: 'portal.getAll',
		contractId: 'getPortals',
		parameters: () => ({}),
		good: () => ({ value: '' }),
		bad: '',
	},
	{
		name: 'portal.update',
		contractId: 'updatePortal',
		parameters: () => ({ portal: byName(value), name: '={{ $json.value }}New' }),
		good: ({ world }) => ({ value: world.addPortal(`OldPortal${++names}`).name }),
		bad: 'NoSuchPortal',
	},
	{
		name: 'portalUser.changeStatus',
		contractId: 'changePortalUserStatus',
		parameters: () => ({ userType: byId(DEALERS), personalityIds: value, active: true }),
		good: (emulator) => portalUser(emulator, false),
		bad: UNKNOWN,
	},
	{
		name: 'portalUser.delete',
		contractId: 'deletePortalUsers',
		parameters: () => ({ userType: byId(DEALERS), personalityIds: value }),
		good: portalUser,
		bad: UNKNOWN,
	},
	{
		name: 'portalUser.get',
		contractId: 'getPortalUsers',
		parameters: () => ({ userType: byId(DEALERS), personalityIds: value }),
		good: portalUser,
		bad: UNKNOWN,
	},
	{
		name: 'portalUser.getAll',
		contractId: 'getPortalUsers',
		parameters: () => ({ userType: byId(value) }),
		good: (emulator) => {
			const { value: id } = userType(emulator);
			emulator.world.addPortalUsers(id, 1);
			return { value: id };
		},
		bad: UNKNOWN,
	},
	{
		name: 'portalUser.getInvitationJob',
		contractId: 'getPortalInviteJobs',
		parameters: () => ({ module: byName('Contacts'), jobId: value }),
		good: scheduledJob,
		bad: UNKNOWN,
	},
	{
		name: 'portalUser.invite',
		contractId: 'inviteUser',
		parameters: () => ({ userType: byId(value2), module: byName('Contacts'), recordIds: value }),
		good: record,
		bad: UNKNOWN,
	},
	{
		name: 'portalUser.sync',
		contractId: 'inviteUser',
		parameters: () => ({ userType: byId(value2), recordIds: value }),
		good: record,
		bad: UNKNOWN,
	},
	{
		name: 'portalUser.transfer',
		contractId: 'transferPortalUsers',
		parameters: () => ({
			userType: byId(DEALERS),
			targetUserType: byId(PREMIUM),
			personalityIds: value,
		}),
		good: portalUser,
		bad: UNKNOWN,
	},
	{
		name: 'user.checkTransfer',
		contractId: 'validateBeforeTransfer',
		parameters: () => ({ user: byId(value) }),
		good: crmUser,
		bad: UNKNOWN,
	},
	{
		name: 'user.count',
		contractId: 'getUsersCount',
		parameters: () => ({ filters: { type: value } }),
		good: () => ({ value: 'ActiveUsers' }),
		bad: '',
	},
	{
		name: 'user.create',
		contractId: 'createUser',
		parameters: ({ world }) => ({
			email: value,
			first_name: 'New',
			last_name: 'User',
			role: byId(world.roles[2].id),
			profile: byId(world.profiles[1].id),
		}),
		good: () => ({ value: `new${++names}@example.test` }),
		bad: 'somebody@zoho.com',
	},
	{
		name: 'user.delete',
		contractId: 'deleteUser',
		parameters: () => ({ user: byId(value) }),
		good: crmUser,
		bad: UNKNOWN,
	},
	{
		name: 'user.get',
		contractId: 'getUser',
		parameters: () => ({ user: byId(value) }),
		good: crmUser,
		bad: UNKNOWN,
	},
	{
		name: 'user.getAll',
		contractId: 'getUsers',
		parameters: () => ({ filters: { type: value }, limit: 1 }),
		good: () => ({ value: 'AllUsers' }),
		bad: 'NoSuchType',
	},
	{
		name: 'user.getTransferJob',
		contractId: 'getTransferAndDeleteStatus',
		parameters: () => ({ jobId: value }),
		good: scheduledJob,
		bad: UNKNOWN,
	},
	{
		name: 'user.transferAndDelete',
		contractId: 'transferAndDeleteUser',
		parameters: () => ({ user: byId(value), targetUser: byId(SUCCESSOR) }),
		good: crmUser,
		bad: UNKNOWN,
	},
	{
		name: 'user.transferData',
		contractId: 'transferUser',
		parameters: () => ({ user: byId(value), targetUser: byId(SUCCESSOR) }),
		good: crmUser,
		bad: UNKNOWN,
	},
	{
		name: 'user.update',
		contractId: 'updateUser',
		parameters: () => ({ user: byId(value), updateFields: { phone: '+49 30 1234' } }),
		good: crmUser,
		bad: UNKNOWN,
	},
	{
		name: 'userType.create',
		contractId: 'createPortalUserType',
		parameters: (emulator) => {
			emulator.behaviour.userTypeLicences = 100;
			return {
				name: value,
				personalityModule: byName('Contacts'),
				modulesMode: 'json',
				modulesJson: JSON.stringify(modules(emulator)),
			};
		},
		good: () => ({ value: `Type ${++names}` }),
		bad: 'Wrong (name)',
	},
	{
		name: 'userType.delete',
		contractId: 'deletePortalUserType',
		parameters: () => ({ userType: byId(value) }),
		good: userType,
		bad: UNKNOWN,
	},
	{
		name: 'userType.duplicate',
		contractId: 'createPortalUserType',
		parameters: (emulator) => {
			emulator.behaviour.userTypeLicences = 100;
			return { userType: byId(DEALERS), name: value };
		},
		good: () => ({ value: `Copy ${++names}` }),
		bad: 'Wrong (name)',
	},
	{
		name: 'userType.get',
		contractId: 'getPortalUserType',
		parameters: () => ({ userType: byId(value) }),
		good: userType,
		bad: UNKNOWN,
	},
	{
		name: 'userType.getAll',
		contractId: 'getPortalUserTypes',
		parameters: () => ({ portal: byName(value) }),
		good: () => ({ value: 'AcmeClients' }),
		bad: 'NoSuchPortal',
	},
	{
		name: 'userType.upsert',
		contractId: 'createPortalUserType',
		parameters: (emulator) => {
			emulator.behaviour.userTypeLicences = 100;
			const definition = {
				personality_module: { api_name: 'Contacts' },
				modules: modules(emulator),
			};
			return { name: value, definition: JSON.stringify(definition) };
		},
		good: () => ({ value: `Made ${++names}` }),
		bad: 'Wrong (name)',
	},
	{
		name: 'userType.update',
		contractId: 'updatePortalUserType',
		parameters: () => ({
			userType: byId(value),
			updateFields: { active: true },
			modulesMode: 'none',
		}),
		good: userType,
		bad: UNKNOWN,
	},
];

/** Operations that make another call of Zoho's when their options say so. */
export const variants: Case[] = [
	{
		name: 'portalUser.invite',
		contractId: 'inviteUsersBulk',
		parameters: () => ({
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: value,
		}),
		good: (emulator) => ({ value: `${record(emulator).value},${record(emulator).value}` }),
		bad: UNKNOWN,
	},
	{
		name: 'user.getTransferJob',
		contractId: 'getTransferUserStatus',
		parameters: () => ({ jobId: value, jobKind: 'transfer' }),
		good: scheduledJob,
		bad: UNKNOWN,
	},
];
