import type { GenericValue, INodeProperties } from 'n8n-workflow';

import { PERSONALITY_MODULE } from '../../nodes/ZohoCrmPortals/zoho/metadata';

/**
 * Which values of a parameter are certain when an expression gives them: what docs/values.md promises,
 * written down a second time, without the node.
 */
export function isCertain(property: INodeProperties, given: GenericValue): boolean {
	const { name, type } = property;
	// The module of a user type's form is another one than that of an invitation.
	const isEntry = name === 'module' && type === 'options';
	if (isNothing(given) && MAY_BE_NOTHING.has(name) && !isEntry) return true;
	switch (type) {
		case 'boolean':
			return isYesOrNo(given);
		case 'options':
			return isOption(property, given);
		case 'multiOptions':
			return areOptions(property, given);
		case 'number':
			return isNumber(name, given);
		case 'dateTime':
			return isDate(given);
		case 'string':
			return isTextOf(name, given);
		case 'json':
			return isJsonOf(name, given);
		case 'resourceLocator':
			return isChosen(property, given);
		default:
			throw new Error(`Nobody said what is certain for ${name} of the type ${type}`);
	}
}

/** Parameters that mean no more than they say when an expression gives nothing for them. */
const MAY_BE_NOTHING = new Set(['language', 'module', 'view', 'filter', 'until']);

/** Fields of a CRM user that an empty text clears. */
const CLEARED_BY_EMPTY = new Set([
	...['alias', 'city', 'country', 'dob', 'fax', 'last_name', 'mobile', 'phone', 'state', 'street'],
	...['website', 'zip'],
]);

function isYesOrNo(given: GenericValue): boolean {
	return typeof given === 'boolean' || (typeof given === 'string' && /^(true|false)$/i.test(given));
}

/** What a value that is certain says of yes and no. */
export function isYes(given: GenericValue): boolean {
	return String(given).toLowerCase() === 'true';
}

