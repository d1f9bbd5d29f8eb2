import { hint } from '../../run/hint';
import { credentialOf } from '../../http/connection';
import type { Connection } from '../../http/connection';
import { dataOf, errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { lackScope } from '../../zoho/metadata';
import { readRecords } from '../../zoho/recordSearch';
import type { FoundRecord } from '../../zoho/recordSearch';
import { isCovered, scopesOf } from '../../http/grantedScopes';
import { recordsScope } from '../../zoho/scopes';

/**
 * Checks for a dry run whether records exist.
 *
 * @param module API name
 * @param field API name of the email field that invitations go to
 * @returns the existing records, by ID; undefined if records may not be read, which a hint reports
 */
export async function checkRecords(
	connection: Connection,
	module: string,
	field: string,
	ids: string[],
): Promise<Map<string, FoundRecord> | undefined> {
	const scope = recordsScope(module);
	const notChecked = (reason: string): undefined => {
		hint(
			connection,
			`The dry run did not check whether the records in ${module} exist, because ${reason}.`,
		);
	};
	const lackingScope = (): undefined => {
		lackScope(connection, scope);
		return notChecked(`the credential lacks the scope ${scope}`);
	};
	if (!isCovered(scope, scopesOf(await credentialOf(connection)))) return lackingScope();
	return await readRecords(connection, module, field, ids).catch((error: unknown) => {
		const { code } = dataOf(error);
		if (code === 'OAUTH_SCOPE_MISMATCH') return lackingScope();
		if (code !== 'NO_PERMISSION') throw error;
		return notChecked(`the connected Zoho user may not view ${module}`);
	});
}

/** Zoho's error for a record that does not exist. */
export function unknownRecord(module: string): ZohoErrorData {
	const details = { api_name: 'id', module };
	return { ...errorData(400, 'INVALID_DATA', { details }), foreseen: true };
}
