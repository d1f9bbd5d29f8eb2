import type { IDataObject } from 'n8n-workflow';

import type { Account } from '../http/connection';
import type { Home } from '../http/dataCenter';
import type { ZohoErrorData } from '../http/error';
import { isObject } from '../http/exactJson';
import { inDigits, dayIn, lower, said } from './words';

/** The parts of the error texts that depend on the operation. */
export interface OperationLabels {
	/** The kind of object that is changed, in plain words: "portal user". */
	thing: string;
	/** The plural, unless it is formed by adding an "s". */
	things?: string;
	/** The completed action: "deleted". */
	done: string;
	/** A shorter word for the objects in hints, if there is one: "user". */
	counted?: string;
	/** The part of the object that is changed, if it is not the whole: "the data of ". */
	part?: string;
	/** Codes that have a different meaning in this operation. */
	messages?: Record<string, Message>;
	/** The account of the call; unset if nothing was sent. */
	account?: Account;
	/** Set if the action is only planned, not done. */
	dryRun?: boolean;
}

export interface Words {
	/** Ends the sentence "Portal user 42 could not be deleted: …". */
	reason: string;
	/** What the user should do now. */
	remedy: string;
}

/** The words for a code. */
type Message = Words | { say: (error: ZohoErrorData, labels: OperationLabels) => Words };

/** Properties of a code that affect how the node reacts to it. */
interface Traits {
	/**
	 * Concerns the connection or the organization, so every other call of the run would fail, too.
	 */
	final?: true;
	/** Defined by this package; all other codes are Zoho's. */
	own?: true;
	/** May be caused by one of several objects in the call. */
	aboutOne?: true;
}

/** n8n's button is labeled "Reconnect", or "Switch account" in newer versions. */
const RECONNECT = 'Open the credential in n8n and reconnect it.';
const ASK_ADMIN = 'Ask a Zoho CRM administrator';
const CHECK_FIRST =
	'Zoho may have done it anyway: check in Zoho CRM before you run the node again.';

/**
 * Zoho's codes, and a few codes of this package. Sources: Zoho's documentation and OpenAPI files,
 * collected in emulator/contract.json.
 */
