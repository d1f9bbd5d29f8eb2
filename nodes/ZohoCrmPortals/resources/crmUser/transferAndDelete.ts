import type { Operation } from '../../run/operation';
import { sayNoPermission } from '../../errors/messages';
import { CHANGE_OWNER, USERS } from '../../zoho/scopes';
import { leftBehind } from './leftBehind';
import { jobSettings } from './fields';
import { transferFields } from './handover';
import { transfers } from './transfers';

export const transferAndDelete: Operation = {
	name: 'Transfer and Delete',
	value: 'transferAndDelete',
	action: 'Transfer and delete CRM user',
	description:
		'Hand records, assignments, criteria and subordinates of a user over to others, then delete the user for good. A user who would leave assignments, criteria or subordinates behind is not deleted. Only the super admin can do this.',
	method: 'POST',
	path: '/users/{id}/actions/transfer_and_delete',
	scopes: [USERS.delete, USERS.read, CHANGE_OWNER.read],
	limit: '1 a call, as a job; 10 jobs at once',
	warnings: [
		{ message: 'The user will lose access to Zoho CRM for good once everything is handed over' },
	],
	thing: 'CRM user',
	done: 'transferred and deleted',
	messages: {
		NO_PERMISSION: {
			say: (error) => ({
				...sayNoPermission(error),
				// According to Zoho's OpenAPI file, an error without details means that only the
				// super admin may do this.
				...(error.details.permissions === undefined && {
					remedy: 'Only the super admin may do this: connect the credential as the super admin.',
				}),
			}),
		},
	},
	fields: transferFields,
	options: jobSettings,
	strategy: transfers('transfer_and_delete', {
		action: 'deleted',
		done: { deleted: true },
		check: leftBehind,
		changes: { status: 'deleted' },
	}),
};
