import type { INodeProperties } from 'n8n-workflow';

import { isObject } from '../http/exactJson';
import { asText, BY_EXPRESSION, display, isEmpty, isLocator, valueIn } from './field';
import type { Field, Place, Shown } from './field';

/** A way to type a value instead of choosing it from a list, and the pattern that it must match. */
interface Typed {
	displayName: string;
	name: string;
	placeholder: string;
	regex: string;
	errorMessage: string;
}

// n8n itself complains about an empty value if the locator is required.
const BY_ID: Typed = {
	displayName: 'By ID',
	name: 'id',
	placeholder: 'e.g. 7310000000000310002',
	regex: '^[0-9]{0,19}$',
	errorMessage: 'Zoho CRM IDs consist of digits only',
};

/**
 * A value that is dragged onto a locator, or that an agent fills in, uses the mode with the name
 * `id`, regardless of the order of the modes. Therefore this mode also accepts names. n8n's editor
 * always labels this mode "By ID".
 */
const BY_ID_OR_EMAIL: Typed = {
	...BY_ID,
	displayName: 'By ID or Email',
	placeholder: 'e.g. 7310000000000400001, mina@example.com',
	regex: '^([0-9,;\\s]*|[^@]+@[^@][\\s\\S]*)$',
	errorMessage: 'Enter IDs (digits only) or email addresses; separate several with commas',
};

const BY_ID_OR_NAME: Typed = {
	...BY_ID,
	displayName: 'By ID or Name',
	placeholder: 'e.g. 7310000000000310002 or Dealers',
	regex: '^.*$',
	errorMessage: '',
};

const BY_EMAIL: Typed = {
	displayName: 'By Email',
	name: 'email',
	placeholder: 'e.g. mina@example.com, ben@example.com',
	regex: '^[^@]*$|^.+@.+$',
	errorMessage: 'An email address has an @',
};

const BY_ACCOUNT: Typed = {
	displayName: 'By Account',
	name: 'account',
	placeholder: 'e.g. 7310000000000610001',
	regex: '^[0-9,;\\s]*$',
	errorMessage: 'Enter account IDs (digits only); separate several with commas',
};

const BY_VIEW: Typed = {
	displayName: 'By View',
	name: 'view',
	placeholder: 'e.g. Contract ended',
	regex: '^[\\s\\S]*$',
	errorMessage: '',
};

const BY_NAME: Typed = {
	displayName: 'By Name',
	name: 'name',
	placeholder: '',
	regex: '^([A-Za-z0-9][A-Za-z0-9 _-]*)?$',
	errorMessage: 'Names contain only letters, digits, spaces, hyphens and underscores',
};

/** User types also have a name that people see. */
const BY_USER_TYPE_NAME: Typed = {
	displayName: 'By Name',
	name: 'name',
	placeholder: 'e.g. Dealers',
	regex: '^.*$',
	errorMessage: '',
};

/** The choices of a resource locator, and its placeholder while nothing is chosen. */
interface Choices {
	search: string;
	empty?: string;
}

