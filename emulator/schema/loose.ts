import { isObject, without } from '../answers';
import { documented, enums } from '../contract';
import { anyOf, ID, objectOf } from './json';
import type { Schema } from './json';
import { schemaOfNotation } from './notation';
import type { Hints } from './shapes';

/**
 * Information about answers that the contract describes in words, or through a source that it only
 * names.
 */
interface Loose {
	operations: string[];
	/** The objects it applies to: "/portals/*". */
	at: string;
	/** Keys in examples that may be missing. */
	optional?: string[];
	/** Keys in examples that may be null. */
	nullable?: string[];
	/** Keys that examples show too narrowly, or not at all; the latter may be missing. */
	known?: Record<string, Schema>;
	/** Where the contract or its sources say so. */
	why: string;
}

const TEXT: Schema = { type: 'string' };
const TEXT_OR_NULL: Schema = { type: ['string', 'null'] };
const TIME: Schema = { type: 'string', format: 'date-time' };
const OWNER = objectOf({ name: TEXT, id: ID });
/** The keys of records besides their IDs, if a client for portals requests them. */
const RECORD: Record<string, Schema> = {
	Owner: objectOf({ name: TEXT, id: ID, email: TEXT }),
	// The name of an account; for a contact, the account.
	Account_Name: anyOf([TEXT_OR_NULL, OWNER]),
	Full_Name: TEXT,
	Vendor_Name: TEXT,
	Name: TEXT,
	First_Name: TEXT_OR_NULL,
	Last_Name: TEXT_OR_NULL,
	Email: TEXT_OR_NULL,
	Secondary_Email: TEXT_OR_NULL,
	Phone: TEXT_OR_NULL,
	Industry: TEXT_OR_NULL,
	Website: TEXT_OR_NULL,
	Created_Time: TIME,
	Modified_Time: TIME,
};
const MODULES = ['getPortalUserType', 'getPortalUserTypes', 'createPortalUserType'];

const LOOSE: Loose[] = [
	{
		operations: ['getPortals', 'getPortal'],
		at: '/portals/*',
		optional: ['login_url'],
		why: 'docs have none; "treat as optional"',
	},
	{
		operations: ['getPortal'],
		at: '/portals/*',
		optional: [
			'saml_configuration',
			'acs_url',
			'admin_zuid',
			'default_relay_state_url',
			'issuer',
			'single_logout_url',
		],
		nullable: ['saml_configuration'],
		why: 'docs have none of them; saml_configuration "object, null or absent"',
	},
	{
		operations: ['getPortalUserType', 'getPortalUserTypes'],
		at: '/user_type/*',
		optional: ['no_of_users'],
		why: 'by the switch userCounts there are no counts',
	},
	{
		operations: ['getPortalUserType'],
		at: '/user_type/*',
		known: { created_time: TIME, created_by: OWNER, modified_time: TIME, modified_by: OWNER },
		why: 'required in the list, in OAS25 also in the single answer',
	},
	{
		operations: ['createPortalUserType'],
		at: '/user_type/*/modules/*',
		known: { filters: { type: ['array', 'null'], items: { type: 'object' }, minItems: 1 } },
		why: 'null in the example of the answer; "array or null" in the request and in the other answers',
	},
	{
		operations: MODULES,
		at: '/user_type/*/modules/*/permissions',
		optional: ['edit_shared_records', 'create_attachment', 'delete_attachment'],
		why: 'examples have the last two for Notes only, and the first not for Notes',
	},
	{
		operations: ['getPortalUsers'],
		at: '/users/*',
		known: { status_reason__s: { type: ['string', 'null'] } },
		why: 'docs "null or text"; "nullable"',
	},
	{
		operations: ['getUsers', 'getUser'],
		at: '/users/*',
		known: userKeys(),
		why: 'what can be set can be read; status and its reason by the enums and OAS25',
	},
	{
		operations: ['getTransferAndDeleteStatus'],
		at: '/transfer_and_delete/*',
		known: { reason: TEXT },
		why: 'an example has it, which says "not always present"',
	},
	{
		operations: ['getTransferUserStatus'],
		at: '/transfer/*',
		known: { reason: TEXT },
		why: 'the same answer in OASN, under another key',
	},
	{
		operations: ['searchRecords', 'getRecords', 'getContactsOfAccount'],
		at: '/data/*',
		optional: Object.keys(RECORD),
		known: RECORD,
		why: 'each module has fields of its own; of all records only the id is required, and "fields" chooses',
	},
	{
		// A switch is needed for tokens in lists of users.
		operations: ['getRecords', 'getContactsOfAccount', 'getPortalUsers', 'getUsers'],
		at: '/info',
		nullable: ['next_page_token', 'previous_page_token', 'page_token_expiry'],
		why: 'the last page has no next one, and the first none before it',
	},
	{
		operations: ['getCustomViews'],
		at: '/custom_views/*',
		nullable: ['system_name'],
		why: 'only views that Zoho makes have one',
	},
	{
		operations: ['searchRecords'],
		at: '/info',
		optional: ['sort_by', 'sort_order'],
		why: 'examples have them or not',
	},
];

/** Facts about the answers of an operation that examples do not show. */
export function hintsFor(id: string): Pick<Hints, 'optional' | 'nullable' | 'known'> {
	const of = (at: string) => LOOSE.filter((one) => one.operations.includes(id) && one.at === at);
	return {
		optional: (at) => of(at).flatMap(({ optional = [] }) => optional),
		nullable: (at) => of(at).flatMap(({ nullable = [] }) => nullable),
		known: (at) => Object.fromEntries(of(at).flatMap(({ known = {} }) => Object.entries(known))),
	};
}

/** Keys of CRM users, as in the body of a creation; the examples show more about the others. */
function userKeys(): Record<string, Schema> {
	const path = ['properties', 'users', 'items', 'properties'];
	const notes = path.reduce<unknown>(
		(found, key) => (isObject(found) ? found[key] : undefined),
		documented('createUser').body,
	);
	const told = without(isObject(notes) ? notes : {}, 'role', 'profile', 'theme', 'customize_info');
	const keys = Object.entries(told).map(([key, note]) => [key, schemaOfNotation(note)]);
	return {
		...Object.fromEntries(keys),
		status: { enum: enums.orgUserStatus },
		status_reason__s: { type: ['string', 'null'] },
	};
}
