import type { Failure } from '../errors/nodeError';
import { errorData } from '../transport/error';
import type { ItemParameters } from './parameters';

/**
 * The failure of every item where a run would touch more different people than "Max Users" allows,
 * over all items.
 *
 * @param ids tells the ids of everybody whom the run would touch
 */
export function excessIn(
	items: ItemParameters[],
	ids: () => Iterable<string>,
): Failure | undefined {
	const { maxUsers } = items[0]?.value<{ maxUsers?: unknown }>('options', {}) ?? {};
	if (maxUsers === undefined || maxUsers === '') return undefined;
	const allowed = items[0].amount('maxUsers', maxUsers, 0);
	const found = new Set(ids()).size;
	if (found <= allowed) return undefined;
	return { subject: {}, error: errorData(0, 'TOO_MANY_USERS', { details: { found, allowed } }) };
}