function picked({ search, empty }: Choices, ways: Typed[]) {
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

/** The value that was chosen in a resource locator, and the mode; a plain value has no mode. */
interface Chosen {
	mode?: string;
	value: unknown;
}

/**
 * Reads the value of a resource locator of this property. Any other value is returned unchanged.
 */
function chosenIn(given: unknown, { modes = [] }: INodeProperties, at: Place): Chosen {
	if (!isLocator(given)) return { value: given };
	const { mode, value } = given;
	const known = modes.find(({ name }) => name === mode);
	if (known) return { mode: known.name, value };
	throw at.invalid(
		`has the unknown mode ${display(mode)}`,
		`The modes are: ${modes.map(({ name }) => name).join(', ')}.`,
	);
}

/**
 * Builds a field from the property of a resource locator and a function that reads the chosen
 * value.
 */
function locator<T>(property: INodeProperties, read: (chosen: Chosen, at: Place) => T): Field<T> {
	return { property, check: (given, at) => read(chosenIn(given, property, at), at) };
}

/** Checks text against a pattern. */
function matchedText(given: unknown, at: Place, { pattern, otherwise, example }: Pattern): string {
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
	example: 'Zoho CRM IDs consist of digits only, like 7310000000000310002.',
};

const API_NAME: Pattern = {
	pattern: /^[A-Za-z]\w*$/,
	otherwise: 'is not the API name of a module',
	example: 'API names consist of letters, digits and underscores, like Contacts.',
};

const PORTAL_NAME: Pattern = {
	pattern: /^[A-Za-z0-9][A-Za-z0-9 _-]*$/,
	otherwise: 'is not the name of a portal',
	example: 'Enter the name of the portal, which consists of letters and digits, like AcmeClients.',
};

const EMAIL: Pattern = {
	pattern: /^[^\s@<>,;]+@[^\s@<>,;]+$/,
	otherwise: 'is not an email address',
	example: 'Enter an email address like mina@example.com, or choose By ID or Email.',
};

const PERSON: Pattern = {
	pattern: /^(\d{1,19}|[^\s@<>,;]+@[^\s@<>,;]+)$/,
	otherwise: 'is neither an ID nor an email address',
	example: 'Enter an ID, which has digits only, or an email address like mina@example.com.',
};

/** An ID of Zoho CRM. */
export function asId(given: unknown, at: Place): string {
	return matchedText(given, at, ID);
}

/** An email address in lower case; the address in "Mina Shah <mina@example.com>". */
function asEmail(given: unknown, at: Place): string {
	return matchedText(addressIn(given), at, EMAIL).toLowerCase();
}

/** A person, named by ID or by email address in lower case. */
function asPerson(given: unknown, at: Place): string {
	return matchedText(addressIn(given), at, PERSON).toLowerCase();
}

/** The ID or the name of a view. */
function asView(given: unknown, at: Place): string {
	const view = isEmpty(given) ? '' : asText(given, at);
	if (view === '') throw at.invalid('is empty', 'Enter the name or the ID of a view.');
	return /^\d+$/.test(view) ? asId(view, at) : view;
}

/** Whether a person is named by email address; otherwise it is an ID. */
export function isEmail(value: string): boolean {
	return value.includes('@');
}

/**
 * The end of "Mina Shah <mina@example.com>", the form in which mail programs and lists write
 * people.
 */
const ADDRESS = '<\\s*([^\\s@<>,;]+@[^\\s@<>,;]+)\\s*>';

const NAMED_ADDRESS = new RegExp(`^[^<>@]*${ADDRESS}$`);

/** A name before an address: either in quotes, or without the characters that separate people. */
const NAMED_ADDRESSES = new RegExp(`("[^"<>@]*"\\s*|[^"<>@,;\\r\\n]*)${ADDRESS}`, 'g');

/**
 * The address of a person who is written with name and address. Any other value is returned
 * unchanged.
 */
function addressIn(given: unknown): unknown {
	if (typeof given !== 'string') return given;
	const text = given.trim();
	return namesNobody(text) ? text.replace(NAMED_ADDRESS, '$1') : text;
}

/** Whether the text before an address is only a name and not another ID. */
function namesNobody(name: string): boolean {
	return !/(^|\s)\d+(\s|$)/.test(name);
}

/** An object of Zoho CRM with an ID: from a list, or by ID. */
export function pickedById(shown: Shown, search: string): Field<string> {
	return locator({ ...picked({ search }, [BY_ID]), ...shown }, ({ value }, at) => asId(value, at));
}

/** A module: from a list, or by its API name. */
export function pickedModule(shown: Shown, list: Choices): Field<string> {
	const byName = { ...BY_NAME, placeholder: 'e.g. Contacts' };
	return locator({ ...picked(list, [byName]), ...shown }, ({ value }, at) =>
		matchedText(value, at, API_NAME),
	);
}

/** The portal, by name, because Zoho gives portals no ID. Empty means the only portal. */
export const portal: Field<string> = locator(
	{
		displayName: 'Portal',
		name: 'portal',
		...picked({ search: 'searchPortals', empty: 'The only portal' }, [
			{ ...BY_NAME, placeholder: 'e.g. AcmeClients' },
		]),
		description:
			'The client portal, by its name. Leave it empty to use the only portal of the organization.',
	},
	({ value }, at) => {
		if (!isEmpty(value)) return matchedText(value, at, PORTAL_NAME);
		if (at.byExpression) throw at.invalid('is empty', BY_EXPRESSION);
		return at.reference('portal', '');
	},
);

/** Another portal, which must be named. */
export function otherPortal(shown: Partial<INodeProperties>): Field<string> {
	return locator({ ...portal.property, ...shown }, ({ value }, at) =>
		matchedText(value, at, PORTAL_NAME),
	);
}

/** A user type: from a list, by ID, or by the name that people see. */
export function pickedUserType(shown: Shown, list: Choices): Field<string> {
	return locator(
		{ ...picked(list, [BY_ID_OR_NAME, BY_USER_TYPE_NAME]), ...shown },
		({ mode, value }, at) =>
			isName(mode, value) ? at.reference('userType', asText(value, at)) : asId(value, at),
	);
}

/**
 * Whether a user type is named by the name that people see. If both are accepted, digits only are
 * an ID.
 */
function isName(mode: unknown, value: unknown): boolean {
	return mode === 'name' || (typeof value === 'string' && !/^\d*$/.test(value.trim()));
}

/** A CRM user: from a list, by ID or by email address. */
export function pickedCrmUser(shown: Shown, search: string): Field<string> {
	const ways = [
		{ ...BY_ID_OR_EMAIL, placeholder: 'e.g. 7310000000000101002 or ben@example.com' },
		{ ...BY_EMAIL, placeholder: 'e.g. ben@example.com' },
	];
	return locator({ ...picked({ search }, ways), ...shown }, ({ mode, value }, at) => {
		const one = mode === 'email' ? asEmail(value, at) : asPerson(value, at);
		return isEmail(one) ? at.reference('crmUser', one) : one;
	});
}

/** What a locator names, as the subject of an outcome; a name is not looked up. */
export function subjectIn({
	property,
	check,
}: Field<string>): Field<{ id: string } | { name: string }> {
	return {
		property,
		check: (given, at) => {
			let name: string | undefined;
			const id = check(given, { ...at, reference: (_, found) => (name = found) });
			return name === undefined ? { id } : { name };
		},
	};
}

/** People, as an item names them. */
export interface People {
	/**
	 * Set if the values are accounts or views, whose people are meant; undefined if the values are
	 * people.
	 */
	of?: 'account' | 'view';
	/**
	 * For people, IDs and email addresses in lower case; see `isEmail`. For accounts, IDs. For
	 * views, names or IDs (digits only). Without duplicates.
	 */
	values: string[];
	/** The name of the single person, if the item contains it. */
	name?: string;
}

/** Ways to name several people. */
const PEOPLE = [BY_ID_OR_EMAIL, BY_EMAIL, BY_ACCOUNT, BY_VIEW];

/** People: one from a list, or several by ID or by email address, or those of accounts or views. */
export function pickedPeople(shown: Shown, search: string): Field<People> {
	return people({ ...picked({ search }, PEOPLE), ...shown });
}

/** The same, but without a list to choose from. */
export function typedPeople(shown: Shown): Field<People> {
	return people({
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		modes: PEOPLE.map(typed),
		...shown,
	});
}

function people(property: INodeProperties): Field<People> {
	return {
		property,
		isBlank: (given) => {
			const value = valueIn(given);
			return Array.isArray(value) ? value.every(isEmpty) : isEmpty(value);
		},
		check: (given, at) => {
			const { mode, value } = chosenIn(given, property, at);
			switch (mode) {
				case 'account':
					return { of: 'account', values: several(value, at, asId) };
				case 'view':
					// Names may contain commas.
					return { of: 'view', values: several([value].flat(), at, asView) };
				case 'email':
					return { values: several(value, at, asEmail) };
				default:
					return { values: several(value, at, asPerson), name: shownIn(given, at) };
			}
		},
	};
}

/** The same field, but an item may name several CRM users. */
export function crmUsers({ property }: Field<string>): Field<People> {
	return people(property);
}

/**
 * The name of the object that was chosen in a locator, as shown in the list or as typed; undefined
 * if an expression names it. Lists show people as "Mina Shah (mina@example.com)"; only the name is
 * returned.
 */
export function nameOf({ property }: Pick<Field<unknown>, 'property'>): Field<string | undefined> {
	return { property, check: nameIn };
}

function nameIn(given: unknown, at: Place): string | undefined {
	if (at.byExpression || !isLocator(given)) return undefined;
	const { mode, value } = given;
	const isTyped = typeof value === 'string' && mode !== 'list' && isName(mode, value);
	return isTyped && !isEmail(value) ? value : shownIn(given, at);
}

/** The text that the list shows for the chosen value. */
function shownIn(given: unknown, { byExpression }: Place): string | undefined {
	if (byExpression || !isObject(given) || given.mode !== 'list') return undefined;
	const { cachedResultName: name } = given;
	return typeof name === 'string' ? name.replace(/ \(\S+@\S+\).*$/, '') : undefined;
}

/** Reads one of several values. */
type CheckOne = (one: unknown, at: Place) => string;

/**
 * One value, an array, or text with several values separated by commas, semicolons or spaces;
 * without duplicates.
 */
function several(value: unknown, at: Place, check: CheckOne): string[] {
	const given = Array.isArray(value) ? value : typeof value === 'string' ? partsIn(value) : [value];
	const parts = at.skipsBlank ? given.filter((part) => !isEmpty(part)) : given;
	// An empty list gets the same error as one empty value.
	if (parts.length === 0) parts.push('');
	return [...new Set(parts.map((part: unknown) => check(part, at)))];
}

function partsIn(text: string): unknown[] {
	return text
		.replace(NAMED_ADDRESSES, (written, name: string, address: string) =>
			namesNobody(name) ? ` ${address} ` : written,
		)
		.replace(/[[\]"]/g, ' ')
		.split(/[\s,;]+/)
		.map((part) => part.replace(/^'|'$/g, ''))
		.filter(Boolean);
}
