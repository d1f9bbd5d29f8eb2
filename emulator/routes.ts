import type { HTTPMethods } from 'fastify';

import { changePortalUsersStatusBulk } from './bulkStatus';
import { documented } from './contract';
import type { Handler } from './handler';
import { getPortalInviteJobs, inviteUser, inviteUsersBulk } from './invitations';
import {
	getCustomViews,
	getFields,
	getLayouts,
	getModules,
	getPortalsMeta,
	getProfiles,
	getRoles,
} from './metadata';
import { getOrganization } from './organization';
import { getContactsOfAccount, getRecords, refuseRelatedList } from './recordLists';
import { searchRecords } from './recordSearch';
import { createPortal, getPortal, getPortals, updatePortal } from './portals';
import {
	changePortalUserStatus,
	deletePortalUsers,
	getPortalUsers,
	transferPortalUsers,
} from './portalUsers';
import { deleteUser, getUser, getUsers, getUsersCount } from './users';
import {
	getTransferAndDeleteStatus,
	getTransferUserStatus,
	transferAndDeleteUser,
	transferAndDeleteUserByBody,
	transferUser,
	validateBeforeTransfer,
} from './userTransfers';
import { createUser, updateUser, updateUsers } from './userWrites';
import {
	createPortalUserType,
	deletePortalUserType,
	getPortalUserType,
	getPortalUserTypes,
	updatePortalUserType,
} from './userTypes';
import type { World } from './world';

interface Route {
	/** Operation of the contract, or a name of our own. */
	id: string;
	method: HTTPMethods;
	path: string;
	/** Any one of them is sufficient. */
	scopes: string[];
	/** Any one of these is required in addition; see `DocumentedOperation`. */
	alsoScopes?: string[];
	handle: Handler;
}

/**
 * Handlers by operation. The contract, or the separate operations, have method, path and scopes.
 */
const byOperation: Record<string, Handler> = {
	changePortalUserStatus,
	changePortalUsersStatusBulk,
	createPortal,
	createPortalUserType,
	createUser,
	deletePortalUsers,
	deletePortalUserType,
	deleteUser,
	getOrganization,
	getPortal,
	getPortalInviteJobs,
	getPortals,
	getPortalsMeta,
	getPortalUsers,
	getPortalUserType,
	getPortalUserTypes,
	getTransferAndDeleteStatus,
	getTransferUserStatus,
	getUser,
	getUsers,
	getUsersCount,
	inviteUser,
	inviteUsersBulk,
	searchRecords,
	transferAndDeleteUser,
	transferAndDeleteUserByBody,
	transferPortalUsers,
	transferUser,
	updatePortal,
	updatePortalUserType,
	updateUser,
	updateUsers,
	validateBeforeTransfer,
};

function metadataRoute(id: string, what: string, handle: Handler): Route {
	const scopes = ['ZohoCRM.settings.ALL', `ZohoCRM.settings.${what}.READ`];
	return { id, method: 'GET', path: `/settings/${what}`, scopes, handle };
}

/** Metadata for pickers. Zoho documents it separately from portals. */
const metadata: Route[] = [
	metadataRoute('getModules', 'modules', getModules),
	metadataRoute('getFields', 'fields', getFields),
	metadataRoute('getLayouts', 'layouts', getLayouts),
	metadataRoute('getCustomViews', 'custom_views', getCustomViews),
	metadataRoute('getRoles', 'roles', getRoles),
	metadataRoute('getProfiles', 'profiles', getProfiles),
];

function routeOf([id, handle]: [string, Handler]): Route {
	const { method, path, scopes, alsoScopes } = documented(id);
	return { id, method: method as HTTPMethods, path, scopes, alsoScopes, handle };
}

export const handlers: Route[] = [...Object.entries(byOperation).map(routeOf), ...metadata];

/** Lists of records, which need scopes of modules. */
export const recordHandlers: Route[] = [
	...Object.entries({ getContactsOfAccount, getRecords }).map(routeOf),
	{
		...routeOf(['getContactsOfAccount', refuseRelatedList]),
		// IDs only, so that it leaves out invitations: `/Accounts/actions/portal_invite`.
		path: '/Accounts/:account_id(^\\d+$)/:related_list(^(?!Contacts$).+$)',
	},
];

const paths = [...handlers, ...recordHandlers].map(
	({ path }) => new RegExp(`^${path.replace(/\{(\w+)\}|:(\w+)\(\^[^/]*\$\)/g, '(?<$1$2>[^/]+)')}$`),
);

/** Whether a path is served with some method. If it names a module, the module has to exist. */
export function isServed(world: World, path: string): boolean {
	return paths.some((pattern) => {
		const found = pattern.exec(path);
		const module = found?.groups?.module;
		return found !== null && (module === undefined || world.modules.has(module));
	});
}
