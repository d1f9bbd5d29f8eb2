import type { IDataObject } from 'n8n-workflow';

import type { Differences } from './baseline';
import { readState, storedSum } from './state';
import type { State } from './state';

/**
 * The state that the process keeps between the polls of one trigger. It is lost when the process
 * ends.
 */
export interface Memory {
	/** The known state. */
	state: State;
	/** When the last full reading began, in ms. */
	fullAt: number;
	/** The differences between Zoho's counts and its lists. */
	differences: Differences;
	/**
	 * When it was detected that Zoho returns no counts or does not filter people by state, in ms.
	 */
	blindSince?: number;
}

/** A memory, and the checksums of the stored states that it follows. */
interface Kept {
	memory: Memory;
	sums: Set<number>;
}

const kept = new Map<string, Kept>();

/**
 * The known state of a trigger: from the process if it follows the stored state, or else from the
 * stored state. n8n saves the stored state only if a poll returns items, so the process may know
 * more.
 */
export function recall(key: string, data: IDataObject): { state?: State; memory?: Memory } {
	const sum = storedSum(data);
	const own = kept.get(key);
	if (own && sum !== undefined && own.sums.has(sum)) {
		return { state: own.memory.state, memory: own.memory };
	}
	kept.delete(key);
	return { state: readState(data) };
}

/**
 * Stores the results of a poll.
 *
 * @param stored checksums of the stored state: the previous one, unless the poll reported
 *   something, and the current one
 */
export function remember(key: string, memory: Memory, stored: Array<number | undefined>): void {
	kept.set(key, { memory, sums: new Set(stored.filter((sum) => sum !== undefined)) });
}
