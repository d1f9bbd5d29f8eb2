import type { IDataObject, IExecuteData, INode } from 'n8n-workflow';

import { isUnsafe } from '../http/request';
import type { ZohoRequest } from '../http/request';
import type { Result } from './result';

interface Store {
	/** Results of writes, by request and person. */
	results: Map<string, Map<string, Result>>;
	/** Results of look-ups, by kind and name. */
	found: Map<string, Map<string, IDataObject>>;
	/** Subjects that every try has refused before it wrote anything. */
	refused?: Set<string>;
}

/** If n8n starts a run again ("Retry On Fail"), it passes the same object. */
const stores = new WeakMap<IExecuteData, Store>();

/** Results of writes from before n8n started the run again. */
export class RetryMemory {
	private constructor(
		private readonly store: Store,
		/** Whether completed changes must not be repeated either. */
		private readonly keepsDone: boolean,
	) {}

	/**
	 * The memory of a run that n8n may start again. A tool gets the data of its agent, which is the
	 * same for every call. Because an agent may deliberately repeat a change, only uncertain
	 * results are kept then.
	 */
	static of(node: INode, executeData: IExecuteData): RetryMemory | undefined {
		const isTool = executeData.node.id !== node.id;
		if (!isTool && !node.retryOnFail) return undefined;
		const store: Store = stores.get(executeData) ?? { results: new Map(), found: new Map() };
		stores.set(executeData, store);
		return new RetryMemory(store, !isTool);
	}

	/** The known results of people for whom the same was requested before. */
	recall(asked: string): ReadonlyMap<string, Result> {
		return this.store.results.get(asked) ?? new Map<string, Result>();
	}

	/** Whether the memory contains no changes by earlier tries. */
	get isEmpty(): boolean {
		return [...this.store.results.values()].every(({ size }) => size === 0);
	}

	/** Whether the memory contains a change of this person by an earlier try. */
	knows(whom: string): boolean {
		return [...this.store.results.values()].some((results) => results.has(whom));
	}

	/**
	 * Whether an earlier try may have made a change that this try refuses before it writes
	 * anything.
	 *
	 * @param subject the subject of the outcome, as text
	 * @param whom the ID in it; if undefined, it may be anybody whom the run has changed
	 */
	mayHaveChanged(subject: string, whom: string | undefined): boolean {
		// An agent calls a tool for other people each time.
		if (!this.keepsDone || this.isEmpty) return false;
		return whom === undefined ? this.store.refused?.has(subject) !== true : this.knows(whom);
	}

	/** Stores the subjects that a try refuses before it writes anything. */
	keepRefused(subjects: string[]): void {
		const { refused } = this.store;
		this.store.refused = new Set(refused ? subjects.filter((one) => refused.has(one)) : subjects);
	}

	/** Whether an earlier try has certainly changed this person. */
	hasChanged(whom: string): boolean {
		return [...this.store.results.values()].some((results) => {
			const result = results.get(whom);
			return result !== undefined && 'output' in result;
		});
	}

	keep(asked: string, whom: string, result: Result): void {
		const worthwhile = 'error' in result ? result.error.uncertain === true : this.keepsDone;
		if (!worthwhile) return;
		const results = this.store.results.get(asked) ?? new Map<string, Result>();
		this.store.results.set(asked, results.set(whom, result));
	}

	/** The result of a look-up in an earlier try. */
	found(what: string, whom: string): IDataObject | undefined {
		return this.store.found.get(what)?.get(whom);
	}

	/**
	 * Stores the result of a look-up. The first result counts, because the run may change the
	 * object.
	 */
	keepFound(what: string, whom: string, found: IDataObject): void {
		if (!this.keepsDone) return;
		const all = this.store.found.get(what) ?? new Map<string, IDataObject>();
		this.store.found.set(what, all.set(whom, found));
	}
}

/** Whether a stored result is final: the change was made, or must not be tried again. */
export function stands(before: Result, request: ZohoRequest): boolean {
	return 'output' in before || isUnsafe(request);
}

/**
 * Combines a result with an earlier uncertain one: an error removes neither the doubt nor the ID of
 * the job.
 */
export function withDoubt(result: Result, before: Result | undefined): Result {
	if (!before || !('error' in before) || !('error' in result)) return result;
	if (result.error.unsent) return before;
	const { job_id } = before.error.details;
	const details = { ...(job_id !== undefined && { job_id }), ...result.error.details };
	return { error: { ...result.error, details, uncertain: true } };
}