export const MESSAGES: Record<string, Message & Traits> = {
	// The connection
	NOT_CONNECTED: {
		say: ({ details }, { account }) => ({
			reason: details.error
				? `Zoho did not issue a token when the credential was connected ("${details.error}")`
				: 'the credential is not connected to Zoho',
			remedy: account?.home
				? moveTo(account.home)
				: 'n8n may still show the credential as connected. Check that the data center is the one your Zoho account lives in and that the client ID and secret belong to it, then reconnect the credential.',
		}),
		final: true,
		own: true,
	},
	INVALID_TOKEN: {
		say: ({ details }, { account }) => ({
			reason: details.error
				? `Zoho did not renew the access token ("${details.error}")`
				: 'Zoho does not accept the access token',
			remedy: sayInvalidToken(details.error, account),
		}),
		final: true,
	},
	AUTHENTICATION_FAILURE: {
		reason: 'Zoho received no access token',
		remedy: RECONNECT,
		final: true,
	},
	OAUTH_SCOPE_MISMATCH: {
		say: ({ details }) => ({
			reason: `the credential lacks the ${scopesIn(String(details.scope))}`,
			remedy: `${addScope(details.scope)} Then reconnect it.`,
		}),
		final: true,
	},
	NO_CREDENTIAL: {
		say: ({ details }) => ({
			reason: `the credential cannot be read${said(String(details.cause))}`,
			remedy: 'Choose a credential in the node, or create one and connect it.',
		}),
		final: true,
		own: true,
	},
	NO_DATA_CENTER: {
		reason: 'no data center is chosen in the credential',
		remedy:
			'Open the credential in n8n, choose the data center your Zoho account lives in, and connect the credential.',
		final: true,
		own: true,
	},
	INVALID_HOST: {
		say: (_, { account }) => ({
			reason: 'this API host does not serve your organization',
			remedy: account?.home
				? moveTo(account.home)
				: 'Check that the data center of the credential is the one your Zoho account lives in, then reconnect the credential.',
		}),
		final: true,
	},
	FOREIGN_ORIGIN: {
		say: ({ details }) => ({
			reason: details.typed
				? `the credential points to ${details.origin}, which is not the address of a host`
				: `the credential was connected to ${details.origin}, which is not a Zoho API host`,
			remedy: details.typed
				? 'Correct "API URL" in the credential: enter protocol and host, like https://www.zohoapis.com. Then reconnect the credential.'
				: 'If you changed the data center after connecting, reconnect the credential. For another host, choose "Custom" as the data center and enter the host there.',
		}),
		final: true,
		own: true,
	},
	NO_ANSWER: {
		say: ({ details }) => ({
			reason: `Zoho could not be reached (${details.cause})`,
			remedy: 'Check the network and the data center of the credential, then run the node again.',
		}),
		own: true,
	},
	NO_TOKEN: {
		say: ({ details }) => ({
			reason: sayNoToken(details),
			remedy:
				'This is usually temporary: run the node again in a few minutes. If it persists, check the data center of the credential.',
		}),
		final: true,
		own: true,
	},
	BROKEN_ANSWER: {
		say: ({ details }) => ({
			reason: `the connection broke before Zoho answered (${details.cause})`,
			remedy: CHECK_FIRST,
		}),
		own: true,
	},
	CANCELLED: {
		reason: 'the execution was stopped',
		remedy: 'Changes already made remain. Run the node again for the rest.',
		final: true,
		own: true,
	},
	NODE_FAULT: {
		say: ({ details }) => ({
			reason: `the node itself failed (${details.name})`,
			remedy:
				'This is a bug in the node: please report it with the operation and the settings of the node. Check in Zoho CRM what was done before you run the node again.',
		}),
		own: true,
	},
	UNADDRESSABLE: {
		say: ({ details }) => ({
			reason: `"${details.name}" cannot be part of a Zoho API URL`,
			remedy: 'Rename it in Zoho CRM, or choose another one.',
		}),
		own: true,
	},
	UNREADABLE_ANSWER: {
		say: ({ httpStatus, message, uncertain }) => ({
			reason: `Zoho answered with something other than JSON (HTTP ${httpStatus}: ${message})`,
			remedy: `This is usually a maintenance page or a proxy in between. ${uncertain ? CHECK_FIRST : 'Try again later.'}`,
		}),
		own: true,
	},
	UNKNOWN_ANSWER: {
		say: ({ httpStatus, message, uncertain }) => ({
			reason: `Zoho answered with JSON in a form that the node does not recognize (HTTP ${httpStatus}${message === '' ? '' : `, with the keys ${message}`})`,
			remedy: `Something other than Zoho, such as a proxy, may have answered. ${uncertain ? CHECK_FIRST : 'Try again later, and report the error if it persists.'}`,
		}),
		own: true,
	},
	EMPTY_ANSWER: {
		say: ({ httpStatus, uncertain }) => ({
			reason: `Zoho answered HTTP ${httpStatus} without saying why`,
			remedy: uncertain ? CHECK_FIRST : 'Try again later.',
		}),
		own: true,
	},
	ENDLESS_PAGES: {
		say: ({ details }) => ({
			reason: `Zoho keeps sending pages that repeat or are empty (page ${details.page})`,
			remedy: 'Turn off "Return All" and set a limit, or filter the list.',
		}),
		own: true,
	},
	INCOMPLETE_LIST: {
		say: ({ details }) => ({
			reason:
				details.total === undefined
					? `Zoho announced more than ${details.read} entries, but returned no others`
					: `Zoho counts ${details.total} entries, but returned ${details.read}`,
			remedy: 'The list may be changing at the moment. Run the node again.',
		}),
		own: true,
	},
	DISCRETE_PAGINATION_LIMIT_EXCEEDED: {
		reason: 'Zoho lists only the first 2,000 entries by page number, and offers no other way',
		remedy:
			'Choose a user type, or a filter, that leaves fewer than 2,000 entries. Or name people by ID within their user type, which needs no list.',
	},
	NO_USER_TYPES: {
		reason: 'Zoho returned no user types',
		remedy:
			'Every portal begins with a user type that cannot be deleted, so the node does not trust this answer. Try again later, and check the portal in Zoho CRM.',
		own: true,
	},
	PORTAL_CHANGING: {
		reason: 'it changed each time it was read',
		remedy: 'Try again when fewer changes are made in the portal.',
		own: true,
	},
	STRANGE_ROW: {
		say: ({ details }) => ({
			reason: `a row of Zoho's list holds ${details.holds} where it should have "${details.key}"`,
			remedy: 'Report this to the maintainers of the node, with this text.',
		}),
		own: true,
	},
	EMPTY_LIST: {
		say: ({ details }) => ({
			reason: `Zoho counts ${inDigits(Number(details.counted))} users in the user type ${details.user_type}, but lists none`,
			remedy: 'Run the node again in a few minutes, when the list and the count may agree.',
		}),
		own: true,
	},
	COUNTS_DISAGREE: {
		say: ({ details }) => ({
			reason: `${details.missing} users are missing at once, and Zoho counts ${details.counted} users, but lists ${details.read}`,
			remedy:
				'No changes were reported. The next poll checks again; after five such polls in a row, the node relies on the lists.',
		}),
		own: true,
	},
	JOB_RUNNING: {
		say: ({ details }) => ({
			reason: `Zoho has not finished job ${details.job_id} after ${details.timeout} seconds`,
			remedy: `The job continues. Read its result later with job ID ${details.job_id}, or increase "Job Timeout".`,
		}),
		own: true,
	},
	JOB_UNREADABLE: {
		say: ({ details, message }) => ({
			reason: `Zoho accepted it as job ${details.job_id}, but its result cannot be read (${details.code}${message === '' ? '' : `: ${lower(message)}`})`,
			remedy: `${details.scope === undefined ? '' : `${addScope(details.scope)} Then reconnect it. `}The job continues: read its result later with job ID ${details.job_id}, or check in Zoho CRM, before you run the node again.`,
		}),
		own: true,
	},
	NO_JOB: {
		reason: 'Zoho accepted it but returned no job ID, so the result is unknown',
		remedy: 'Check the outcome in Zoho CRM before you run the node again.',
		own: true,
	},
	NO_PROOF: {
		say: ({ httpStatus }) => ({
			reason: `Zoho's answer (HTTP ${httpStatus}) does not say whether it was done`,
			remedy: 'Check the outcome in Zoho CRM before you run the node again.',
		}),
		own: true,
	},
	JOB_UNKNOWN: {
		say: ({ details }) => ({
			reason: `Zoho accepted job ${details.job_id} but no longer knows it`,
			remedy: 'Check the outcome in Zoho CRM before you run the node again.',
		}),
		own: true,
	},
	JOB_UNSEEN: {
		say: ({ details }) => ({
			reason: `Zoho accepted it as job ${details.job_id}, which cannot be read, and the change is not visible yet`,
			remedy:
				'Zoho may still make the change: list the portal users to check the outcome before you run the node again.',
		}),
		own: true,
	},
	JOB_FAILED: {
		say: ({ details }) => ({
			reason: `Zoho's job ${details.job_id} failed${said(String(details.reason ?? ''))}`,
			remedy: 'Check in Zoho CRM what was done before you run the node again.',
		}),
		own: true,
	},
	UNCLEAR_ROWS: {
		say: ({ details }) => ({
			reason: `it is one of ${details.records} records, and Zoho does not say which of them failed with which code (${[details.codes].flat().join(', ')})`,
			remedy: 'Check these records in Zoho CRM, or send them in smaller batches ("Batch Size").',
		}),
		own: true,
	},
	NOT_FOUND: { say: sayNotFound, own: true },
	AMBIGUOUS: { say: sayAmbiguous, own: true },
	NO_MATCH: { say: sayNoMatch, own: true },
	NO_PORTAL: {
		reason: 'the organization has no portal',
		remedy: 'Create a portal first.',
		final: true,
		own: true,
	},
	MANY_PORTALS: {
		say: ({ details }) => ({
			reason: 'the organization has more than one portal',
			remedy: `Choose one of them: ${[details.names].flat().join(', ')}.`,
		}),
		own: true,
	},
	TOO_MANY_USERS: {
		say: ({ details }) => ({
			reason: `${inDigits(Number(details.found))} people are more than the ${inDigits(Number(details.allowed))} that "Max Users" allows`,
			remedy: 'Nothing was written. Check which people the items name, or raise "Max Users".',
		}),
		own: true,
	},
	LEFT_BEHIND: { say: sayLeftBehind, own: true },
	SAME_USER: {
		reason: 'users cannot take over from themselves',
		remedy: 'Choose another user in "Transfer To" and in "New Manager of Subordinates".',
		own: true,
	},
	SUCCESSOR: {
		reason: 'the user takes over from another user in the same run',
		remedy: 'Once that transfer is complete, run the node again for this user.',
		own: true,
	},
	UNCHECKED: {
		reason: 'Zoho did not check whether the user would leave something behind',
		remedy:
			'The user was not deleted. Use "Transfer Data", check in Zoho CRM that nothing is left, then use "Delete".',
		own: true,
	},
	TOO_MANY_REMOVALS: {
		say: ({ details }) => {
			const people = [details.people].flat();
			const more = Number(details.found) - people.length;
			return {
				reason: `${inDigits(Number(details.found))} people would be ${[details.actions].flat().join(' or ')}, and "Max Removals" allows ${inDigits(Number(details.allowed))}: ${people.join(', ')}${more > 0 ? ` and ${inDigits(more)} more` : ''}`,
				remedy:
					'Nothing was written. Check that the list is complete, or raise "Max Removals" for this run.',
			};
		},
		own: true,
	},
	TWO_USER_TYPES: {
		say: ({ details }) => ({
			reason: `the list names two user types: ${[details.names].flat().join(' and ')}`,
			remedy: 'A person can have only one user type in a portal. Keep one of them on the list.',
		}),
		own: true,
	},
	TWO_CHANGES: {
		say: ({ details }) => ({
			reason: `the items contradict each other: ${[details.actions].flat().join(' and ')}`,
			remedy:
				'The order of items has no effect here. Keep one of these changes, or run the node once for each.',
		}),
		own: true,
	},
	STALE_PLAN: {
		say: ({ details }) => ({
			reason: `the person has changed since the plan was made and is now ${[details.now].flat().join(', and ')}`,
			remedy: 'Nothing was changed for this person. Make a new plan with a dry run.',
		}),
		own: true,
	},
	WAS_DELETED: {
		reason: 'the run deleted the person, which cannot be undone',
		remedy:
			'Set "When Deleted" to "Invite Again" to have Zoho mail an invitation. The person has to accept it.',
		own: true,
	},
	LIST_IS_OVER: {
		reason: 'the "Until" of every item has passed, so nobody is on the list',
		remedy:
			'Nothing was written. Check the list; to carry out an empty list, add the option "Max Removals".',
		own: true,
	},
	NOT_PLANNED: {
		reason: 'the plan has an error instead of a change',
		remedy: 'Make a new plan with a dry run.',
		own: true,
	},
	NOT_TRANSFERRED: {
		reason: 'the preceding transfer or invitation is not complete',
		remedy: 'Run the node again once the person has the user type.',
		own: true,
	},
	NOT_MENTIONED: {
		reason: "Zoho's answer does not mention it",
		remedy: 'Check the outcome in Zoho CRM before you run the node again.',
		own: true,
	},
	TOO_MANY_REQUESTS: {
		reason: 'Zoho accepts no more calls from your organization for now',
		remedy:
			'Either too many calls run at once (lower "Concurrency" in this node and in others that use Zoho) or the API credits of the last 24 hours are used up. Try again later.',
		final: true,
	},
	INTERNAL_ERROR: {
		reason: 'Zoho could not finish the call',
		remedy: 'Try again later. If the error persists, contact Zoho support.',
	},
	API_NOT_SUPPORTED: {
		say: ({ details }) => {
			if (details.unsupported_environment) {
				return {
					reason: `Zoho does not offer this in a ${details.unsupported_environment}`,
					remedy: 'Connect a credential of the production organization.',
				};
			}
			if (details.unsupported_login_user_type) {
				return {
					reason: `it is not available to a ${details.unsupported_login_user_type}`,
					remedy: 'Connect the credential as a Zoho CRM user who may manage portals.',
				};
			}
			if (details.supported_domains) {
				return {
					reason: 'Zoho does not offer this in your data center',
					remedy: `Zoho offers it in: ${[details.supported_domains].flat().join(', ')}.`,
				};
			}
			return {
				reason: 'Zoho does not offer this in the version of the API used here',
				remedy: 'Look for a newer version of this node.',
			};
		},
		final: true,
	},
	NO_PERMISSION: { say: sayNoPermission, final: true },
	PERMISSION_DENIED: {
		reason: 'Zoho does not allow it',
		remedy: `${ASK_ADMIN} to check the profile of the connected user and the state of the other user.`,
	},
	FORBIDDEN: {
		reason: 'Zoho does not allow it',
		remedy: `${ASK_ADMIN} to check the profile of the connected user.`,
	},
	AUTHORIZATION_FAILED: {
		reason: 'the connected Zoho user lacks the privilege, or the trial has ended',
		remedy: `Connect the credential as an administrator, or ${lower(ASK_ADMIN)} for the privilege.`,
	},
	INVALID_URL_PATTERN: {
		reason: 'Zoho does not know this address',
		remedy:
			'Check the API URL of the credential. If it is right, look for a newer version of this node.',
		final: true,
	},
	INVALID_REQUEST_METHOD: {
		reason: 'Zoho does not accept this kind of call here',
		remedy: 'Look for a newer version of this node.',
		final: true,
	},

	// Licenses and other limits
	LICENSE_LIMIT_EXCEEDED: { say: (_, { thing }) => sayNoLicense(thing), final: true },
	LIMIT_EXCEEDED: {
		say: ({ details }) => ({
			reason:
				details.limit === undefined
					? 'your Zoho license does not cover more active portal users'
					: `your Zoho license covers ${details.limit} more active portal users`,
			remedy: `Deactivate portal users who no longer need access, or ${lower(ASK_ADMIN)} for more licenses.`,
		}),
		final: true,
	},
	CONCURRENT_JOB_LIMIT_EXCEEDED: {
		say: ({ details }) => ({
			reason: `${details.limit ?? 'too many'} jobs of this kind are already running`,
			remedy: 'Wait until they have finished, then run the node again.',
		}),
	},

	// Input
	INVALID_DATA: { say: sayInvalidData, aboutOne: true },
	MANDATORY_NOT_FOUND: {
		say: ({ details, message }) => ({
			reason: details.api_name
				? `${place(details)} is missing`
				: `a mandatory value is missing${said(message)}`,
			remedy: 'Fill it in and run the node again.',
		}),
	},
	REQUIRED_PARAM_MISSING: {
		say: ({ details }) => ({
			reason: `${details.param ?? details.param_name ?? details.api_name ?? 'a value'} is missing`,
			remedy: 'Fill it in and run the node again.',
		}),
	},
	EXPECTED_FIELD_MISSING: {
		reason: 'neither a user to transfer to nor a new manager for the subordinates was named',
		remedy: 'Fill in at least one of them.',
	},
	DEPENDENT_FIELD_MISSING: {
		say: ({ details }) => ({
			reason: `${place(details)} is missing for a module`,
			remedy: 'Give every private module a layout and a view, and run the node again.',
		}),
	},
	DEPENDENT_PARAM_MISSING: {
		say: ({ details }) => ({
			reason: `${details.param_name ?? 'a filter'} needs a second filter to go with it`,
			remedy: 'Fill in both filters or neither.',
		}),
	},
	DEPENDENT_MISMATCH: {
		say: ({ details }) => ({
			reason: `${place(details)} does not match the field it depends on`,
			remedy: 'Fill in both fields or neither.',
		}),
	},
	MAPPING_MISMATCH: {
		say: ({ details }) => ({
			reason: `${place(details)} contradicts another field`,
			remedy: 'Choose two different values.',
		}),
	},
	PATTERN_NOT_MATCHED: {
		say: ({ details }) => ({
			reason: `${place(details)} has a value that Zoho does not accept`,
			remedy: 'For a name, use letters and digits only; for a choice, use one from the list.',
		}),
	},
	DUPLICATE_DATA: {
		say: ({ details }) => ({
			reason: details.record_id
				? 'a portal user with this email address already exists'
				: 'the same name or email address already exists',
			remedy: 'Use another one, or work with the existing one.',
		}),
		aboutOne: true,
	},
	ALREADY_USED: {
		say: ({ details }) => ({
			reason: `${place(details)} is already in use`,
			remedy: 'Choose another one; a portal name must be unique across all of Zoho.',
		}),
	},
	JSON_PARSE_ERROR: {
		reason: 'Zoho could not read the request',
		remedy: 'Check the fields that contain JSON.',
	},
	NOT_SUPPORTED: {
		say: ({ details }) => ({
			reason: `${place(details)} cannot be set`,
			remedy: 'Leave it out.',
		}),
	},
	INVALID_QUERY: {
		say: ({ details, message }) => ({
			reason: `Zoho does not search by ${place(details)}${said(message)}`,
			remedy: 'Name the records by ID instead.',
		}),
	},
	LIMIT_REACHED: {
		say: ({ details }) => ({
			reason: `Zoho finds more than ${inDigits(Number(details.limit ?? 2000))} similar records`,
			remedy: 'Name the records by ID instead.',
		}),
	},
	FIELD_NOT_SHOWN: {
		say: ({ details }) => ({
			reason: `Zoho's answer lacks the field ${details.api_name} of the records in ${details.module}`,
			remedy: `${ASK_ADMIN} to let the profile of the connected user see the field.`,
		}),
		own: true,
	},
	INVALID_MODULE: {
		say: ({ details }) =>
			details.account === undefined
				? {
						reason: 'the module cannot be used here',
						remedy:
							'Choose a module that is linked to the personality module by a lookup, and share a public module as public.',
					}
				: {
						reason: `the people of an account are contacts, not records of ${[details.modules].flat().join(' or ')}`,
						remedy:
							'Choose a user type whose personality module is Contacts, or name the people another way.',
					},
	},
	CANNOT_REMOVE: {
		reason: 'the last layout, mandatory fields, the personality module and Notes cannot be removed',
		remedy: 'Leave them in the user type.',
	},
	NOT_ACTIVE_PERSONALITY_MODULE: {
		reason: 'the personality module is not active',
		remedy: 'Activate the module in Zoho CRM or choose another one.',
	},
	INVALID_REQUEST: {
		say: ({ message }) => ({
			reason: `Zoho does not allow this here${said(message)}`,
			remedy:
				'The primary contact and the connected user cannot be deleted or deactivated, and a confirmed user cannot be invited again. Name another primary contact first, or leave this user out.',
		}),
	},

	// Portal users
	ALREADY_ACTIVATED: {
		reason: 'the portal user is already active',
		remedy: 'Nothing needs to be done.',
	},
	CANNOT_PROCESS: {
		say: ({ details }) =>
			details.user_type_id === undefined
				? {
						reason: 'Zoho does not accept this invitation for the record',
						remedy:
							'Zoho does not invite records in a GDPR process. People who were invited before get another email only if "When Already Invited" is "Send Another Invitation".',
					}
				: sayInvitedBefore(details),
		aboutOne: true,
	},
	NOT_REVIEWED: {
		reason: 'the record is waiting for review',
		remedy: 'Finish the review process in Zoho CRM, then invite again.',
		aboutOne: true,
	},
	NOT_APPROVED: {
		reason: 'the record is waiting for approval',
		remedy: 'Approve the record in Zoho CRM, then invite again.',
		aboutOne: true,
	},
	RECORD_LOCKED: {
		reason: 'the record is locked',
		remedy: 'Unlock the record in Zoho CRM, then invite again.',
		aboutOne: true,
	},
	NOT_ALLOWED: {
		say: ({ message }, { account }) => ({
			reason: `Zoho does not allow it${said(message)}`,
			remedy: inSandbox(account) ?? `Leave this one out, or ${lower(ASK_ADMIN)}.`,
		}),
	},

	// CRM users
	ID_ALREADY_DELETED: {
		reason: 'the user is already deleted',
		remedy: 'Nothing needs to be done.',
	},
	CANNOT_UPDATE_DELETED_USER: {
		reason: 'the user is deleted',
		remedy: 'Add the user again instead.',
	},
	ID_ALREADY_ACTIVE: {
		reason: 'the user is already active',
		remedy: 'Zoho did not change anything else either. Leave the status out.',
	},
	ID_ALREADY_DEACTIVATED: {
		reason: 'the user is already inactive',
		remedy: 'Zoho did not change anything else either. Leave the status out.',
	},
	EMAIL_UPDATE_NOT_ALLOWED: {
		reason: 'the email address of this user cannot be changed',
		remedy:
			'Only the address of an unconfirmed user can be changed, and none in CRM Plus. Leave the email out.',
	},
	CONFLICTING_DATA_FOUND: {
		reason: 'with the new role, the user needs another reporting manager',
		remedy: 'Set "Reporting To" together with the role, and move the subordinates first.',
	},
	UNAPPROVABLE: {
		say: ({ message }, { account }) => ({
			reason: `Zoho does not allow this in your type of organization${said(message)}`,
			remedy:
				inSandbox(account) ??
				'Zoho One and CRM Plus manage their users themselves: make the change there.',
		}),
	},
	FEATURE_NOT_ENABLED: {
		say: ({ message }) => ({
			reason: `a feature is turned off${said(message)}`,
			remedy: 'Turn it on in Zoho CRM, or leave the field out.',
		}),
	},
};

