import type { IDataObject } from 'n8n-workflow';

import { shownAs } from '../../form/field';
import { list } from '../../run/list';
import type { Operation } from '../../run/operation';
import type { Connection } from '../../http/connection';
import { userTypesOf } from '../../zoho/directory';
import { readUsers } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { anyUserType, limitOf, limits, option, options, portal } from '../fields';
import { trim } from '../output';
import { portalUserOutput } from './portalUserOutput';
import { filtersOf, askedFor, selectsHere, userFilters } from './userFilters';

const userType = shownAs(anyUserType, {
	description: 'The user type of the portal. Empty: all of them.',
});

const settings = options({ concurrency: option.concurrency });

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many portal users',
	description:
		'Retrieve the users of a portal or of one user type: who they are, whether they confirmed and are active',
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
			fields: portalUserOutput.read(item),
		}),
		read: async (connection, { place, filters, limit, fields }) => {
			const most = selectsHere(filters) ? Infinity : limit;
			const timeZone = connection.context.getTimezone();
			return (await listUsers(connection, place, filters.query, most))
				.filter(askedFor(filters, timeZone))
				.slice(0, limit)
				.map((user) => trim(user, fields));
		},
	}),
};

/** Users of one user type, or of each user type of the portal in turn, `limit` at most. */
async function listUsers(
	connection: Connection,
	{ portal: inPortal, userType: only }: { portal: string; userType?: string },
	query: IDataObject,
	limit: number,
): Promise<PortalUser[]> {
	if (only !== undefined) {
		// Both are awaited in any case: a run that has ended must not go on reading.
		const [users, types] = await Promise.allSettled([
			readUsers(connection, inPortal, { id: only }, query, limit),
			userTypesOf(connection, inPortal),
		]);
		if (users.status === 'rejected') throw users.reason;
		if (types.status === 'rejected') throw types.reason;
		const user_type_name = types.value.find(({ id }) => id === only)?.name;
		return users.value.map((user) => ({ ...user, ...(user_type_name && { user_type_name }) }));
	}
	const users: PortalUser[] = [];
	for (const type of await userTypesOf(connection, inPortal)) {
		if (users.length >= limit) break;
		users.push(...(await readUsers(connection, inPortal, type, query, limit - users.length)));
	}
	return users;
}
