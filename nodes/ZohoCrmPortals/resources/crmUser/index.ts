import type { Resource } from '../resource';
import { checkTransfer } from './checkTransfer';
import { count } from './count';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getTransferJob } from './getTransferJob';
import { transferAndDelete } from './transferAndDelete';
import { transferData } from './transferData';
import { update } from './update';

export const crmUser: Resource = {
	name: 'CRM User',
	value: 'user',
	operations: [
		checkTransfer,
		count,
		create,
		remove,
		get,
		getAll,
		getTransferJob,
		transferAndDelete,
		transferData,
		update,
	],
};