/** Codes that have a second spelling in Zoho's documentation. */
export const SAME_AS: Record<string, string> = {
	EMAIL_UPDATE_NOT_ALOWED: 'EMAIL_UPDATE_NOT_ALLOWED',
	FEATURE_NOT_AVAILABLE: 'FEATURE_NOT_ENABLED',
	FEATURE_PERMISSION: 'FEATURE_NOT_ENABLED',
	INTERNAL_SERVER_ERROR: 'INTERNAL_ERROR',
	RATE_LIMIT_EXCEEDED: 'TOO_MANY_REQUESTS',
	HTTP_401: 'INVALID_TOKEN',
	HTTP_404: 'INVALID_URL_PATTERN',
	HTTP_429: 'TOO_MANY_REQUESTS',
	HTTP_500: 'INTERNAL_ERROR',
};

/** Whether every other call of a run would meet the error, too. */
export function isFinal({ code }: ZohoErrorData): boolean {
	return messageOf(code)?.final === true;
}

/** Whether an error may be caused by one of several objects in a call. */
export function isAboutOne({ code }: ZohoErrorData): boolean {
	return messageOf(code)?.aboutOne === true;
}

/** Whether a code was defined by this package. */
export function isOwn(code: string): boolean {
	return messageOf(code)?.own === true;
}

