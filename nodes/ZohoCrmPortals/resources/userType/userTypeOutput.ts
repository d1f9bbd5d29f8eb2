import { outputOf } from '../output';

/** Zoho's sources have two different keys for the number of users. */
export const userTypeOutput = outputOf(
	[
		'id',
		'name',
		'active',
		'default',
		'personality_module',
		'active_user_count',
		'deactive_user_count',
		'no_of_users',
	],
	['created_by', 'created_time', 'invitation_field', 'modified_by', 'modified_time', 'modules'],
);
