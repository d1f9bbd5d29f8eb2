import type { IDataObject } from 'n8n-workflow';

import { isObject, listOf } from '../http/exactJson';
import type { Watch } from './events';
import { hashOf } from './hash';
import type { KnownUserType, Snapshot } from './snapshot';
import { decodeUsers, encodeUsers } from './users';
import type { KnownUser } from './users';

/** The state that a poll stores for the next one. */
export interface State {
	/** The name of the portal in the parameter. */
	portal: string;
	/** Its current name, which may have changed since. */
	portalName: string;
	/** Origin of the API, because portals of other organizations may have the same name. */
	origin: string;
	watch: Watch;
	known: Snapshot;
}

/** The key in the static data of the node. */
const KEY = 'portalState';

/**
 * The version of the stored format. A state from another version is ignored, as in a first poll.
 */
const VERSION = 2;

/** The checksum of the stored state; undefined if there is none. */
export function storedSum(data: IDataObject): number | undefined {
	const stored = data[KEY];
	if (!isObject(stored) || stored.version !== VERSION) return undefined;
	return typeof stored.sum === 'number' ? stored.sum : undefined;
}

/**
 * Reads the state that the previous poll stored in the static data of the node; undefined if it
 * cannot be read, or has been changed since.
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
 * Stores the state for the next poll in the static data of the node, completely or not at all.
 *
 * @returns its checksum
 */
export function writeState(data: IDataObject, state: State): number {
	const { known, watch, ...names } = state;
	const users = textOf(known.users);
	const sum = checkSumOf(state, users);
	// n8n saves static data whenever a property is set, even if its value is the same.
	if (storedSum(data) === sum) return sum;
	const userTypes = known.userTypes.map((one) => ({ ...one }));
	data[KEY] = { version: VERSION, sum, ...names, watch: { ...watch }, userTypes, users };
	return sum;
}

/** The texts of user maps that no longer change: a poll without changes reuses the previous one. */
const textOfUsers = new WeakMap<Map<string, KnownUser>, string>();

function textOf(users: Map<string, KnownUser>): string {
	const text = textOfUsers.get(users) ?? encodeUsers(users.values());
	textOfUsers.set(users, text);
	return text;
}

/** n8n may change the order of keys when it stores JSON, so they are sorted here. */
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