/** Returns the words for an error. */
export function wordsFor(error: ZohoErrorData, labels: OperationLabels): Words {
	const code = SAME_AS[error.code] ?? error.code;
	const message: Message = labels.messages?.[code] ?? messageOf(code) ?? { say: sayWhatZohoSaid };
	return 'say' in message ? message.say(error, labels) : message;
}

function messageOf(code: string): (Message & Traits) | undefined {
	return MESSAGES[SAME_AS[code] ?? code];
}

/** Names the permission that is missing, according to Zoho. */
export function sayNoPermission({ details }: ZohoErrorData): Words {
	return {
		reason: 'the connected Zoho user lacks a permission',
		remedy: `${ASK_ADMIN} to allow ${permissionName(details.permissions)} in the profile of the connected user.`,
	};
}

/** @param thing the object that needs a license: "user type" */
export function sayNoLicense(thing: string): Words {
	return {
		reason: `your Zoho license does not cover more ${thing}s`,
		remedy: `Delete or deactivate what is not needed, or ${lower(ASK_ADMIN)} for more licenses.`,
	};
}

/**
 * Says why somebody who is already a portal user is not invited.
 *
 * @param details the user type and the state of the person in it, as Zoho lists them
 */
export function sayInvitedBefore(details: IDataObject): Words {
	const { user_type_id, user_type_name = user_type_id, active, confirm, invited_time } = details;
	if (active === false) {
		return {
			reason: `the person is a deactivated user of ${String(user_type_name)}`,
			remedy: 'To let the person log in again, use "Change Status".',
		};
	}
	if (confirm !== false) {
		return {
			reason: `the person is already a user of ${String(user_type_name)}`,
			remedy: 'Nothing needs to be done. To change the user type, use "Transfer".',
		};
	}
	const since = dayIn(invited_time);
	const waiting = since === undefined ? 'not accepted yet' : `not accepted since ${since}`;
	return {
		reason: `the person is already invited to ${String(user_type_name)} (${waiting})`,
		remedy: 'To send another email, set "When Already Invited" to "Send Another Invitation".',
	};
}

