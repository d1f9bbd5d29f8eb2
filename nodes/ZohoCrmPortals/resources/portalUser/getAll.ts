import { shownAs } from '../../form/field';
import { list } from '../../execution/list';
import type { Operation } from '../../execution/operation';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { anyUserType, limitOf, limits, option, options, portal } from '../fields';
import { trim } from '../output';
import { portalUserOutput } from './portalUserOutput';
import { readUsers } from './readUsers';
import { filtersOf, isAskedFor, selectsHere, userFilters } from './userFilters';

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
			return (await readUsers(connection, place, filters.query, most))
				.filter((user) => isAskedFor(user, filters, timeZone))
				.slice(0, limit)
				.map((user) => trim(user, fields));
		},
	}),
};
