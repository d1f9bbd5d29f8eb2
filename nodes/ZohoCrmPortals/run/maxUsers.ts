import type { Failure } from '../errors/nodeError';
import { errorData } from '../http/error';
import type { Run } from './run';

/**
 * The failure of every item where a run would touch more different people than "Max Users" allows,
 * over all items.
 *
 * @param ids tells the ids of everybody whom the run would touch
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
