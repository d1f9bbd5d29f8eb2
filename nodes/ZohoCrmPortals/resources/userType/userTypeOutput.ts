import { outputOf } from '../output';

/** Zoho counts users in either of two ways, as its sources differ. */
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
