import { limitOf, list } from '../../execution/list';
import type { Operation } from '../../execution/operation';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { trim } from '../output';
import { portalUserOutput } from './portalUserOutput';
import { readUsers } from './readUsers';
import { filtersOf, isAskedFor, selectsHere } from './userFilters';

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
	strategy: list({
		group: (item) => ({
			place: { portal: item.text('portal'), userType: item.optionalText('userType') },
			filters: filtersOf(item),
			limit: limitOf(item),
			fields: portalUserOutput.fields(item),
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
