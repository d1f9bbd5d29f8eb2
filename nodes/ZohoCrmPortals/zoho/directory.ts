import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { errorData, ZohoApiError } from '../http/error';
import type { ZohoErrorData } from '../http/error';
import { isObject } from '../http/exactJson';
import { oncePerRun } from '../http/once';
import { userTypesPath } from './paths';
import { readRow, send } from '../http/request';
import { CLIENT_PORTAL } from './scopes';

/** A user type as far as people are found and moved by it. */
export interface UserType {
	id: string;
	name: string;
	/** API name of the personality module, whose records are its people. */
	module: string;
	/** The email field that invitations go to; undefined where Zoho leaves it out. */
	emailField?: { id: string; api_name: string };
	/** Users of all states; undefined where Zoho does not count them. */
	users?: number;
	/** Users who are not deactivated, and those who are; undefined where Zoho does not tell them apart. */
	active?: number;
	inactive?: number;
}

const scope = CLIENT_PORTAL.read;

/** Names of the organization's portals. */
export const portalNames = oncePerRun(async (connection): Promise<string[]> => {
	const path = '/settings/portals';
	const { rows } = await send(connection, { method: 'GET', path, scope });
	return rows.map(({ name }) => String(name));
});

/** The user types of a portal as they are now; `userTypesOf` reads them once in a run. */
export async function readUserTypes(connection: Connection, portal: string): Promise<UserType[]> {
	const path = userTypesPath(portal);
	const { rows } = await send(connection, { method: 'GET', path, scope });
	return rows.map(toUserType);
}

/**
 * A user type with its modules, as Zoho has it now.
 *
 * @param path see `userTypePath`
 */
export async function readUserType(connection: Connection, path: string): Promise<IDataObject> {
	return await readRow(connection, { method: 'GET', path, scope });
}

/** The user types of a portal. */
export const userTypesOf = oncePerRun(readUserTypes);

/**
 * How many of so many people may be removed at once unless somebody says otherwise: a tenth, but at
 * least 5, and always fewer than half of them.
 */
export function usualRemovals(people: number): number {
	const fewerThanHalf = Math.max(0, Math.ceil(people / 2) - 1);
	return Math.min(Math.max(5, Math.floor(people / 10)), fewerThanHalf);
}

/** Minutes between two readings of everybody by the trigger, unless somebody says otherwise. */
export const FULL_READING = 60;

/** Zoho allows an organization one portal; where there are more, one has to be named. */
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

/** A user type by its exact name, else the only one whose name differs in case. */
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

/** Why a user type cannot be told by a name or ID. */
export function unknownUserType(nameOrId: string, all: UserType[]): ZohoErrorData {
	const names = all.map(({ name }) => name);
	return errorData(0, 'NOT_FOUND', { details: { user_type: nameOrId, names } });
}

/** Like `userTypeNamed`, among user types that were read; undefined where there is none. */
export function namedAmong(all: UserType[], name: string): UserType | undefined {
	const exact = all.filter((one) => one.name === name);
	const similar = all.filter((one) => one.name.toLowerCase() === name.toLowerCase());
	const found = exact.length > 0 ? exact : similar;
	if (found.length < 2) return found[0];
	const names = found.map((one) => one.name);
	throw new ZohoApiError(errorData(0, 'AMBIGUOUS', { details: { found: names } }));
}

/** Whether Zoho moves people between two user types: with the same module and invitation field. */
export function canMove(from: UserType, to: UserType): boolean {
	return from.module === to.module && from.emailField?.id === to.emailField?.id;
}

/** What a user type is to this package. */
export function toUserType(row: IDataObject): UserType {
	const { id, name, personality_module: module, invitation_field: field } = row;
	const users = countOfUsers(row);
	const { active_user_count: active, deactive_user_count: inactive } = row;
	return {
		id: String(id),
		name: String(name),
		module: isObject(module) ? String(module.api_name) : '',
		...(isObject(field) && {
			emailField: { id: String(field.id), api_name: String(field.api_name) },
		}),
		...(users !== undefined && { users }),
		...(isCount(active) &&
			isCount(inactive) && { active: Number(active), inactive: Number(inactive) }),
	};
}

/** How many users a user type has: Zoho counts them in either of two ways, as its sources differ. */
export function countOfUsers(row: IDataObject): number | undefined {
	const { active_user_count: active, deactive_user_count: deactive, no_of_users: all } = row;
	if (isCount(active) && isCount(deactive)) return Number(active) + Number(deactive);
	return isCount(all) ? Number(all) : undefined;
}

function isCount(value: unknown): boolean {
	return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}
