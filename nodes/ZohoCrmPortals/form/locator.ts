import type { INodeProperties, NodeOperationError } from 'n8n-workflow';

import { isObject } from '../http/exactJson';
import { asText, BY_EXPRESSION, display, isEmpty, isLocator } from './field';
import type { Field, Place, Shown } from './field';

/** A way to type in what could also be chosen from a list, and what it must look like. */
interface Typed {
	displayName: string;
	name: string;
	placeholder: string;
	regex: string;
	errorMessage: string;
}

// Empty is for n8n to complain about, where the locator is required.
const BY_ID: Typed = {
	displayName: 'By ID',
	name: 'id',
	placeholder: 'e.g. 7310000000000310002',
	regex: '^[0-9]{0,19}$',
	errorMessage: 'An ID of Zoho CRM has digits only',
};

const BY_IDS: Typed = {
	...BY_ID,
	placeholder: 'e.g. 7310000000000400001, 7310000000000400002',
	regex: '^[0-9,;\\s]*$',
	errorMessage: 'IDs of Zoho CRM have digits only; separate several by commas',
};

const BY_EMAIL: Typed = {
	displayName: 'By Email',
	name: 'email',
	placeholder: 'e.g. mina@example.com, ben@example.com',
	regex: '^[^@]*$|^.+@.+$',
	errorMessage: 'An email address has an @',
};

const BY_NAME: Typed = {
	displayName: 'By Name',
	name: 'name',
	placeholder: '',
	regex: '^([A-Za-z0-9][A-Za-z0-9 _-]*)?$',
	errorMessage: 'A name has letters and digits only',
};

/** User types have a name that people see. */
const BY_USER_TYPE_NAME: Typed = {
	displayName: 'By Name',
	name: 'name',
	placeholder: 'e.g. Dealers',
	regex: '^.*$',
	errorMessage: '',
};

/** What a resource locator chooses from, and what it says while nothing is chosen. */
interface List {
	search: string;
	empty?: string;
}

function picked({ search, empty }: List, ways: Typed[]) {
	return {
		type: 'resourceLocator' as const,
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list' as const,
				...(empty !== undefined && { placeholder: empty }),
				typeOptions: { searchListMethod: search, searchable: true },
			},
			...ways.map(typed),
		],
	};
}

function typed({ displayName, name, placeholder, regex, errorMessage }: Typed) {
	return {
		displayName,
		name,
		type: 'string' as const,
		placeholder,
		validation: [{ type: 'regex' as const, properties: { regex, errorMessage } }],
	};
}

/** What was chosen in a resource locator, and how; a plain value in its place has no mode. */
interface Chosen {
	mode?: string;
	value: unknown;
}

/** Reads a resource locator of this property; any other value as it is. */
function chosenIn(given: unknown, { modes = [] }: INodeProperties, at: Place): Chosen {
	if (!isLocator(given)) return { value: given };
	const { mode, value } = given;
	const known = modes.find(({ name }) => name === mode);
	if (known) return { mode: known.name, value };
	throw at.invalid(
		`is chosen by ${display(mode)}, which is not one of its ways`,
		`Its ways are: ${modes.map(({ name }) => name).join(', ')}.`,
	);
}

/** Builds a field of a resource locator from how it is shown and how what was chosen is read. */
function locator<T>(property: INodeProperties, read: (chosen: Chosen, at: Place) => T): Field<T> {
	return { property, check: (given, at) => read(chosenIn(given, property, at), at) };
}

/** Checks text against a pattern. */
function matching(given: unknown, at: Place, { pattern, otherwise, example }: Pattern): string {
	if (isEmpty(given)) throw at.invalid('is empty', example);
	const found = asText(given, at);
	if (pattern.test(found)) return found;
	throw at.invalid(`is "${found}", which ${otherwise}`, example);
}

interface Pattern {
	pattern: RegExp;
	/** Ends the sentence "'User Type' is "x", which …". */
	otherwise: string;
	example: string;
}

const ID: Pattern = {
	pattern: /^\d{1,19}$/,
	otherwise: 'is not an ID',
	example: 'IDs of Zoho CRM consist of digits only, like 7310000000000310002.',
};

const API_NAME: Pattern = {
	pattern: /^[A-Za-z]\w*$/,
	otherwise: 'is not the API name of a module',
	example: 'API names consist of letters, digits and underscores, like Contacts.',
};

const PORTAL_NAME: Pattern = {
	pattern: /^[A-Za-z0-9][A-Za-z0-9 _-]*$/,
	otherwise: 'is not the name of a portal',
	example: 'Portals are addressed by name, which consists of letters and digits: AcmeClients.',
};

const EMAIL: Pattern = {
	pattern: /^[^\s@]+@[^\s@]+$/,
	otherwise: 'is not an email address',
	example: 'Enter an email address, or choose By ID.',
};

/** An ID of Zoho CRM. */
export function asId(given: unknown, at: Place): string {
	return matching(given, at, ID);
}

/** An email address in lower case. */
function asEmail(given: unknown, at: Place): string {
	return matching(given, at, EMAIL).toLowerCase();
}

