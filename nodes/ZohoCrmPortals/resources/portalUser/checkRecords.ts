import { hint } from '../../run/hint';
import { credentialOf } from '../../http/connection';
import type { Connection } from '../../http/connection';
import { dataOf, foreseenRefusal } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import type { UserType } from '../../zoho/directory';
import { lackScope } from '../../zoho/metadata';
import type { PortalUser } from '../../zoho/people';
import { readRecords } from '../../zoho/recordSearch';
import type { FoundRecord } from '../../zoho/recordSearch';
import { isCovered, scopesOf } from '../../http/grantedScopes';
import { recordsScope } from '../../zoho/scopes';
import { keyOf } from './userLookUp';

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

/** An invitation, and what was read about it. */
interface PlannedInvitation {
	id: string;
	/** API name of the module of the record. */
	module: string;
	type: UserType;
	/** Null for a record that does not exist; undefined if it was not read. */
	record?: FoundRecord | null;
}

/**
 * The error with which Zoho would refuse an invitation, if what was read makes it certain. The
 * address of a record that can be invited is taken from then on.
 *
 * @param taken IDs by address in lower case: of portal users, and of records that will be invited
 */
export function foreseeInvitation(
	{ id, module, type, record }: PlannedInvitation,
	taken: Map<string, string>,
): ZohoErrorData | undefined {
	if (record === null) return foreseenRefusal('INVALID_DATA', { api_name: 'id', module });
	// Without the invitation field, it is not certain which address counts.
	if (!record || !type.emailField) return undefined;
	const { hasNoEmail } = record;
	if (hasNoEmail) return foreseenRefusal('INVALID_DATA', {}, NO_EMAIL);
	const email = keyOf(record.email);
	if (email === '') return undefined;
	if ((taken.get(email) ?? id) !== id) return foreseenRefusal('DUPLICATE_DATA', { record_id: id });
	taken.set(email, id);
	return undefined;
}

/** Zoho's text, according to its OpenAPI file. */
const NO_EMAIL =
	'Invitation sent has failed as provided personality record does not have email id.';

/** The IDs of portal users by email address, as `foreseeInvitation` takes them. */
export function addressesOf(users: Iterable<PortalUser>): Map<string, string> {
	return new Map([...users].map(({ email, personality_id }) => [keyOf(email), personality_id]));
}
