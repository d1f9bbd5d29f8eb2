import { isObject, without } from '../answers';
import type { Json } from '../answers';
import { documented, documentedError } from '../contract';
import type { DocumentedSuccess } from '../contractTypes';

const told = (wrapper: string, rows: Json[], source: string): DocumentedSuccess => ({
	http: 200,
	wrapper,
	basis: source,
	body: { [wrapper]: rows },
});

/** The rows in the first documented success of an operation. */
export function rowsOf(id: string): Json[] {
	const [{ wrapper, body }] = documented(id).success;
	const rows = body[wrapper ?? ''];
	return Array.isArray(rows) ? rows.filter(isObject) : [];
}

/** A success of this operation in which some rows are the documented error for a wrong ID. */
export function mixedRows(id: string, source: string): DocumentedSuccess {
	const { code, details, message } = documentedError(id, 'INVALID_DATA');
	const failed = { code, details, message, status: 'error' };
	return told('users', [...rowsOf(id), failed], source);
}

/** User types as in the documentation: with one count, and always with their modules. */
function inDocs(rows: Json[]): Json[] {
	const [{ modules }] = rowsOf('getPortalUserType');
	return rows.map((row) => ({
		...without(row, 'active_user_count', 'deactive_user_count'),
		no_of_users: 1,
		modules,
	}));
}

/**
 * Successes that the contract describes in words (`disagreements`, `query`) instead of examples.
 */
const TOLD: Record<string, () => DocumentedSuccess[]> = {
	getPortalUserTypes: () => {
		const rows = rowsOf('getPortalUserTypes');
		const [{ modules }] = rowsOf('getPortalUserType');
		const included = rows.map((row) => ({ ...row, modules }));
		return [
			told('user_type', included, 'oas, include=modules'),
			told('user_type', inDocs(rows), 'docs: modules in the list, user counts'),
		];
	},
	getPortalUserType: () => [
		told('user_type', inDocs(rowsOf('getPortalUserType')), 'docs: user counts'),
	],
	// The documentation names the job as in the call with the user in the path.
	transferAndDeleteUserByBody: () =>
		documented('transferAndDeleteUser').success.filter(({ basis }) => basis === 'docs'),
	deletePortalUsers: () => [mixedRows('deletePortalUsers', 'oas: mixed ids')],
};

export function toldInWords(id: string): DocumentedSuccess[] {
	return TOLD[id]?.() ?? [];
}
