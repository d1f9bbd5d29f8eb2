import type { INodeParameters } from 'n8n-workflow';

import type { Job } from '../emulator/job';
import { ASHA, BEN, CHLOE, DANA, DEALERS, PORTAL, PREMIUM, UNKNOWN } from '../emulator/seed';
import type { Emulator } from '../emulator/server';
import { byEmail, byId, byName, ofDealers } from './parameters';

/** One of the node's operations, with everything needed to run it. */
export interface Case {
	/** "portalUser.delete" */
	name: string;
	/** The operation of the contract that it calls. */
	contractId: string;
	/** Parameters. Values that differ between items come from the input item. */
	parameters: (emulator: Emulator) => INodeParameters;
	/** An input item that succeeds, with a new value for every call. */
	good: (emulator: Emulator) => { value: string };
	/** An input item that Zoho refuses; empty if there is none. */
	bad: string;
}

/**
 * The parameters of an operation in the documentation, in the lifelike organization of the
 * emulator.
 */
export interface Sample {
	parameters: INodeParameters;
	/** The parameters of a run that Zoho refuses, if it can refuse an item. */
	refused?: INodeParameters;
	/** An operation that runs first and passes its items to this one. */
	after?: { name: string; parameters: INodeParameters };
}

interface Row extends Omit<Case, 'parameters'> {
	/** @param value the value that differs between items */
	parameters: (value: string, emulator: Emulator) => INodeParameters;
	sample: {
		good: string;
		/** A value that Zoho refuses, or other parameters. */
		refused?: string | INodeParameters;
		/** Parameters that differ from those of the row. */
		with?: INodeParameters;
		after?: { name: string; value: string; with: INodeParameters };
	};
}

/** The value that differs between items, from the input item. */
const VALUE = '={{ $json.value }}';

/** A CRM user who can take over the data of others. */
const SUCCESSOR = CHLOE;

/** Portal users of the lifelike organization, all of them dealers. */
const CONFIRMED = '7310000000000400257';
const NOT_CONFIRMED = '7310000000000400261';
const DEACTIVATED = '7310000000000400264';
const nobody = { personalityIds: byEmail('nobody@example.com') };

/** Contacts whom nobody has invited yet. The second one has no email address. */
const PROSPECTS = ['7310000000000400271', '7310000000000400272'];

/** The user type of dealers, who see all contacts. */
const ALL_CONTACTS = '={{ JSON.stringify($json).replace(\'"private"\', \'"public"\') }}';

/** All user types. */
const anywhere = { userType: '' };

/** Others report to Ben. */
const handedOver = { targetManager: byId(CHLOE) };

const unwaited = { options: { waitForJob: false } };

const portalUser = (emulator: Emulator, active = true) => ({
	value: emulator.world.addPortalUsers(DEALERS, 1, { active })[0].personality_id,
});

const userType = (emulator: Emulator) => ({
	value: emulator.world.addUserType('AcmeClients', 'Guests').id,
});

const crmUser = (emulator: Emulator) => ({ value: emulator.world.addUser('New', 'User').id });

/** A different user type for each item, so that each is a separate call. */
const OWN_TYPE = `={{ $json.userType ?? "${DEALERS}" }}`;

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

const scheduledJob =
	(kind: Job['kind'], module?: string) =>
	({ world }: Emulator) => {
		const id = world.newId();
		const status = 'scheduled';
		world.jobs.set(id, { id, kind, module, status, readsLeft: 0, rows: null, finish: () => [] });
		return { value: id };
	};

let names = 0;

/** The output of a dry run for a record that would be invited to a user type. */
const invitationOf = (record_id: string, user_type_id: string) => ({
	value: JSON.stringify({
		planned: true,
		action: 'invited',
		record_id,
		user_type_id,
		previous: null,
	}),
});

/** The output of a deletion. */
const deletionOf = (personality_id: string, user_type_id: string) => ({
	value: JSON.stringify({
		personality_id,
		deleted: true,
		previous: { user_type_id, active: true, confirm: true, invited_time: null },
	}),
});

/**
 * Every operation of the node except Check Connection, which uses no items and cannot be refused.
 */
