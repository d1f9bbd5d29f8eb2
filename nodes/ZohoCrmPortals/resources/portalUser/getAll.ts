import type { IDataObject } from 'n8n-workflow';

import { shownAs } from '../../form/field';
import { hint } from '../../run/hint';
import { list } from '../../run/list';
import type { Operation } from '../../run/operation';
import type { Connection } from '../../http/connection';
import { userTypesOf } from '../../zoho/directory';
import { isWholeList, readSomeUsers } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { anyUserType, limitOf, limits, option, options, portal } from '../fields';
import { trim } from '../output';
import { amountOf, forModel, leftOut, MOST_FOR_MODEL, sumOf } from './amount';
import type { Amount } from './amount';
import { portalUserOutput } from './portalUserOutput';
import { addRecordFields, userTypesIfKnown } from './recordFields';
import { filtersOf, askedFor, selectsHere, userFilters } from './userFilters';
import type { UserFilters } from './userFilters';
import type { SearchPlace } from './userLookUp';

const userType = shownAs(anyUserType, {
	description: 'The user type of the portal. Leave it empty for all user types.',
});

const settings = options({
	concurrency: option.concurrency,
	recordFields: option.recordFields,
});

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many portal users',
	description:
		'Retrieve the users of a portal or of one user type: who they are, and whether they are confirmed and active',
	method: 'GET',
	path: '/settings/portals/{portal}/user_type/{userType}/users',
	scopes: [CLIENT_PORTAL.read],
	limit: '200 a page',
	thing: 'list of portal users',
	things: 'lists of portal users',
	done: 'read',
	fields: [
		portal,
		userType,
		...portalUserOutput.fields,
		userFilters,
		limits.returnAll,
		limits.limit,
		settings,
	],
	options: settings,
	strategy: list({
		group: (item) => ({
			place: { portal: item.read(portal), userType: item.read(userType) },
			filters: filtersOf(item),
			limit: limitOf(item),
			limitByModel: item.isOwn(limits.limit) || item.isOwn(limits.returnAll),
			fields: portalUserOutput.read(item),
			recordFields: item.read(settings).recordFields,
		}),
		read: async (connection, asked, isTool) => {
			const { place, filters, fields, recordFields } = asked;
			const unasked = isTool && !asked.limitByModel;
			const limit = unasked ? Math.min(asked.limit, MOST_FOR_MODEL) : asked.limit;
			const found = await findUsers(connection, place, filters, limit);
			const users = found.users.slice(0, limit);
			const rows = users.map((user) => trim(user, fields));
			if (recordFields) {
				const { portal: name } = place;
				const known = users.map((user, position) => ({ user, json: rows[position] }));
				await addRecordFields(
					connection,
					known.map((one) => ({ ...one, portal: name, fields: recordFields })),
				);
			}
			if (unasked) return forModel(rows, found);
			const note = leftOut(rows.length, found);
			if (note !== undefined) hint(connection, note);
			return rows;
		},
	}),
};

/** Some users, and how many there are. */
interface FoundUsers extends Amount {
	users: PortalUser[];
}

/** The requested users, at least `limit` if there are that many. */
async function findUsers(
	connection: Connection,
	place: SearchPlace,
	filters: UserFilters,
	limit: number,
): Promise<FoundUsers> {
	if (!selectsHere(filters)) return await readUntil(connection, place, filters.query, limit);
	const { users } = await readUntil(connection, place, filters.query, Infinity);
	const found = users.filter(askedFor(filters, connection.context.getTimezone()));
	return { users: found, least: found.length, exact: true };
}

/** Users of one user type, or of each user type of the portal in turn, up to `limit`. */
async function readUntil(
	connection: Connection,
	{ portal: inPortal, userType: only }: SearchPlace,
	query: IDataObject,
	limit: number,
): Promise<FoundUsers> {
	const isWhole = isWholeList(query);
	if (only !== undefined) {
		// Both are awaited in every case, because a run that has ended must not continue to read.
		const [users, types] = await Promise.allSettled([
			readSomeUsers(connection, inPortal, { id: only }, query, limit),
			userTypesIfKnown(connection, inPortal),
		]);
		if (users.status === 'rejected') throw users.reason;
		if (types.status === 'rejected') throw types.reason;
		const user_type_name = types.value.find(({ id }) => id === only)?.name;
		const named = users.value.users.map((user) => ({
			...user,
			...(user_type_name && { user_type_name }),
		}));
		return { users: named, ...amountOf(users.value, limit, !isWhole) };
	}
	const users: PortalUser[] = [];
	const amounts: Amount[] = [];
	for (const type of await userTypesOf(connection, inPortal)) {
		const open = limit - users.length;
		if (open > 0) {
			const some = await readSomeUsers(connection, inPortal, type, query, open);
			users.push(...some.users);
			amounts.push(amountOf(some, open, !isWhole));
		} else {
			const known = isWhole ? type.users : undefined;
			amounts.push({ least: known ?? 0, exact: known !== undefined });
		}
	}
	return { users, ...sumOf(amounts) };
}
