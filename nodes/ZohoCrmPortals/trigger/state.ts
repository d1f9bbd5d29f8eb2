import type { IDataObject } from 'n8n-workflow';

import { isObject, listOf } from '../http/exactJson';
import type { Watch } from './events';
import { hashOf } from './hash';
import type { KnownUserType, Snapshot } from './snapshot';
import { decodeUsers, encodeUsers } from './users';
import type { KnownUser } from './users';

/** What a poll leaves behind for the next one. */
export interface State {
	/** The portal as the parameter names it. */
	portal: string;
	/** Its name now: it may have been renamed since. */
	portalName: string;
	/** Origin of the API: portals of other organizations may have the same name. */
	origin: string;
	watch: Watch;
	known: Snapshot;
}

/** Key in the static data of the node. */
const KEY = 'portalState';

/** Changes with what is stored. What another version wrote is not read: it is like a first poll. */
const VERSION = 2;

/** The check sum of what is stored; undefined where there is nothing. */
export function storedSum(data: IDataObject): number | undefined {
	const stored = data[KEY];
	if (!isObject(stored) || stored.version !== VERSION) return undefined;
	return typeof stored.sum === 'number' ? stored.sum : undefined;
}

/**
 * Reads what the poll before left in the static data of the node; undefined where it cannot be read,
 * or is not what was written.
 */
export function readState(data: IDataObject): State | undefined {
	const stored = data[KEY];
	const sum = storedSum(data);
	if (!isObject(stored) || sum === undefined) return undefined;
	const { portal, portalName, origin, watch, userTypes, users } = stored;
	if (typeof portal !== 'string' || typeof portalName !== 'string') return undefined;
	if (typeof origin !== 'string' || !isObject(watch) || typeof users !== 'string') return undefined;
	const decoded = usersIn(users);
	if (!decoded) return undefined;
	const state = {
		portal,
		portalName,
		origin,
		watch: {
			events: textsIn(watch.events),
			userTypes: textsIn(watch.userTypes),
			unconfirmedDays: Number(watch.unconfirmedDays),
		},
		known: { userTypes: listOf(userTypes).map(knownType), users: decoded },
	};
	return checkSumOf(state, users) === sum ? state : undefined;
}

/**
 * Leaves in the static data of the node what the next poll needs, all or nothing.
 *
 * @returns the check sum of it
 */
export function writeState(data: IDataObject, state: State): number {
	const { known, watch, ...names } = state;
	const users = textOf(known.users);
	const sum = checkSumOf(state, users);
	// n8n stores static data once something is set in it, changed or not.
	if (storedSum(data) === sum) return sum;
	const userTypes = known.userTypes.map((one) => ({ ...one }));
	data[KEY] = { version: VERSION, sum, ...names, watch: { ...watch }, userTypes, users };
	return sum;
}

/** The text of users that do not change any more: a quiet poll has those of the poll before. */
const textOfUsers = new WeakMap<Map<string, KnownUser>, string>();

function textOf(users: Map<string, KnownUser>): string {
	const text = textOfUsers.get(users) ?? encodeUsers(users.values());
	textOfUsers.set(users, text);
	return text;
}

/** The order of keys may change where n8n stores JSON, so that they are put in order here. */
function checkSumOf({ portal, portalName, origin, watch, known }: State, users: string): number {
	const { events, userTypes, unconfirmedDays } = watch;
	const types = known.userTypes.map(({ id, name, active, modules }) => [id, name, active, modules]);
	const asked = [events, userTypes, unconfirmedDays];
	return hashOf(JSON.stringify([portal, portalName, origin, asked, types]) + users);
}

function usersIn(text: string): Map<string, KnownUser> | undefined {
	try {
		return decodeUsers(text);
	} catch {
		return undefined;
	}
}

function knownType({ id, name, active, modules }: IDataObject): KnownUserType {
	return {
		id: String(id),
		name: String(name),
		active: active === true,
		...(typeof modules === 'number' && { modules }),
	};
}

function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}