function sayAmbiguous({ details }: ZohoErrorData): Words {
	const { found, crm_user: email, field } = details;
	const all = [found].flat();
	if (email === undefined) {
		return {
			reason: `there are several: ${all.join(', ')}`,
			remedy: 'Enter the ID of the one you mean, or also choose the user type.',
		};
	}
	const users = all
		.filter(isObject)
		.map(({ id, full_name: name, status }) => `${String(name)} (${String(id)}, ${String(status)})`);
	return {
		reason: `more than one CRM user has the email address "${email}": ${users.join(' and ')}`,
		remedy: `Enter the ID of the one you mean in "${field}".`,
	};
}

function sayNotFound({ details }: ZohoErrorData): Words {
	const { user_type, names, portal, by, user_type_id, module, field, crm_user: email } = details;
	const { user_type_name = user_type_id, elsewhere } = details;
	if (email !== undefined) {
		return {
			reason: `none of ${inDigits(Number(details.users))} CRM users has the email address "${email}"`,
			remedy: `Check the address in "${field}", or choose the user from the list.`,
		};
	}
	if (details.account !== undefined) {
		return {
			reason: 'the account does not exist, or the connected Zoho user may not see it',
			remedy: 'Check the ID: it must be that of a record in the module Accounts.',
		};
	}
	if (details.view_of !== undefined) {
		const views = [names ?? []].flat();
		return {
			reason: `${[details.view_of].flat().join(' and ')} has no such view, or the connected Zoho user may not see it`,
			remedy:
				views.length > 0
					? `Choose one of its views: ${views.join(', ')}.`
					: 'Check the name or the ID, and share the view with the connected user.',
		};
	}
	if (user_type !== undefined) {
		return {
			reason: `the portal has no user type "${user_type}"`,
			remedy: `Choose one of its user types: ${[names].flat().join(', ')}.`,
		};
	}
	if (module !== undefined) {
		return {
			reason: `no record of ${module} has this address in the field ${field}`,
			remedy:
				'Invitations go to this field. Check the record in Zoho CRM; Zoho may take a moment to find a record that was just saved.',
		};
	}
	if (by === undefined) {
		return {
			reason: 'nothing has this name or ID',
			remedy: 'Check that it still exists and that you chose the right portal.',
		};
	}
	const place = user_type_id === undefined ? `the portal ${portal}` : `user type ${user_type_name}`;
	if (elsewhere !== undefined) {
		return {
			reason: `the person is not in ${place} but in ${[elsewhere].flat().join(' and ')}`,
			remedy: 'Leave "User Type" empty to search all user types.',
		};
	}
	return {
		reason: `nobody in ${place} has this ${by === 'email' ? 'email address' : 'ID'}`,
		remedy:
			'The person may not have been invited, or may have been deleted. List the portal users to see who is there.',
	};
}

