import { hint } from '../../execution/hint';
import { credentialOf } from '../../transport/connection';
import type { Connection } from '../../transport/connection';
import { dataOf, errorData } from '../../transport/error';
import type { ZohoErrorData } from '../../transport/error';
import { lackScope } from '../../transport/metadata';
import { readRecords } from '../../transport/recordSearch';
import type { FoundRecord } from '../../transport/recordSearch';
import { isCovered, recordsScope, scopesOf } from '../../transport/scopes';

/**
 * Looks whether records exist, for a dry run.
 *
 * @param module API name
 * @param field API name of the email field that invitations go to
 * @returns those that do, by ID; undefined where records may not be read, which a hint says
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

/** What Zoho says of a record that does not exist. */
export function unknownRecord(module: string): ZohoErrorData {
	const details = { api_name: 'id', module };
	return { ...errorData(400, 'INVALID_DATA', { details }), foreseen: true };
}