const table: Row[] = [
	{
		name: 'portal.create',
		contractId: 'createPortal',
		parameters: (value) => ({ name: value }),
		good: () => ({ value: `NewPortal${++names}` }),
		bad: 'Short',
		sample: { good: 'AcmePartners', refused: 'Acme' },
	},
	{
		name: 'portal.get',
		contractId: 'getPortal',
		parameters: (value) => ({ portal: byName(value) }),
		good: () => ({ value: 'AcmeClients' }),
		bad: 'NoSuchPortal',
		sample: { good: PORTAL, refused: 'NoSuchPortal' },
	},
	{
		name: 'portal.getAll',
		contractId: 'getPortals',
		parameters: () => ({}),
		good: () => ({ value: '' }),
		bad: '',
		sample: { good: '' },
	},
	{
		name: 'portal.update',
		contractId: 'updatePortal',
		parameters: (value) => ({ portal: byName(value), name: `${value}New` }),
		good: ({ world }) => ({ value: world.addPortal(`OldPortal${++names}`).name }),
		bad: 'NoSuchPortal',
		sample: { good: PORTAL, refused: 'NoSuchPortal', with: { name: 'AcmeCustomers' } },
	},
	{
		name: 'portalUser.changeStatus',
		contractId: 'changePortalUserStatus',
		parameters: (value) => ofDealers(value, { active: true }),
		good: (emulator) => portalUser(emulator, false),
		bad: UNKNOWN,
		sample: { good: CONFIRMED, refused: NOT_CONFIRMED, with: { ...anywhere, active: false } },
	},
	{
		name: 'portalUser.count',
		contractId: 'getPortalUserTypes',
		parameters: (value) => ({ portal: byName(value) }),
		good: () => ({ value: PORTAL }),
		bad: 'NoSuchPortal',
		sample: { good: PORTAL, refused: 'NoSuchPortal' },
	},
	{
		name: 'portalUser.delete',
		contractId: 'deletePortalUsers',
		parameters: (value) => ofDealers(value),
		good: portalUser,
		bad: UNKNOWN,
		sample: { good: CONFIRMED, refused: nobody, with: anywhere },
	},
	{
		name: 'portalUser.get',
		contractId: 'getPortalUsers',
		parameters: (value) => ofDealers(value),
		good: portalUser,
		bad: UNKNOWN,
		sample: { good: CONFIRMED, refused: nobody, with: anywhere },
	},
	{
		name: 'portalUser.getAll',
		contractId: 'getPortalUsers',
		parameters: (value) => ({ userType: byId(value) }),
		good: (emulator) => {
			const { value: id } = userType(emulator);
			emulator.world.addPortalUsers(id, 1);
			return { value: id };
		},
		bad: UNKNOWN,
		sample: { good: DEALERS, refused: UNKNOWN },
	},
	{
		name: 'portalUser.getInvitationJob',
		contractId: 'getPortalInviteJobs',
		parameters: (value) => ({ module: byName('Contacts'), jobId: value }),
		good: scheduledJob('invite', 'Contacts'),
		bad: UNKNOWN,
		sample: {
			good: '={{ $json.job_id }}',
			refused: UNKNOWN,
			after: { name: 'portalUser.invite', value: PROSPECTS.join(), with: unwaited },
		},
	},
	{
		name: 'portalUser.apply',
		contractId: 'inviteUser',
		parameters: (value) => ({ plan: value }),
		good: (emulator) => {
			const { value, userType: type } = record(emulator);
			return invitationOf(value, type);
		},
		bad: invitationOf(UNKNOWN, DEALERS).value,
		sample: {
			good: '={{ $json }}',
			refused: invitationOf(PROSPECTS[1], DEALERS).value,
			after: {
				name: 'portalUser.sync',
				value: `${CONFIRMED},${DEACTIVATED}`,
				with: { userType: byId(PREMIUM), options: { dryRun: true } },
			},
		},
	},
	{
		name: 'portalUser.invite',
		contractId: 'inviteUser',
		parameters: (value) => ({
			userType: byId(OWN_TYPE),
			module: byName('Contacts'),
			recordIds: value,
		}),
		good: record,
		bad: UNKNOWN,
		sample: { good: PROSPECTS[0], refused: PROSPECTS[1] },
	},
	{
		name: 'portalUser.sync',
		contractId: 'inviteUser',
		parameters: (value) => ({ userType: byId(OWN_TYPE), recordIds: value }),
		good: record,
		bad: UNKNOWN,
		sample: {
			good: `${CONFIRMED},${DEACTIVATED}`,
			refused: PROSPECTS[1],
			with: { userType: byId(PREMIUM) },
		},
	},
	{
		name: 'portalUser.restore',
		contractId: 'inviteUser',
		parameters: (value) => ({ changes: value, whenDeleted: 'invite' }),
		good: (emulator) => {
			const { value, userType: type } = record(emulator);
			return deletionOf(value, type);
		},
		bad: deletionOf(UNKNOWN, DEALERS).value,
		sample: {
			good: '={{ $json }}',
			refused: { changes: deletionOf(PROSPECTS[0], DEALERS).value },
			with: { whenDeleted: 'report' },
			after: {
				name: 'portalUser.transfer',
				value: CONFIRMED,
				with: { userType: '', options: { includePrevious: true } },
			},
		},
	},
	{
		name: 'portalUser.transfer',
		contractId: 'transferPortalUsers',
		parameters: (value) => ofDealers(value, { targetUserType: byId(PREMIUM) }),
		good: portalUser,
		bad: UNKNOWN,
		sample: { good: CONFIRMED, refused: nobody, with: anywhere },
	},
	{
		name: 'user.checkTransfer',
		contractId: 'validateBeforeTransfer',
		parameters: (value) => ({ user: byId(value) }),
		good: crmUser,
		bad: UNKNOWN,
		sample: { good: BEN, refused: UNKNOWN },
	},
	{
		name: 'user.count',
		contractId: 'getUsersCount',
		parameters: (value) => ({ filters: { type: value } }),
		good: () => ({ value: 'ActiveUsers' }),
		bad: '',
		sample: { good: 'ActiveUsers' },
	},
	{
		name: 'user.create',
		contractId: 'createUser',
		parameters: (value, { world }) => ({
			email: value,
			first_name: 'New',
			last_name: 'User',
			role: byId(world.roles[2].id),
			profile: byId(world.profiles[1].id),
		}),
		good: () => ({ value: `new${++names}@example.test` }),
		bad: 'somebody@zoho.com',
		sample: {
			good: 'nina.berg@acme.example',
			refused: 'ben.ortiz@acme.example',
			with: { first_name: 'Nina', last_name: 'Berg' },
		},
	},
	{
		name: 'user.delete',
		contractId: 'deleteUser',
		parameters: (value) => ({ user: byId(value) }),
		good: crmUser,
		bad: UNKNOWN,
		sample: { good: BEN, refused: ASHA },
	},
	{
		name: 'user.get',
		contractId: 'getUser',
		parameters: (value) => ({ user: byId(value) }),
		good: crmUser,
		bad: UNKNOWN,
		sample: { good: BEN, refused: UNKNOWN },
	},
	{
		name: 'user.getAll',
		contractId: 'getUsers',
		parameters: (value) => ({ filters: { type: value }, limit: 1 }),
		good: () => ({ value: 'AllUsers' }),
		bad: '',
		sample: { good: 'AllUsers', refused: 'NoSuchType', with: { limit: 50 } },
	},
	{
		name: 'user.getTransferJob',
		contractId: 'getTransferAndDeleteStatus',
		parameters: (value) => ({ jobId: value }),
		good: scheduledJob('transfer_and_delete'),
		bad: UNKNOWN,
		sample: {
			good: '={{ $json.job_id }}',
			refused: UNKNOWN,
			after: { name: 'user.transferAndDelete', value: BEN, with: { ...handedOver, ...unwaited } },
		},
	},
	{
		name: 'user.transferAndDelete',
		contractId: 'transferAndDeleteUser',
		parameters: (value) => ({ user: byId(value), targetUser: byId(SUCCESSOR) }),
		good: crmUser,
		bad: UNKNOWN,
		sample: { good: BEN, refused: { targetManager: '' }, with: handedOver },
	},
	{
		name: 'user.transferData',
		contractId: 'transferUser',
		parameters: (value) => ({ user: byId(value), targetUser: byId(SUCCESSOR) }),
		good: crmUser,
		bad: UNKNOWN,
		sample: { good: BEN, refused: { targetUser: byId(UNKNOWN) }, with: handedOver },
	},
	{
		name: 'user.update',
		contractId: 'updateUser',
		parameters: (value) => ({ user: byId(value), updateFields: { phone: '+49 30 1234' } }),
		good: crmUser,
		bad: UNKNOWN,
		sample: { good: DANA, refused: UNKNOWN, with: { updateFields: { phone: '+49 30 1234567' } } },
	},
	{
		name: 'userType.create',
		contractId: 'createPortalUserType',
		parameters: (value, emulator) => {
			emulator.switches.userTypeLicences = 100;
			return {
				name: value,
				personalityModule: byName('Contacts'),
				modulesMode: 'json',
				modulesJson: JSON.stringify(modules(emulator)),
			};
		},
		good: () => ({ value: `Type ${++names}` }),
		bad: 'Wrong (name)',
		sample: {
			good: 'Field Engineers',
			refused: 'Dealers (North)',
			with: {
				modulesMode: 'fields',
				modulesUi: {
					module: [{ module: 'personality', sharedType: 'private', permissions: ['edit'] }],
				},
			},
		},
	},
	{
		name: 'userType.delete',
		contractId: 'deletePortalUserType',
		parameters: (value) => ({ userType: byId(value) }),
		good: userType,
		bad: UNKNOWN,
		sample: {
			good: DEALERS,
			refused: { targetUserType: '' },
			with: { targetUserType: byId(PREMIUM) },
		},
	},
	{
		name: 'userType.duplicate',
		contractId: 'createPortalUserType',
		parameters: (value, emulator) => {
			emulator.switches.userTypeLicences = 100;
			return { userType: byId(DEALERS), name: value };
		},
		good: () => ({ value: `Copy ${++names}` }),
		bad: 'Wrong (name)',
		sample: { good: 'Dealers North', refused: 'Dealers (North)' },
	},
	{
		name: 'userType.get',
		contractId: 'getPortalUserType',
		parameters: (value) => ({ userType: byId(value) }),
		good: userType,
		bad: UNKNOWN,
		sample: { good: DEALERS, refused: UNKNOWN },
	},
	{
		name: 'userType.getAll',
		contractId: 'getPortalUserTypes',
		parameters: (value) => ({ portal: byName(value) }),
		good: () => ({ value: 'AcmeClients' }),
		bad: 'NoSuchPortal',
		sample: { good: PORTAL, refused: 'NoSuchPortal' },
	},
	{
		name: 'userType.upsert',
		contractId: 'createPortalUserType',
		parameters: (value, emulator) => {
			emulator.switches.userTypeLicences = 100;
			const definition = {
				personality_module: { api_name: 'Contacts' },
				modules: modules(emulator),
			};
			return { name: value, definition: JSON.stringify(definition) };
		},
		good: () => ({ value: `Made ${++names}` }),
		bad: 'Wrong (name)',
		sample: {
			good: '',
			refused: { name: 'Dealers (North)' },
			with: { definition: ALL_CONTACTS },
			after: { name: 'userType.get', value: DEALERS, with: { output: 'raw' } },
		},
	},
	{
		name: 'userType.update',
		contractId: 'updatePortalUserType',
		parameters: (value) => ({
			userType: byId(value),
			updateFields: { active: true },
			modulesMode: 'none',
		}),
		good: userType,
		bad: UNKNOWN,
		sample: {
			good: DEALERS,
			refused: { updateFields: { name: 'Premium' } },
			with: { updateFields: { name: 'Resellers' } },
		},
	},
];

