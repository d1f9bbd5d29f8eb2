import type { IDataObject } from 'n8n-workflow';

import type { Differences } from './baseline';
import { readState, storedSum } from './state';
import type { State } from './state';

/** What is kept in the process of the polls of one trigger, and lost with it. */
export interface Memory {
	/** What is known. */
	state: State;
	/** When the last full reading began, in ms. */
	fullAt: number;
	/** How far Zoho's counts were from its lists. */
	differences: Differences;
	/** When it was found that Zoho has no counts or does not select people by their state, in ms. */
	blindSince?: number;
}

/** A memory, and the check sums of stored states that it goes on from. */
interface Kept {
	memory: Memory;
	sums: Set<number>;
}

const kept = new Map<string, Kept>();

/**
 * What a trigger knows: from the process where that goes on from what is stored, else as it is
 * stored. n8n saves what a poll stores only with what it tells, so that the process may know more.
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
 * Keeps what a poll has found.
 *
 * @param stored the check sums of what is stored: before, unless something was told, and now
 */
export function remember(key: string, memory: Memory, stored: Array<number | undefined>): void {
	kept.set(key, { memory, sums: new Set(stored.filter((sum) => sum !== undefined)) });
}