function isNothing(given: GenericValue): boolean {
	const value = isLocator(given) ? given.value : given;
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

function valuesOf({ options = [] }: INodeProperties): GenericValue[] {
	return options.flatMap((option) => ('value' in option ? [option.value] : []));
}

function isOption(property: INodeProperties, given: GenericValue): boolean {
	const values = valuesOf(property);
	if (values.some((value) => typeof value === 'boolean')) return isYesOrNo(given);
	if (values.length > 0) return values.includes(given);
	if (property.name === 'module' && given === PERSONALITY_MODULE) return true;
	if (property.name !== 'view' || typeof given !== 'string') return isId(given);
	const [kind, id, ...more] = given.split(':');
	return id === undefined ? isId(kind) : /^\w*$/.test(kind) && isId(id) && more.length === 0;
}

function areOptions(property: INodeProperties, given: GenericValue): boolean {
	const parts = partsOf(given, ',');
	if (property.name === 'recordFields') return areApiNames(parts);
	const values = valuesOf(property);
	return parts?.every((part) => (values.length > 0 ? values.includes(part) : isId(part))) === true;
}

/** As many names as Zoho takes in one call; digits only are no name. */
function areApiNames(parts: GenericValue[] = []): boolean {
	const isName = (part: GenericValue) => /^\$?[A-Za-z][A-Za-z0-9_]*$/.test(textOf(part) ?? '');
	return parts.length > 0 && parts.length <= 50 && parts.every(isName);
}

/** An array as it is, or the parts of text that has some. */
function partsOf(given: GenericValue, separators: string): GenericValue[] | undefined {
	if (Array.isArray(given)) return given;
	if (typeof given !== 'string') return undefined;
	const parts = given.split(new RegExp(`[${separators}]`)).map((part) => part.trim());
	const filled = parts.filter(Boolean);
	return filled.length > 0 ? filled : undefined;
}

/** The least that a number may be; others may be any whole number. */
const LEAST: Record<string, number> = {
	batchInterval: 0,
	fullReading: 0,
	maxRemovals: 0,
	maxUsers: 0,
	timeout: 1,
	unconfirmedDays: 0,
};

function isNumber(name: string, given: GenericValue): boolean {
	const written = typeof given === 'string' && /^[+-]?[0-9]+(?:\.[0-9]+)?$/.test(given.trim());
	if (typeof given !== 'number' && !written) return false;
	const number = Number(given);
	if (name === 'jobTimeout') return Number.isFinite(number) && number > 0;
	if (name === 'unconfirmedDays') return Number.isFinite(number) && number >= 0;
	return Number.isSafeInteger(number) && number >= (LEAST[name] ?? -Infinity);
}

/** A date, or a date and time, with or without an offset, as the values' page says. */
function isDate(given: GenericValue): boolean {
	if (typeof given !== 'string') return false;
	const written =
		/^(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
			given.trim(),
		);
	if (!written) return false;
	const day = new Date(`${written[1]}T00:00:00Z`);
	const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(written[1]);
	return isDay && !Number.isNaN(Date.parse(given.trim().replace(' ', 'T').replace(' ', '')));
}

/** Text, or a number that is one to the last digit. */
function textOf(given: GenericValue): string | undefined {
	if (typeof given === 'number') return Number.isSafeInteger(given) ? String(given) : undefined;
	return typeof given === 'string' && given.trim() ? given.trim() : undefined;
}

/** Texts that are written in a certain way. */
const WRITTEN: Record<string, RegExp | undefined> = {
	login_url: /^https?:\/\/[^\s/]+/i,
	logout_url: /^https?:\/\/[^\s/]+/i,
	public_key: /^-----BEGIN CERTIFICATE-----/,
};

function isTextOf(name: string, given: GenericValue): boolean {
	if (CLEARED_BY_EMPTY.has(name) && typeof given === 'string') return true;
	const text = textOf(given);
	return text !== undefined && (WRITTEN[name]?.test(text) ?? true);
}

function isId(given: GenericValue): boolean {
	return /^[0-9]{1,19}$/.test(textOf(given) ?? '');
}

const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

/** An email address, also behind a name that is no number: "Mina Shah <mina@example.com>". */
function isEmail(given: GenericValue): boolean {
	const text = textOf(given) ?? '';
	const [, name = '', address = text] = /^([^<>@]*)<\s*([^<>\s]*)\s*>$/.exec(text) ?? [];
	return ADDRESS.test(address) && !name.split(/\s+/).some((word) => /^[0-9]+$/.test(word));
}

function isPerson(given: GenericValue): boolean {
	return isId(given) || isEmail(given);
}

/** A user type is named by ID or by what people see; digits only are an ID. */
function isUserType(given: GenericValue): boolean {
	const text = textOf(given);
	const isName = typeof given === 'string' && text !== undefined && !/^[0-9]+$/.test(text);
	return isName || isId(given);
}

function isLocator(given: GenericValue): given is { mode?: unknown; value: GenericValue } {
	if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
	return 'value' in given && ('mode' in given || ('__rl' in given && given.__rl === true));
}

/** What people are named by: one, an array, or text with several. */
function areAll(given: GenericValue, is: (one: GenericValue) => boolean): boolean {
	if (typeof given === 'number') return is(given);
	if (typeof given === 'string' && isEmail(given)) return is(given);
	// An array may also have come as text.
	const plain = typeof given === 'string' ? given.replace(/[[\]"']/g, ' ') : given;
	const parts = partsOf(plain, ',;\\s');
	return parts !== undefined && parts.length > 0 && parts.every(is);
}

/** Views are one by name or ID, or an array, since names may have commas. */
function areViews(given: GenericValue): boolean {
	const views: GenericValue[] = Array.isArray(given) ? given : [given];
	const isView = (one: GenericValue) => isId(one) || !/^[0-9]*$/.test(textOf(one) ?? '');
	return views.length > 0 && views.every(isView);
}

function isChosen({ name, modes = [] }: INodeProperties, given: GenericValue): boolean {
	const mode = isLocator(given) ? given.mode : undefined;
	if (isLocator(given) && !modes.some((one) => one.name === mode)) return false;
	const value = isLocator(given) ? given.value : given;
	switch (name) {
		case 'portal':
		case 'targetPortal':
			return /^[A-Za-z0-9][\w -]*$/.test(textOf(value) ?? '');
		case 'module':
		case 'personalityModule':
			return /^[A-Za-z][A-Za-z0-9_]*$/.test(textOf(value) ?? '');
		case 'userType':
		case 'targetUserType':
			return mode === 'name' ? textOf(value) !== undefined : isUserType(value);
		case 'personalityIds':
		case 'recordIds':
			if (mode === 'account') return areAll(value, isId);
			if (mode === 'view') return areViews(value);
			return areAll(value, mode === 'email' ? isEmail : isPerson);
		case 'user':
			return mode === 'email' ? isEmail(value) : areAll(value, isPerson);
		case 'role':
		case 'profile':
			return isId(value);
		default:
			return mode === 'email' ? isEmail(value) : isPerson(value);
	}
}

function isPlain(value: unknown): value is Record<string, GenericValue> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isJsonOf(name: string, given: GenericValue): boolean {
	let value: unknown = given;
	try {
		if (typeof given === 'string') value = JSON.parse(given);
	} catch {
		return false;
	}
	if (name === 'otherFields') return isPlain(value);
	if (name === 'plan') return areRows(value, isPlanned);
	if (name === 'changes') return areRows(value, isDeletion);
	if (name === 'modulesJson') return hasModules(Array.isArray(value) ? { modules: value } : value);
	return isPlain(value) && isPlain(value.personality_module) && hasModules(value);
}

/** One row or several, also as n8n's items; a row that failed stays as it is. */
function areRows(value: unknown, is: (row: Record<string, GenericValue>) => boolean): boolean {
	const rows: unknown[] = Array.isArray(value) ? value : [value];
	return (
		rows.length > 0 &&
		rows.every((one) => {
			const row = isPlain(one) && isPlain(one.json) ? one.json : one;
			if (!isPlain(row)) return false;
			return (typeof row.error === 'string' && !isNothing(row.error)) || is(row);
		})
	);
}

/** A planned invitation, or somebody who stays: what else there is, apply.test.ts knows. */
function isPlanned(row: Record<string, GenericValue>): boolean {
	const { planned, action, personality_id, record_id, user_type_id, language, previous } = row;
	if (!isYesOrNo(planned) || !isYes(planned)) return false;
	if (!isId(isNothing(personality_id) ? record_id : personality_id)) return false;
	if (action === 'unchanged') return true;
	const isLanguage = isNothing(language) || /^[a-z]{2}_[A-Z]{2}$/.test(textOf(language) ?? '');
	return action === 'invited' && isId(user_type_id) && isLanguage && isNothing(previous);
}

/** What a deletion returned, or what has left somebody as they were: the rest restore.test.ts knows. */
function isDeletion(row: Record<string, GenericValue>): boolean {
	const { planned, personality_id, record_id, deleted, unchanged, previous } = row;
	if (isYesOrNo(planned) && isYes(planned)) return false;
	if (!isId(isNothing(personality_id) ? record_id : personality_id)) return false;
	const isSame = isYesOrNo(unchanged) && isYes(unchanged);
	if (isSame || row.action === 'invited' || previous === null || previous === 'null') return true;
	if (!isPlain(previous) || !isYesOrNo(deleted) || !isYes(deleted)) return false;
	const { user_type_id, invited_time, active, confirm } = previous;
	const isSaid = (one: GenericValue) => one === undefined || one === null || isYesOrNo(one);
	return (
		isId(user_type_id) &&
		invited_time !== undefined &&
		(isNothing(invited_time) || textOf(invited_time) !== undefined) &&
		isSaid(active) &&
		isSaid(confirm)
	);
}

/** Whether it has modules, in which what is yes or no is that for certain. */
function hasModules(value: unknown): boolean {
	if (!isPlain(value) || !Array.isArray(value.modules) || value.modules.length === 0) return false;
	const isSaid = (one: GenericValue) => one === undefined || one === null || isYesOrNo(one);
	return (
		isSaid(value.active) &&
		value.modules.every((module: GenericValue) => {
			if (!isPlain(module)) return false;
			const { permissions, fields } = module;
			const granted = isPlain(permissions) ? Object.values(permissions) : [];
			const listed: unknown[] = Array.isArray(fields) ? fields : [];
			return (
				granted.every(isSaid) &&
				listed.every(
					(field) => !isPlain(field) || (isSaid(field.read_only) && isSaid(field._delete)),
				)
			);
		})
	);
}
