import type { Resource } from '../resource';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const portal: Resource = {
	name: 'Portal',
	value: 'portal',
	operations: [create, get, getAll, update],
};
