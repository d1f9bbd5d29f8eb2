import type { HTTPMethods } from 'fastify';

import { documented } from './contract';
import { getPortalInviteJobs, inviteUser, inviteUsersBulk } from './invitations';
import { getFields, getModules } from './metadata';
import { createPortal, getPortal, getPortals, updatePortal } from './portals';
import {
	changePortalUsersStatusBulk,
	changePortalUserStatus,
	deletePortalUsers,
	getPortalUsers,
	transferPortalUsers,
} from './portalUsers';
import type { Handler } from './server';
import { deleteUser, getUser, getUsers } from './users';
import {
	createPortalUserType,
	deletePortalUserType,
	getPortalUserType,
	getPortalUserTypes,
	updatePortalUserType,
} from './userTypes';

interface Route {
	/** Operation of the contract, or a name of our own. */
	id: string;
	method: HTTPMethods;
	path: string;
	/** Any one of them is enough. */
	scopes: string[];
	handle: Handler;
}

/** Handlers by operation of the contract, which knows method, path and scopes. */
const byOperation: Record<string, Handler> = {
	changePortalUserStatus,
	changePortalUsersStatusBulk,
	createPortal,
	createPortalUserType,
	deletePortalUsers,
	deletePortalUserType,
	deleteUser,
	getPortal,
	getPortalInviteJobs,
	getPortals,
	getPortalUsers,
	getPortalUserType,
	getPortalUserTypes,
	getUser,
	getUsers,
	inviteUser,
	inviteUsersBulk,
	transferPortalUsers,
	updatePortal,
	updatePortalUserType,
};

/** Metadata that pickers need; Zoho documents it apart from portals. */
const metadata: Route[] = [
	{
		id: 'getModules',
		method: 'GET',
		path: '/settings/modules',
		scopes: ['ZohoCRM.settings.ALL', 'ZohoCRM.settings.modules.READ'],
		handle: getModules,
	},
	{
		id: 'getFields',
		method: 'GET',
		path: '/settings/fields',
		scopes: ['ZohoCRM.settings.ALL', 'ZohoCRM.settings.fields.READ'],
		handle: getFields,
	},
];

export const handlers: Route[] = [
	...Object.entries(byOperation).map(([id, handle]): Route => {
		const { method, path, scopes } = documented(id);
		return { id, method: method as HTTPMethods, path, scopes, handle };
	}),
	...metadata,
];