function sayLeftBehind({ details }: ZohoErrorData): Words {
	const { subordinates, assignment, criteria, target_user: target } = details;
	const left = [
		...(subordinates ? ['their subordinates have no new manager'] : []),
		...(assignment ? ['nobody takes over their places in assignment rules'] : []),
		...(criteria ? ['nobody takes over the rules and views that name them'] : []),
	];
	const open = [...(assignment ? ['"Assignments"'] : []), ...(criteria ? ['"Criteria"'] : [])];
	const fields = [
		...(subordinates ? ['"New Manager of Subordinates"'] : []),
		...(open.length > 0 && target === undefined ? ['"Transfer To"'] : []),
	];
	const remedies = [
		...(fields.length > 0 ? [`Choose a user in ${fields.join(' and ')}.`] : []),
		...(open.length > 0 && target !== undefined
			? [`Add ${open.join(' and ')} to "What to Transfer".`]
			: []),
	];
	return { reason: left.join(', and '), remedy: remedies.join(' ') };
}

function sayNoMatch({ details }: ZohoErrorData): Words {
	const missing = [details.missing ?? []].flat();
	const fixed = [details.fixed ?? []].flat();
	const reasons = [
		...(missing.length > 0 ? [`this organization has no match for ${missing.join(', ')}`] : []),
		...(fixed.length > 0 ? [`Zoho cannot change this: ${fixed.join('; ')}`] : []),
	];
	return {
		reason: reasons.join('. '),
		remedy:
			`Nothing was written. ${missing.length > 0 ? 'Create the missing parts in Zoho CRM, or leave them out. ' : ''}${fixed.length > 0 ? 'Change it in Zoho CRM, or keep it as it is there.' : ''}`.trim(),
	};
}

