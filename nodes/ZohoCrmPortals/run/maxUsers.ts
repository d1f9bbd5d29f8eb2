import type { Failure } from '../errors/nodeError';
import { errorData } from '../http/error';
import type { Run } from './run';

/**
 * The failure of every item if a run would change more different people than "Max Users" allows,
 * across all items.
 *
 * @param ids returns the IDs of everybody whom the run would change
 */
export function excessIn(
	{ settings: { maxUsers: allowed } }: Run,
	ids: () => Iterable<string>,
): Failure | undefined {
	if (allowed === undefined) return undefined;
	const found = new Set(ids()).size;
	if (found <= allowed) return undefined;
	return { subject: {}, error: errorData(0, 'TOO_MANY_USERS', { details: { found, allowed } }) };
}
