import type { ZohoErrorData } from '../http/error';
import { wordsFor } from './messages';
import { inDigits } from './words';

/**
 * Says which records of users could not be read, and which of their fields Zoho did not return.
 *
 * @param read `module`: API name, empty if unknown; `missing`: users without a record; `unknown`:
 *   fields that none of the records has
 */
export function recordHints({
	module,
	missing,
	unknown,
	error,
}: {
	module: string;
	missing: number;
	unknown: string[];
	error?: ZohoErrorData;
}): string[] {
	const users = `${inDigits(missing)} user${missing === 1 ? '' : 's'}`;
	const hints: string[] = [];
	if (error) {
		const { reason, remedy } = wordsFor(error, { thing: 'record', done: 'read' });
		hints.push(`Could not read the records of ${users} in ${module}: ${reason}. ${remedy}`);
	} else if (missing > 0 && module === '') {
		hints.push(
			`Could not read the records of ${users}: Zoho did not return the personality module of their user type. The user type may have been deleted.`,
		);
	} else if (missing > 0) {
		hints.push(
			`Zoho did not return the records of ${users} in ${module}. They may be in the recycle bin, or hidden from the connected Zoho user.`,
		);
	}
	if (unknown.length > 0) {
		hints.push(
			`Zoho did not return these fields of ${module}: ${unknown.join(', ')}. Check that their API names are correct and that the profile of the connected user may see them.`,
		);
	}
	return hints;
}
