import { outputOf } from '../output';

export const portalUserOutput = outputOf(
	[
		'personality_id',
		'name',
		'email',
		'active',
		'confirm',
		'user_type_id',
		'user_type_name',
		'invited_time',
	],
	['created_time', 'module', 'Source__s', 'status_reason__s'],
);
