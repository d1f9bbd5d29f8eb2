import type { Resource } from '../resource';
import { apply } from './apply';
import { changeStatus } from './changeStatus';
import { count } from './count';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getInvitationJob } from './getInvitationJob';
import { invite } from './invite';
import { restore } from './restore';
import { sync } from './sync';
import { transfer } from './transfer';

export const portalUser: Resource = {
	name: 'Portal User',
	value: 'portalUser',
	operations: [
		apply,
		changeStatus,
		count,
		remove,
		get,
		getInvitationJob,
		getAll,
		invite,
		restore,
		sync,
		transfer,
	],
};
