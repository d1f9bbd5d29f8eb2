import type { Connection } from '../../transport/connection';
import { dataOf, errorData } from '../../transport/error';
import type { ZohoErrorData } from '../../transport/error';
import { readRow } from '../../transport/request';
import { CHANGE_OWNER } from '../../transport/scopes';
import type { Successors } from './successors';

/** Asks Zoho what a user has, and tells what of it nobody would take over. */
export async function leftBehind(
	connection: Connection,
	userId: string,
	{ targetUser, targetManager }: Successors,
): Promise<ZohoErrorData | undefined> {
	try {
		const { id, subordinates, assignment, criteria } = await readRow(connection, {
			method: 'GET',
			path: `/users/${userId}/actions/validate_before_transfer`,
			scope: CHANGE_OWNER.read,
		});
		if (String(id) !== userId) return errorData(200, 'NOT_MENTIONED');
		const left = {
			subordinates: subordinates === true && !targetManager,
			assignment: assignment === true && !targetUser,
			criteria: criteria === true && !targetUser,
		};
		const isAny = left.subordinates || left.assignment || left.criteria;
		return isAny ? errorData(0, 'LEFT_BEHIND', { details: left }) : undefined;
	} catch (caught) {
		const error = dataOf(caught);
		// The check is in Zoho's newest OpenAPI file alone: where it is not there, it says nothing.
		return error.code === 'INVALID_URL_PATTERN' ? undefined : error;
	}
}
