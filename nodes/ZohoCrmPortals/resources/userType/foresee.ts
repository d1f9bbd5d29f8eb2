import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { foreseenRefusal, ZohoApiError } from '../../http/error';
import { isObject } from '../../http/exactJson';
import { canBePersonality, optionalMetadata } from '../../zoho/metadata';
import type { PlannedTypes } from './plannedTypes';

/** The error with which Zoho would refuse a write, in Zoho's words, for a dry run to throw. */
export function refusal(code: string, details: IDataObject = {}, message = ''): ZohoApiError {
	return new ZohoApiError(foreseenRefusal(code, details, message));
}

/** The pattern of every name, according to Zoho's OpenAPI file (createPortalUserType). */
const NAME = '[^`~!&+%()@#^*\'/";:?<>=\\[\\]{}|-]+';

/** The position of the personality module in the request. */
const PERSONALITY = {
	api_name: 'personality_module',
	json_path: '$.user_type[0].personality_module',
};

/** Throws the error with which Zoho would refuse the characters of a name. */
export function foreseeLetters(name: string): void {
	const at = { api_name: 'name', json_path: '$.user_type[0].name' };
	if (name.length > 50) throw refusal('INVALID_DATA', { ...at, maximum_length: 50 });
	if (!new RegExp(`^${NAME}$`).test(name)) throw refusal('INVALID_DATA', { ...at, regex: NAME });
}

/**
 * Throws the error with which Zoho would refuse the name of a user type. Zoho documents that names
 * must be unique; it documents the code for updates only.
 *
 * @param own ID of the user type, if it exists already
 */
export function foreseeName(types: PlannedTypes, name: string, own?: string): void {
	foreseeLetters(name);
	const isTaken = [...types].some(([id, type]) => type.name === name && id !== own);
	if (isTaken) throw refusal('DUPLICATE_DATA');
}

/**
 * Throws the error with which Zoho would refuse a personality module, if the metadata may be read.
 */
export async function foreseePersonality(
	connection: Connection,
	personality: string,
): Promise<void> {
	const modules = await optionalMetadata(connection, 'modules');
	const module = modules.find(({ api_name }) => api_name === personality);
	if (modules.length === 0 || (module && canBePersonality(module))) return;
	throw refusal('INVALID_DATA', PERSONALITY, 'Invalid personality module.');
}

/** Like `foreseePersonality`, for an existing user type: the default one keeps its module. */
export async function foreseeChange(
	connection: Connection,
	userType: IDataObject,
	personality: string,
): Promise<void> {
	const { personality_module: present } = userType;
	if (isObject(present) && present.api_name === personality) return;
	if (userType.default === true) {
		const message = 'Change of personality module of default user type is not allowed.';
		throw refusal('NOT_ALLOWED', PERSONALITY, message);
	}
	await foreseePersonality(connection, personality);
}

/**
 * Throws the error with which Zoho would refuse the modules of a user type, if the metadata may be
 * read.
 *
 * @param personality of a new user type, which needs this module and Notes
 */
export async function foreseeModules(
	connection: Connection,
	modules: IDataObject[],
	personality?: string,
): Promise<void> {
	const all = await optionalMetadata(connection, 'modules');
	if (all.length === 0) return;
	const ids = new Set(modules.map(({ id }) => id));
	const lacks = (name: string) => !all.some(({ id, api_name }) => api_name === name && ids.has(id));
	if (personality !== undefined && (lacks(personality) || lacks('Notes'))) {
		const message = 'Personality module and Notes module are mandatory modules.';
		throw refusal('MANDATORY_NOT_FOUND', {}, message);
	}
	const known = new Set(all.map(({ id }) => id));
	if (![...ids].every((id) => known.has(id))) throw refusal('INVALID_MODULE');
}
