import type { INodeParameters } from 'n8n-workflow';

import { ASHA, BEN, CHLOE, DANA, DEALERS, PORTAL, PREMIUM, UNKNOWN } from '../../emulator/seed';
import { byEmail, byId, byName } from '../../harness/parameters';

/** How an operation is run for a sample, in the lifelike organization of the emulator. */
export interface SampleRun {
	parameters: INodeParameters;
	/** What differs in a run that Zoho refuses, where it can refuse an item. */
	refused?: INodeParameters;
	/** An operation that runs before, and whose items this one gets. */
	after?: { name: string; parameters: INodeParameters };
}

/** Portal users of the emulator, all of them dealers. */
const CONFIRMED = '7310000000000400257';
const NOT_CONFIRMED = '7310000000000400261';
const DEACTIVATED = '7310000000000400264';

/** Contacts whom nobody has invited yet; the second one has no e-mail address. */
const PROSPECTS = ['7310000000000400271', '7310000000000400272'];

const portal = byName(PORTAL);
const dealers = byId(DEALERS);
const nobody = byEmail('nobody@example.com');
/** The user type of dealers, who see all contacts. */
const ALL_CONTACTS = '={{ JSON.stringify($json).replace(\'"private"\', \'"public"\') }}';

/** Others report to Ben. */
const handedOver = { user: byId(BEN), targetUser: byId(CHLOE), targetManager: byId(CHLOE) };

/** Every operation by resource and name, such as `portalUser.delete`. */
export const runs: Record<string, SampleRun> = {
	'portal.checkConnection': { parameters: {} },
	'portal.create': { parameters: { name: 'AcmePartners' }, refused: { name: 'Acme' } },
	'portal.get': { parameters: { portal }, refused: { portal: byName('NoSuchPortal') } },
	'portal.getAll': { parameters: {} },
	'portal.update': {
		parameters: { portal, name: 'AcmeCustomers' },
		refused: { portal: byName('NoSuchPortal') },
	},

	'portalUser.changeStatus': {
		parameters: { portal, personalityIds: byId(CONFIRMED), active: false },
		refused: { personalityIds: byId(NOT_CONFIRMED) },
	},
	'portalUser.delete': {
		parameters: { portal, personalityIds: byId(CONFIRMED) },
		refused: { personalityIds: nobody },
	},
	'portalUser.get': {
		parameters: { portal, personalityIds: byId(CONFIRMED) },
		refused: { personalityIds: nobody },
	},
	'portalUser.getAll': {
		parameters: { portal, userType: dealers },
		refused: { userType: byId(UNKNOWN) },
	},
	'portalUser.getInvitationJob': {
		parameters: { module: byName('Contacts'), jobId: '={{ $json.job_id }}' },
		refused: { jobId: UNKNOWN },
		after: {
			name: 'portalUser.invite',
			parameters: {
				portal,
				userType: dealers,
				recordIds: byId(PROSPECTS.join()),
				options: { waitForJob: false },
			},
		},
	},
	'portalUser.invite': {
		parameters: { portal, userType: dealers, recordIds: byId(PROSPECTS[0]) },
		refused: { recordIds: byId(PROSPECTS[1]) },
	},
	'portalUser.sync': {
		parameters: {
			portal,
			userType: byId(PREMIUM),
			recordIds: byId([CONFIRMED, DEACTIVATED].join()),
		},
		refused: { recordIds: byId(PROSPECTS[1]) },
	},
	'portalUser.transfer': {
		parameters: { portal, targetUserType: byId(PREMIUM), personalityIds: byId(CONFIRMED) },
		refused: { personalityIds: nobody },
	},

	'user.checkTransfer': { parameters: { user: byId(BEN) }, refused: { user: byId(UNKNOWN) } },
	'user.count': { parameters: { filters: { type: 'ActiveUsers' } } },
	'user.create': {
		parameters: {
			email: 'nina.berg@acme.example',
			first_name: 'Nina',
			last_name: 'Berg',
			role: byId('7310000000000102003'),
			profile: byId('7310000000000103002'),
		},
		refused: { email: 'ben.ortiz@acme.example' },
	},
	'user.delete': { parameters: { user: byId(BEN) }, refused: { user: byId(ASHA) } },
	'user.get': { parameters: { user: byId(BEN) }, refused: { user: byId(UNKNOWN) } },
	'user.getAll': {
		parameters: { filters: { type: 'AllUsers' } },
		refused: { filters: { type: 'NoSuchType' } },
	},
	'user.getTransferJob': {
		parameters: { jobId: '={{ $json.job_id }}' },
		refused: { jobId: UNKNOWN },
		after: {
			name: 'user.transferAndDelete',
			parameters: {
				...handedOver,
				options: { waitForJob: false },
			},
		},
	},
	'user.transferAndDelete': {
		parameters: handedOver,
		refused: { targetManager: '' },
	},
	'user.transferData': {
		parameters: handedOver,
		refused: { targetUser: byId(UNKNOWN) },
	},
	'user.update': {
		parameters: { user: byId(DANA), updateFields: { phone: '+49 30 1234567' } },
		refused: { user: byId(UNKNOWN) },
	},

	'userType.create': {
		parameters: {
			portal,
			name: 'Field Engineers',
			personalityModule: byName('Contacts'),
			modulesUi: {
				module: [{ module: 'personality', sharedType: 'private', permissions: ['edit'] }],
			},
		},
		refused: { name: 'Dealers (North)' },
	},
	'userType.delete': {
		parameters: { portal, userType: dealers, targetUserType: byId(PREMIUM) },
		refused: { targetUserType: '' },
	},
	'userType.duplicate': {
		parameters: { portal, userType: dealers, name: 'Dealers North' },
		refused: { name: 'Dealers (North)' },
	},
	'userType.get': {
		parameters: { portal, userType: dealers },
		refused: { userType: byId(UNKNOWN) },
	},
	'userType.getAll': { parameters: { portal }, refused: { portal: byName('NoSuchPortal') } },
	'userType.update': {
		parameters: { portal, userType: dealers, updateFields: { name: 'Resellers' } },
		refused: { updateFields: { name: 'Premium' } },
	},
	'userType.upsert': {
		parameters: { portal, definition: ALL_CONTACTS },
		refused: { name: 'Dealers (North)' },
		after: {
			name: 'userType.get',
			parameters: { portal, userType: dealers, output: 'raw' },
		},
	},
};