function sayInvalidData({ details, message }: ZohoErrorData, { thing }: OperationLabels): Words {
	if (details.account !== undefined) {
		return {
			reason: 'Zoho does not list the contacts of the account',
			remedy: `${ASK_ADMIN} to show the related list Contacts in the layout of accounts, or name the people another way.`,
		};
	}
	if (details.personality_id || Number(details.resource_path_index) === USER_PART) {
		return {
			reason: 'the person is not a portal user of this user type',
			remedy:
				'The person has another user type, was deleted or never invited, or the CRM record is in the recycle bin. Leave "User Type" empty to search all user types, or list the portal users to find the person.',
		};
	}
	if (details.param_name === 'transfer_To') {
		return {
			reason: 'it still has users',
			remedy:
				'Transfer its users to another user type first, or choose a "Target User Type", and Zoho moves them with the deletion.',
		};
	}
	if (details.transfer_To) {
		return {
			reason: `user type ${details.transfer_To} is not a valid target`,
			remedy:
				'Choose another user type of the portal, with the same personality module and the same invitation field.',
		};
	}
	if (details.owner_status) {
		// Zoho's OpenAPI file has both "no_crm_user" and "not_crm_user".
		const state = String(details.owner_status)
			.replace(/^not?_crm_user$/, 'not a CRM user')
			.replace(/_/g, ' ');
		return {
			reason: details.json_path
				? `the user who should take over is ${state}`
				: `the user is ${state}`,
			remedy: 'Choose an active CRM user.',
		};
	}
	if (details.resource_path_index !== undefined) {
		const part = PATH_PARTS[Number(details.resource_path_index)] ?? 'one of the IDs';
		return {
			reason: `Zoho does not know ${part}`,
			remedy: 'Check the IDs and the portal. List them to see what exists.',
		};
	}
	if (details.api_name === 'id' && /portal_invite|^$/.test(String(details.json_path ?? ''))) {
		return {
			reason: 'there is no record with this ID in the module',
			remedy: 'Check the ID. The record may be in the recycle bin, or belong to another module.',
		};
	}
	if (details.api_name || details.json_path) {
		return { reason: `${place(details)} ${complaint(details)}`, remedy: 'Correct the value.' };
	}
	if (details.expected_data_type) {
		return { reason: `Zoho expects: ${details.expected_data_type}`, remedy: 'Correct the values.' };
	}
	if (/does not have email/.test(message)) {
		return {
			reason: 'the record has no email address',
			remedy: 'Add one in Zoho CRM, in the field that invitations of the user type go to.',
		};
	}
	if (thing === 'record' && /^(invalid[_ ]data)?$/i.test(message)) {
		return {
			reason: 'Zoho does not know the record, or does not accept the user type or the language',
			remedy:
				'Check the ID. The record may be in the recycle bin, or belong to a different module than the users of the user type.',
		};
	}
	return {
		reason: message ? lower(message).replace(/\.$/, '') : 'Zoho does not accept the data',
		remedy: 'Check the portal and the values you entered.',
	};
}

