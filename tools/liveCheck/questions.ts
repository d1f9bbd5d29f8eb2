import type { Finding } from './answers';
import type { Call } from './client';

/** A scope for portals. */
export const portals = (level: string) => `ZohoCRM.settings.clientportal.${level}`;

/** Scopes of the questions that only read. */
export const READS = [portals('READ'), 'ZohoCRM.users.READ'];

/** Questions that are asked only by name, each with a scope that they need alone. */
export const APART: Record<string, string> = {
	portalsMeta: portals('ALL'),
	settingsAll: 'ZohoCRM.settings.ALL',
};

/** What a person can allow by name, in the order in which it is done. */
export const WRITES = ['invite', 'status', 'transfer', 'delete'] as const;

export type Write = (typeof WRITES)[number];

/** Scopes for writes. Sources differ in which of the two a transfer needs. */
export const LEVELS: Record<Write, string[]> = {
	invite: ['CREATE'],
	status: ['UPDATE'],
	transfer: ['CREATE', 'UPDATE'],
	delete: ['DELETE'],
};

/** How questions are asked, by id, in their order. */
export type Questions<S> = Record<string, (call: Call, scene: S) => Promise<Finding>>;

/** What Zoho's sources do not tell, or tell in more than one way, by the id of the question. */
export const TITLES: Record<string, string> = {
	forms: 'Whose form have the lists of user types and portal users?',
	typeOptional: 'May a list of portal users go without type?',
	pages: 'Do page and per_page work on a list of portal users?',
	pageSize: 'How many portal users does a page hold at most?',
	idFilter: 'Does a list of portal users select by personality_ids?',
	readLength: 'How many IDs may a list of portal users be asked for (personality_ids)?',
	unknownPortal: 'How is an unknown portal refused?',
	unknownUserType: 'How is an unknown user type refused?',
	unknownJob: 'How is an unknown job of invitations answered?',
	crmUsers: 'Are portal users among the CRM users?',
	portalsMeta: 'Is /settings/portals/meta open to customers?',
	settingsAll: 'Does the scope ZohoCRM.settings.ALL cover client portals?',
	invitation: 'How is an invitation refused to who is invited already, and to nobody?',
	invitationJob: 'What does a job of invitations tell, and in which order?',
	statusJob: 'What becomes of a change of the status of many, and can its job be read?',
	transferMixed: 'What do right and wrong IDs in one transfer get?',
	transferLength: 'How many IDs may one transfer name, and from how many on is it a job?',
	deleteMixed: 'What do right and wrong IDs in one deletion get?',
	deleteLength: 'How many IDs may one deletion name, and from how many on is it a job?',
};

/** Questions that the check leaves alone, each with what it would take. */
export const UNASKED = Object.entries({
	'How is a second portal refused?': 'creating a portal, which nobody can delete',
	'How is the deletion of the default user type refused?':
		'a deletion that removes the user type where Zoho does not refuse it',
	'Does an update of a user type take more than one module, and keep other fields?':
		'a user type made for it; compare it before and after an update',
	'Does the plain transfer of a CRM user keep the user?':
		'a CRM user made for it, which takes a license',
	'How is the rate limit answered (429)?':
		'using up the credits of the organization; the check stops at the first 429',
	'How are invitations and activations beyond the license refused?':
		'an organization whose portal user licenses are used up',
}).map(([question, needed]) => ({ question, needed }));
