import type { Connection } from '../../http/connection';
import { dataOf, errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { readRow } from '../../http/request';
import { requestOf } from '../../form/runItems';
import { checkTransfer } from './checkTransfer';
import type { Handover } from './handover';

/**
 * The responsibilities that Zoho's check covers. Records are not included: they may stay with a
 * deleted user.
 */
const CHECKED = ['subordinates', 'assignment', 'criteria'] as const;

/**
 * Asks Zoho for the responsibilities of a user. Returns an error if nobody takes them over, or if
 * Zoho does not answer.
 */
export async function leftBehind(
	connection: Connection,
	userId: string,
	handover: Handover,
): Promise<ZohoErrorData | undefined> {
	try {
		const found = await readRow(connection, requestOf(checkTransfer, { user: userId }));
		if (String(found.id) !== userId) return errorData(200, 'NOT_MENTIONED');
		const open = CHECKED.filter((what) => !isTakenOver(what, handover));
		if (open.some((what) => typeof found[what] !== 'boolean')) return errorData(200, 'UNCHECKED');
		const left = open.filter((what) => found[what] === true);
		if (left.length === 0) return undefined;
		const details = Object.fromEntries(CHECKED.map((what) => [what, left.includes(what)]));
		const { targetUser } = handover;
		return errorData(0, 'LEFT_BEHIND', {
			details: { ...details, ...(targetUser !== undefined && { target_user: targetUser }) },
		});
	} catch (caught) {
		const error = dataOf(caught);
		// Only Zoho's newest OpenAPI file has this check, so an organization may not support it.
		const isUnknown = error.httpStatus === 404 || error.code === 'INVALID_URL_PATTERN';
		return isUnknown ? errorData(error.httpStatus, 'UNCHECKED') : error;
	}
}

function isTakenOver(
	what: (typeof CHECKED)[number],
	{ targetUser, targetManager, transferWhat }: Handover,
): boolean {
	if (what === 'subordinates') return targetManager !== undefined;
	return targetUser !== undefined && transferWhat.includes(what);
}