/** An ID where people may also be named by email address. */
function asPersonId(given: unknown, at: Place): string {
	if (typeof given !== 'string' || !given.includes('@')) return asId(given, at);
	throw at.invalid(
		`is "${given.trim()}", which is not an ID`,
		'It looks like an email address: choose By Email, which finds people by it.',
	);
}

/** Something of Zoho CRM with an ID: from a list, or by ID. */
export function pickedById(shown: Shown, search: string): Field<string> {
	return locator({ ...picked({ search }, [BY_ID]), ...shown }, ({ value }, at) => asId(value, at));
}

/** A module, by its API name: from a list, or by name. */
export function pickedModule(shown: Shown, list: List): Field<string> {
	const byName = { ...BY_NAME, placeholder: 'e.g. Contacts' };
	return locator({ ...picked(list, [byName]), ...shown }, ({ value }, at) =>
		matching(value, at, API_NAME),
	);
}

/** The portal, by its name, since Zoho gives portals no ID; left open, the only one. */
export const portal: Field<string> = locator(
	{
		displayName: 'Portal',
		name: 'portal',
		...picked({ search: 'searchPortals', empty: 'The only portal' }, [
			{ ...BY_NAME, placeholder: 'e.g. AcmeClients' },
		]),
		description: 'The client portal, by its name. Empty: the only one of the organization.',
	},
	({ value }, at) => {
		if (!isEmpty(value)) return matching(value, at, PORTAL_NAME);
		if (at.byExpression) throw at.invalid('is empty', BY_EXPRESSION);
		return at.reference('portal', '');
	},
);

/** Another portal, which is named. */
export function otherPortal(shown: Partial<INodeProperties>): Field<string> {
	return locator({ ...portal.property, ...shown }, ({ value }, at) =>
		matching(value, at, PORTAL_NAME),
	);
}

/** A user type: from a list, by ID, or by the name that people see. */
export function pickedUserType(shown: Shown, list: List): Field<string> {
	return locator(
		{ ...picked(list, [BY_ID, BY_USER_TYPE_NAME]), ...shown },
		({ mode, value }, at) => {
			if (mode !== 'name') return asId(value, at);
			return at.reference('userType', asText(value, at));
		},
	);
}

/** A CRM user: from a list, by ID or by email address. */
export function pickedCrmUser(shown: Shown, search: string): Field<string> {
	const errorMessage = 'An ID has digits only. For an email address choose "By Email"';
	const ways = [
		{ ...BY_ID, errorMessage },
		{ ...BY_EMAIL, placeholder: 'e.g. ben@example.com' },
	];
	return locator({ ...picked({ search }, ways), ...shown }, ({ mode, value }, at) =>
		mode === 'email' ? at.reference('crmUser', asEmail(value, at)) : asPersonId(value, at),
	);
}

/** People, as an item names them. */
export interface People {
	by: 'id' | 'email';
	/** Without repetitions; e-mails in lower case. */
	values: string[];
	/** What the item calls the one whom it names, where it says so. */
	name?: string;
}

/** People: one from a list, or several by ID or by email address. */
export function pickedPeople(shown: Shown, search: string): Field<People> {
	return people({ ...picked({ search }, [BY_IDS, BY_EMAIL]), ...shown });
}

/** People who are typed in only: several by ID or by email address. */
export function typedPeople(shown: Shown): Field<People> {
	return people({
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		modes: [BY_IDS, BY_EMAIL].map(typed),
		...shown,
	});
}

function people(property: INodeProperties): Field<People> {
	return {
		property,
		check: (given, at) => {
			const { mode, value } = chosenIn(given, property, at);
			return mode === 'email'
				? { by: 'email', values: several(value, at, asEmail) }
				: { by: 'id', values: several(value, at, asPersonId), name: nameIn(given, at) };
		},
	};
}

/** The same field, by which an item may name several CRM users. */
export function crmUsers({ property }: Field<string>): Field<People> {
	return people(property);
}

/**
 * What people call what a locator names: as it was chosen from the list, or typed; undefined where an
 * expression names it. Lists show people as "Mina Shah (mina@example.com)", of which the name is taken.
 */
export function nameOf({ property }: Pick<Field<unknown>, 'property'>): Field<string | undefined> {
	return { property, check: nameIn };
}

function nameIn(given: unknown, at: Place): string | undefined {
	if (at.byExpression || !isObject(given) || !isLocator(given)) return undefined;
	if (given.mode === 'name') return String(given.value);
	const { cachedResultName: name } = given;
	if (given.mode !== 'list' || typeof name !== 'string') return undefined;
	return name.replace(/ \(\S+@\S+\).*$/, '');
}

/** One value, an array, or text with several that commas, semicolons or spaces part; each once. */
function several(value: unknown, at: Place, check: (part: unknown, at: Place) => string): string[] {
	const parts = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value
					.replace(/[[\]"]/g, ' ')
					.split(/[\s,;]+/)
					.map((part) => part.replace(/^'|'$/g, ''))
					.filter(Boolean)
			: [value];
	if (parts.length === 0) throw nobody(at);
	return [...new Set(parts.map((part: unknown) => check(part, at)))];
}

function nobody(at: Place): NodeOperationError {
	return at.invalid('is empty', ID.example);
}
