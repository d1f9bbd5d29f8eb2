import type { Resource } from '../resource';
import { create } from './create';
import { remove } from './delete';
import { duplicate } from './duplicate';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';
import { upsert } from './upsert';

export const userType: Resource = {
	name: 'User Type',
	value: 'userType',
	operations: [create, upsert, remove, duplicate, get, getAll, update],
};
