import type { IDataObject } from 'n8n-workflow';

import { mapWithConcurrency } from '../../http/concurrency';
import type { Connection } from '../../http/connection';
import { dataOf } from '../../http/error';
import { PER_PAGE } from '../../http/paginate';
import { isRefusal } from '../../http/proof';
import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { userTypesOf } from '../../zoho/directory';
import type { UserType } from '../../zoho/directory';
import { hasState, readSomeUsers, readUsers, STATES } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { option, options, portal } from '../fields';
import { amountOf } from './amount';

const settings = options({ concurrency: option.concurrency });

export const count: Operation = {
	name: 'Count',
	value: 'count',
	action: 'Count portal users',
	description: 'Return how many users the portal and each of its user types have, by state',
	method: 'GET',
	path: '/settings/portals/{portal}/user_type',
	scopes: [CLIENT_PORTAL.read],
	limit: '1 call, and for each user type 1 or 2 lists of 200 a page',
	thing: 'number of portal users',
	things: 'numbers of portal users',
	done: 'read',
	fields: [portal, settings],
	options: settings,
	strategy: perItem({
		group: (item) => {
			const name = item.read(portal);
			return { subject: {}, portal: name, request: item.request({ portal: name }) };
		},
		send: async (connection, { portal: name }) => {
			const types = await userTypesOf(connection, name);
			const user_types = await mapWithConcurrency(
				types,
				connection.concurrency,
				async (type) => await countedType(connection, name, type),
			);
			const sums = known({
				total: sum(user_types, 'total'),
				active: sum(user_types, 'active'),
				inactive: sum(user_types, 'inactive'),
				unconfirmed: sum(user_types, 'unconfirmed'),
			});
			return { portal: name, ...sums, user_types };
		},
	}),
};

/** The numbers of a user type: Zoho's counts, or else the lengths of its lists. */
async function countedType(
	connection: Connection,
	name: string,
	type: UserType,
): Promise<IDataObject> {
	const lists: CountedState[] = [];
	if (type.users === undefined) lists.push('AllUsers');
	if (type.inactive === undefined && type.users !== 0) lists.push('DeactiveUsers');
	if (type.users !== 0) lists.push('NotConfirmedUsers');
	const lengths = await mapWithConcurrency(
		lists,
		connection.concurrency,
		async (state) => [state, await lengthOf(connection, name, type.id, state)] as const,
	);
	const read: Partial<Record<CountedState, number>> = Object.fromEntries(lengths);
	const total = type.users ?? read.AllUsers;
	const none = type.users === 0 ? 0 : undefined;
	const inactive = part(type.inactive ?? none ?? read.DeactiveUsers, total);
	const rest = total === undefined || inactive === undefined ? undefined : total - inactive;
	const active = type.active ?? rest;
	const unconfirmed = part(none ?? read.NotConfirmedUsers, total);
	return { id: type.id, name: type.name, ...known({ total, active, inactive, unconfirmed }) };
}

type CountedState = 'AllUsers' | 'DeactiveUsers' | 'NotConfirmedUsers';

/** The length of a list; undefined if Zoho refuses it or does not filter by state. */
async function lengthOf(
	connection: Connection,
	name: string,
	id: string,
	state: CountedState,
): Promise<number | undefined> {
	return await readLength(connection, name, id, state).catch((error: unknown) => {
		const { httpStatus } = dataOf(error);
		const refused = isRefusal(httpStatus) && ![401, 403, 429].includes(httpStatus);
		if (!refused || state === 'AllUsers') throw error;
		return undefined;
	});
}

async function readLength(
	connection: Connection,
	name: string,
	id: string,
	type: CountedState,
): Promise<number | undefined> {
	const isInState = (user: PortalUser) => hasState(user, STATES[type]);
	const first = await readSomeUsers(connection, name, { id }, { type }, PER_PAGE);
	if (!first.users.every(isInState)) return undefined;
	const { least, exact } = amountOf(first, PER_PAGE, type !== 'AllUsers');
	if (exact) return least;
	const users = await readUsers(connection, name, { id }, { type });
	return users.every(isInState) ? users.length : undefined;
}

/** A part of a total; undefined if the part contradicts the total. */
function part(some: number | undefined, total: number | undefined): number | undefined {
	return some === undefined || (total !== undefined && some > total) ? undefined : some;
}

/** The sum over user types; undefined if one of the numbers is unknown. */
function sum(types: IDataObject[], key: string): number | undefined {
	const numbers = types.map((type) => type[key]);
	return numbers.every((one) => typeof one === 'number')
		? numbers.reduce((all, one) => all + one, 0)
		: undefined;
}

/** The numbers that are known. */
function known(numbers: Record<string, number | undefined>): IDataObject {
	return Object.fromEntries(Object.entries(numbers).filter(([, number]) => number !== undefined));
}
