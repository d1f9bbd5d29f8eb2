import type { Operation } from '../../execution/operation';
import { outcomeOf, perItem } from '../../execution/perItem';
import { writeRow } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';

export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete user type',
	description:
		'Remove a user type from a portal for good. Zoho refuses while it has users, unless a target user type takes them over.',
	method: 'DELETE',
	path: '/settings/portals/{portal}/user_type/{userType}',
	scopes: [CLIENT_PORTAL.delete],
	limit: '1 a call',
	hint: 'This deletes the user type for good; with a target user type, its users move there',
	thing: 'user type',
	done: 'deleted',
	strategy: perItem({
		group: (item) => ({
			subject: { id: item.text('userType') },
			request: { ...item.request(), query: { transfer_To: item.optionalText('targetUserType') } },
		}),
		// Zoho's answer has the ID as a number past 2^53: the one that was sent is exact.
		send: async (connection, { subject, request }) => ({
			...subject,
			deleted: true,
			...outcomeOf(await writeRow(connection, request)),
		}),
	}),
};
