import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { dataOf } from '../http/error';
import { isObject } from '../http/exactJson';
import { oncePerRun, perRun } from '../http/once';
import { send } from '../http/request';
import { METADATA } from './scopes';

const SCOPES = {
	...METADATA,
	// Zoho's OpenAPI file lists no narrower scope.
	'portals/meta': 'ZohoCRM.settings.clientportal.ALL',
};

type Metadata = keyof typeof SCOPES;

const readMetadata = oncePerRun(
	async (connection, what: Metadata, module: string): Promise<IDataObject[]> => {
		const path = `/settings/${what}`;
		const query = module === '' ? {} : { module };
		return (await send(connection, { method: 'GET', path, query, scope: SCOPES[what] })).rows;
	},
);

/** A list of Zoho's metadata, read once per run. */
export async function metadata(
	connection: Connection,
	what: Metadata,
	module = '',
): Promise<IDataObject[]> {
	return await readMetadata(connection, what, module);
}

const lacking = perRun(() => new Set<string>());

/** The missing scopes because of which something was not looked up, for output and errors. */
export function missingScopes(connection: Connection): IDataObject {
	const scopes = [...lacking(connection)];
	return scopes.length > 0 ? { missing_scopes: scopes } : {};
}

/** Stores a missing scope because of which something was not looked up. */
export function lackScope(connection: Connection, scope: string): void {
	lacking(connection).add(scope);
}

/**
 * Like `metadata`, but empty if the credential lacks the scope; `missingScopes` then reports it.
 */
export async function permittedMetadata(
	connection: Connection,
	what: Metadata,
	module?: string,
): Promise<IDataObject[]> {
	return await metadata(connection, what, module).catch((error) => {
		const { code, details } = dataOf(error);
		if (code !== 'OAUTH_SCOPE_MISMATCH') throw error;
		lackScope(connection, String(details.scope));
		return [];
	});
}

/** Like `permittedMetadata`, for optional information: also empty if it cannot be read. */
export async function optionalMetadata(
	connection: Connection,
	what: Metadata,
	module?: string,
): Promise<IDataObject[]> {
	return await permittedMetadata(connection, what, module).catch(() => []);
}

/** API name of a module, by its ID. */
export async function moduleName(connection: Connection, id: string): Promise<string | undefined> {
	const modules = await optionalMetadata(connection, 'modules');
	const name = modules.find((module) => module.id === id)?.api_name;
	return name === undefined ? undefined : String(name);
}

/**
 * The modules that a user type with a personality module may have, each with its layouts, views and
 * filters. Zoho's documentation does not mention this call. If it does not exist, the list is
 * empty, and the pickers use the metadata of the modules themselves.
 */
export async function relatedModules(
	connection: Connection,
	personality: string,
): Promise<IDataObject[]> {
	if (personality === '') return [];
	const rows = await optionalMetadata(connection, 'portals/meta', personality);
	return rows.map(({ module }) => module).filter(isObject);
}

/**
 * In the form of a new user type, this value stands for the personality module, whichever is
 * chosen.
 */
export const PERSONALITY_MODULE = 'personality';

/** Whether a module contains records that workflows can use. */
export function isUsable({ api_supported: supported, viewable }: IDataObject): boolean {
	return supported === true && viewable === true;
}

/** Zoho's own modules that are known to be possible personality modules. */
const PERSONALITIES = new Set(['Contacts', 'Partners', 'Vendors']);

/** Whether a module can be a personality module. */
export function canBePersonality(module: IDataObject): boolean {
	const known = PERSONALITIES.has(String(module.api_name)) || module.generated_type === 'custom';
	return known && isUsable(module);
}