/** Every operation except Check Connection, as tests run it. Each item has its own value. */
export const cases: Case[] = table.map(({ parameters, ...row }) => ({
	...row,
	parameters: (emulator) => parameters(VALUE, emulator),
}));

/** The parameters of an operation in the documentation, such as `portalUser.delete`. */
export function sampleOf(name: string, emulator: Emulator): Sample {
	if (name === 'portal.checkConnection') return { parameters: {} };
	const row = rowOf(name);
	const { good, refused, with: changed, after } = row.sample;
	const parametersOf = (value: string) => ({ ...row.parameters(value, emulator), ...changed });
	const parameters = parametersOf(good);
	return {
		parameters,
		...(refused !== undefined && {
			refused: typeof refused === 'string' ? parametersOf(refused) : { ...parameters, ...refused },
		}),
		...(after && {
			after: {
				name: after.name,
				parameters: { ...rowOf(after.name).parameters(after.value, emulator), ...after.with },
			},
		}),
	};
}

function rowOf(name: string): Row {
	const row = table.find((one) => one.name === name);
	if (!row) throw new Error(`harness/operations.ts does not say how to run ${name}`);
	return row;
}

/** Operations that make a different Zoho call with certain options. */
export const variants: Case[] = [
	{
		name: 'portalUser.invite',
		contractId: 'inviteUsersBulk',
		parameters: () => ({
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: VALUE,
		}),
		good: (emulator) => ({ value: `${record(emulator).value},${record(emulator).value}` }),
		bad: UNKNOWN,
	},
	{
		name: 'user.getTransferJob',
		contractId: 'getTransferUserStatus',
		parameters: () => ({ jobId: VALUE, jobKind: 'transfer' }),
		good: scheduledJob('transfer'),
		bad: UNKNOWN,
	},
];
