import type { INodeParameters } from 'n8n-workflow';

import { DEALERS, PREMIUM } from '../emulator/seed';
import type { Emulator } from '../emulator/server';
import { byId, byName } from './setup';

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
	/** An input item that Zoho refuses. */
	bad: string;
}

const UNKNOWN = '7310000000000999999';

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
		return {
			id,
			shared_type: 'private',
			permissions: { view: true },
			layouts: layouts.length > 0 ? [{ id: layouts[0].id }] : null,
			views: null,
			filters: null,
			fields: [],
		};
	});

let names = 0;

/** Every operation of the node. */
export const cases: Case[] = [
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
		good: ({ world }) => {
			const id = world.newId();
			const job = { id, status: 'scheduled', readsLeft: 0, rows: null, finish: () => [] };
			world.jobs.set(id, job);
			return { value: id };
		},
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
