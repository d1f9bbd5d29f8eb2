/** A scope for portals. */
export const portals = (level: string) => `ZohoCRM.settings.clientportal.${level}`;

/** Scopes of the questions that only read. */
export const READS = [portals('READ'), 'ZohoCRM.users.READ'];

/** Questions that are asked only if the user names them, each with its own scope. */
export const APART: Record<string, string> = {
	portalsMeta: portals('ALL'),
	settingsAll: 'ZohoCRM.settings.ALL',
};

/** The writes that a user can allow by name, in the order in which they run. */
export const WRITES = ['invite', 'status', 'transfer', 'delete'] as const;

export type Write = (typeof WRITES)[number];

/** The questions that Zoho's sources leave open or answer differently, by ID. */
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