/** "scope A", "scopes A and B". */
function scopesIn(scope: string): string {
	const scopes = scope.split(',');
	return `scope${scopes.length > 1 ? 's' : ''} ${scopes.join(' and ')}`;
}

/** Names the scopes that a credential lacks, and says where to add them. */
function addScope(scope: unknown): string {
	return `In the credential choose "Everything" as "Access", or add ${scope} to a custom scope.`;
}

function sayNoToken({ status, error }: IDataObject): string {
	if (status !== undefined) {
		return `Zoho's accounts server answered HTTP ${status} instead of issuing a new access token`;
	}
	return `Zoho's accounts server did not renew the access token${error ? ` ("${error}")` : ''}`;
}

function sayInvalidToken(error: unknown, account?: Account): string {
	if (error === 'Access Denied') {
		return 'Zoho issues only 10 access tokens in 10 minutes. Wait, then run the node again.';
	}
	if (account?.home) return moveTo(account.home);
	if (error === 'invalid_client') {
		return 'Zoho does not accept the client ID or the client secret. Compare both with the API console of the data center that the credential names, correct them, then reconnect the credential.';
	}
	return `The connection was revoked, or the data center or environment of the credential was changed without reconnecting it. ${RECONNECT} One user can hold 20 connections per client; the 21st ends the oldest.`;
}

function moveTo(home: Home): string {
	if ('unlisted' in home) {
		return `The Zoho account lives in the data center "${home.unlisted}", which the credential does not list: choose "Custom" and enter its accounts and API addresses, with the client ID and secret that belong to it, then reconnect the credential.`;
	}
	return `The Zoho account lives at ${home.site}: choose that data center in the credential, with the client ID and secret that belong to it, then reconnect the credential.`;
}

/**
 * Says that users cannot be changed in this environment; undefined in production. In a sandbox,
 * Zoho refuses such changes with codes that have other meanings elsewhere.
 */
function inSandbox(account?: Account): string | undefined {
	if (!account || account.environment === 'production') return undefined;
	return `The credential is connected to a ${account.environment} environment, where Zoho does not allow users to be changed: use a credential of the production organization.`;
}

/** The part of the path at `resource_path_index`, counted from 0 after the API version. */
const PATH_PARTS: Record<number, string> = {
	1: 'this user',
	2: 'the portal',
	4: 'the user type',
};

/** The position of the portal user, counted in the same way. */
const USER_PART = 6;

function complaint(details: IDataObject): string {
	if (details.maximum_length) return `is too long (at most ${details.maximum_length})`;
	if (details.minimum_length) return `is too short (at least ${details.minimum_length})`;
	if (details.expected_data_type) return `must be: ${details.expected_data_type}`;
	if (details.supported_values) {
		return `must be one of: ${[details.supported_values].flat().join(', ')}`;
	}
	if (details.regex) return 'has characters that Zoho does not accept';
	return 'has a value that Zoho does not accept';
}

function sayWhatZohoSaid({ code, message }: ZohoErrorData): Words {
	return {
		reason: message ? lower(message).replace(/\.$/, '') : `Zoho answered ${code}`,
		remedy: "Look the code up in Zoho's API documentation.",
	};
}

function permissionName(permissions: unknown): string {
	const names: Record<string, string> = {
		Crm_Implied_Manage_ClientPortal: '"Manage Portal"',
		Crm_Implied_Manage_ClientPortal_Users: '"Manage Portal Users"',
		Crm_Implied_Manage_Users: '"Manage Users"',
		Crm_Implied_Api_Access: '"Zoho CRM API Access"',
	};
	const listed = [permissions ?? []]
		.flat()
		.map(String)
		.map((name) => names[name] ?? `"${name.replace(/^Crm_Implied_/, '').replace(/_/g, ' ')}"`);
	return listed.length > 0 ? listed.join(' and ') : 'it';
}

/** Names the field that a refusal is about: `"permissions" (modules[0].permissions)`. */
function place(details: IDataObject): string {
	const path = String(details.json_path ?? '').replace(/^\$\.\w+(\[\w*\*?\])?\.?/, '');
	const name = String(details.api_name ?? path.split('.').pop() ?? '');
	if (name === '') return 'a value';
	return path === '' || path === name ? `"${name}"` : `"${name}" (${path})`;
}
