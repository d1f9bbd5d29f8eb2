import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { errorData, ZohoApiError } from '../http/error';
import type { ZohoErrorData } from '../http/error';
import { isObject } from '../http/exactJson';
import { oncePerRun } from '../http/once';
import { userTypesPath } from './paths';
import { readRow, send } from '../http/request';
import { CLIENT_PORTAL } from './scopes';

/** The properties of a user type that are needed to find and move people. */
export interface UserType {
	id: string;
	name: string;
	/** Whether it is the user type that Zoho never deletes. */
	isDefault?: boolean;
	/** API name of the personality module, whose records are the people. */
	module: string;
	/** The email field that invitations go to; undefined where Zoho leaves it out. */
	emailField?: { id: string; api_name: string };
	/** The number of users in all states; undefined if Zoho does not return it. */
	users?: number;
	/**
	 * The numbers of active and inactive users; undefined if Zoho does not return them separately.
	 */
	active?: number;
	inactive?: number;
}

const scope = CLIENT_PORTAL.read;

/** Names of the portals of the organization. */
export const portalNames = oncePerRun(async (connection): Promise<string[]> => {
	const path = '/settings/portals';
	const { rows } = await send(connection, { method: 'GET', path, scope });
	return rows.map(({ name }) => String(name));
});

/** The current user types of a portal; `userTypesOf` reads them once per run. */
export async function readUserTypes(connection: Connection, portal: string): Promise<UserType[]> {
	const path = userTypesPath(portal);
	const { rows } = await send(connection, { method: 'GET', path, scope });
	return rows.map(toUserType);
}

/**
 * The current state of a user type, with its modules.
 *
 * @param path see `userTypePath`
 */
export async function readUserType(connection: Connection, path: string): Promise<IDataObject> {
	return await readRow(connection, { method: 'GET', path, scope });
}

/** The user types of a portal. */
export const userTypesOf = oncePerRun(readUserTypes);

/**
 * How many people may be removed at once by default: a tenth, at least 5, and always fewer than
 * half of them.
 */
export function usualRemovals(people: number): number {
	const fewerThanHalf = Math.max(0, Math.ceil(people / 2) - 1);
	return Math.min(Math.max(5, Math.floor(people / 10)), fewerThanHalf);
}

/** The default number of minutes between two full readings of the trigger. */
export const FULL_READING = 60;

/**
 * The only portal. Zoho allows one portal per organization; if there are more, one has to be named.
 */
export async function onlyPortal(connection: Connection): Promise<string> {
	const names = await portalNames(connection);
	const [name] = names;
	if (names.length === 1) return name;
	throw new ZohoApiError(
		name === undefined
			? errorData(0, 'NO_PORTAL')
			: errorData(0, 'MANY_PORTALS', { details: { names } }),
	);
}

/** The user type with this exact name, or else the only one whose name differs only in case. */
export async function userTypeNamed(
	connection: Connection,
	portal: string,
	name: string,
): Promise<UserType> {
	const all = await userTypesOf(connection, portal);
	const found = namedAmong(all, name);
	if (found) return found;
	throw new ZohoApiError(unknownUserType(name, all));
}

/** The error for a name or ID that no user type has. */
export function unknownUserType(nameOrId: string, all: UserType[]): ZohoErrorData {
	const names = all.map(({ name }) => name);
	return errorData(0, 'NOT_FOUND', { details: { user_type: nameOrId, names } });
}

/** Like `userTypeNamed`, among user types that were already read; undefined if there is none. */
export function namedAmong(all: UserType[], name: string): UserType | undefined {
	const exact = all.filter((one) => one.name === name);
	const similar = all.filter((one) => one.name.toLowerCase() === name.toLowerCase());
	const found = exact.length > 0 ? exact : similar;
	if (found.length < 2) return found[0];
	const names = found.map((one) => one.name);
	throw new ZohoApiError(errorData(0, 'AMBIGUOUS', { details: { found: names } }));
}

/**
 * Whether Zoho moves people between two user types: they need the same module and invitation field.
 */
export function canMove(from: UserType, to: UserType): boolean {
	return from.module === to.module && from.emailField?.id === to.emailField?.id;
}

/** Converts a row of Zoho's list to a user type. */
export function toUserType(row: IDataObject): UserType {
	const { id, name, personality_module: module, invitation_field: field } = row;
	const users = countOfUsers(row);
	const { active_user_count: active, deactive_user_count: inactive } = row;
	return {
		id: String(id),
		name: String(name),
		...(row.default === true && { isDefault: true }),
		module: isObject(module) ? String(module.api_name) : '',
		...(isObject(field) && {
			emailField: { id: String(field.id), api_name: String(field.api_name) },
		}),
		...(users !== undefined && { users }),
		...(isCount(active) &&
			isCount(inactive) && { active: Number(active), inactive: Number(inactive) }),
	};
}

/** The number of users of a user type. Zoho's sources have two different keys for it. */
export function countOfUsers(row: IDataObject): number | undefined {
	const { active_user_count: active, deactive_user_count: deactive, no_of_users: all } = row;
	if (isCount(active) && isCount(deactive)) return Number(active) + Number(deactive);
	return isCount(all) ? Number(all) : undefined;
}

function isCount(value: unknown): boolean {
	return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}
