import type { IDataObject } from 'n8n-workflow';

import { isObject, listOf } from '../transport/exactJson';
import type { Watch } from './events';
import type { KnownUserType, Snapshot } from './snapshot';
import { decodeUsers, encodeUsers } from './users';

/** What a poll leaves behind for the next one. */
export interface State {
	/** The portal as the parameter names it. */
	portal: string;
	/** Its name now: it may have been renamed since. */
	portalName: string;
	watch: Watch;
	known: Snapshot;
}

/** Key in the static data of the node. */
const KEY = 'portalState';

/** Changes with what is stored. What another version wrote is not read: it is like a first poll. */
const VERSION = 1;

/** Reads what the poll before left in the static data of the node; undefined where it cannot be read. */
export function readState(data: IDataObject): State | undefined {
	const stored = data[KEY];
	if (!isObject(stored) || stored.version !== VERSION) return undefined;
	const { portal, portalName, watch, userTypes, users } = stored;
	if (typeof portal !== 'string' || typeof portalName !== 'string') return undefined;
	if (!isObject(watch) || typeof users !== 'string') return undefined;
	const types = listOf(userTypes).map(knownType);
	const decoded = usersIn(users, types);
	return (
		decoded && {
			portal,
			portalName,
			watch: {
				events: textsIn(watch.events),
				userTypes: textsIn(watch.userTypes),
				unconfirmedDays: Number(watch.unconfirmedDays),
			},
			known: { userTypes: types, users: decoded },
		}
	);
}

/** Leaves in the static data of the node what the next poll needs, all or nothing. */
export function writeState(data: IDataObject, { known, watch, ...names }: State): void {
	const ids = known.userTypes.map(({ id }) => id);
	const state = {
		version: VERSION,
		...names,
		watch: { ...watch },
		userTypes: known.userTypes.map((one) => ({ ...one })),
		users: encodeUsers(known.users.values(), ids),
	};
	// n8n stores static data once something is set in it, changed or not.
	if (JSON.stringify(data[KEY]) !== JSON.stringify(state)) data[KEY] = state;
}

function usersIn(text: string, userTypes: KnownUserType[]) {
	try {
		return decodeUsers(
			text,
			userTypes.map(({ id }) => id),
		);
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
