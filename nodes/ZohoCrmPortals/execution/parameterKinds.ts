/** What a parameter may hold, and what to call it when it holds something else. */
export interface ParameterKind {
	displayName: string;
	pattern?: RegExp;
	/** Ends the sentence "'User Type' is "x", which …". */
	otherwise?: string;
	example?: string;
	/** Set where it may be named otherwise than Zoho addresses it; see references.ts. */
	reference?: 'portal' | 'userType';
	/** Set where people may also be named by e-mail. */
	byEmail?: true;
	/** Set for CRM users: who is named by e-mail is looked up before the item is read for good. */
	crmUser?: true;
}

const ID = {
	pattern: /^\d{1,19}$/,
	otherwise: 'is not an ID',
	example: 'IDs of Zoho CRM consist of digits only, like 7310000000000310002.',
};

const CRM_USER = { ...ID, byEmail: true, crmUser: true } as const;

const API_NAME = {
	pattern: /^[A-Za-z]\w*$/,
	otherwise: 'is not the API name of a module',
	example: 'API names consist of letters, digits and underscores, like Contacts.',
};

const PORTAL_NAME = {
	pattern: /^[A-Za-z0-9][A-Za-z0-9 _-]*$/,
	otherwise: 'is not the name of a portal',
	example: 'Portals are addressed by name, which consists of letters and digits: AcmeClients.',
};

/** Parameters that are checked before anything is sent. */
export const PARAMETER_KINDS: Record<string, ParameterKind> = {
	batchInterval: { displayName: 'Batch Interval (ms)' },
	batchSize: { displayName: 'Batch Size' },
	concurrency: { displayName: 'Concurrency' },
	email: { displayName: 'Email' },
	first_name: { displayName: 'First Name' },
	itemsPerBatch: { displayName: 'Items per Batch' },
	jobId: { displayName: 'Job ID', ...ID },
	jobKind: { displayName: 'Kind of Job' },
	jobTimeout: { displayName: 'Job Timeout' },
	invitedBefore: { displayName: 'Invited Before' },
	limit: { displayName: 'Limit' },
	maxRemovals: { displayName: 'Max Removals' },
	maxUsers: { displayName: 'Max Users' },
	module: { displayName: 'Module', ...API_NAME },
	modulesJson: { displayName: 'Modules (JSON)' },
	modulesUi: { displayName: 'Modules', ...ID },
	name: { displayName: 'Name', example: 'Enter a name, or an expression that gives one.' },
	options: { displayName: 'Options' },
	otherFields: { displayName: 'Other Fields (JSON)' },
	others: { displayName: 'Everyone Else' },
	othersIn: { displayName: 'Everyone Else In' },
	personalityIds: { displayName: 'Users', byEmail: true, ...ID },
	personalityModule: { displayName: 'Personality Module', ...API_NAME },
	portal: { displayName: 'Portal', reference: 'portal', ...PORTAL_NAME },
	profile: { displayName: 'Profile', ...ID },
	proxy: { displayName: 'Proxy' },
	recordIds: { displayName: 'Records', byEmail: true, ...ID },
	Reporting_To: { displayName: 'Reporting To', ...CRM_USER },
	role: { displayName: 'Role', ...ID },
	targetManager: { displayName: 'New Manager of Subordinates', ...CRM_USER },
	targetPortal: { displayName: 'Target Portal', ...PORTAL_NAME },
	targetUser: { displayName: 'Transfer To', ...CRM_USER },
	targetUserType: { displayName: 'Target User Type', reference: 'userType', ...ID },
	timeout: { displayName: 'Timeout' },
	unconfirmedForDays: { displayName: 'Not Accepted For (Days)' },
	updateFields: { displayName: 'Update Fields' },
	user: { displayName: 'User', ...CRM_USER },
	userType: { displayName: 'User Type', reference: 'userType', ...ID },
};
