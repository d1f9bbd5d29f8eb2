import type { IDataObject, IExecuteData, INode } from 'n8n-workflow';

import { isUnsafe } from '../http/request';
import type { ZohoRequest } from '../http/request';
import type { Result } from './result';

interface Store {
	/** Results of writes by what was asked and of whom. */
	results: Map<string, Map<string, Result>>;
	/** What was looked up, by what and by whom. */
	found: Map<string, Map<string, IDataObject>>;
}

/** When n8n starts a run over ("Retry On Fail"), it hands over the same object. */
const stores = new WeakMap<IExecuteData, Store>();

/** What became of writes before n8n started the run over. */
export class RetryMemory {
	private constructor(
		private readonly store: Store,
		/** Whether what was done must not be done again either. */
		private readonly keepsDone: boolean,
	) {}

	/**
	 * The memory of a run, where it may be one of several. An agent's tool gets the data of the agent,
	 * for every call the same: an agent may ask again for what was done, so only what is uncertain is
	 * kept.
	 */
	static of(node: INode, executeData: IExecuteData): RetryMemory | undefined {
		const isTool = executeData.node.id !== node.id;
		if (!isTool && !node.retryOnFail) return undefined;
		const store: Store = stores.get(executeData) ?? { results: new Map(), found: new Map() };
		stores.set(executeData, store);
		return new RetryMemory(store, !isTool);
	}

	/** What is known of those of whom the same was asked before. */
	recall(asked: string): ReadonlyMap<string, Result> {
		return this.store.results.get(asked) ?? new Map<string, Result>();
	}

	/** Whether no earlier try has done anything, as far as is remembered. */
	get isEmpty(): boolean {
		return [...this.store.results.values()].every(({ size }) => size === 0);
	}

	/** Whether an earlier try has done anything to somebody, as far as is remembered. */
	knows(whom: string): boolean {
		return [...this.store.results.values()].some((results) => results.has(whom));
	}

	keep(asked: string, whom: string, result: Result): void {
		const worthwhile = 'error' in result ? result.error.uncertain === true : this.keepsDone;
		if (!worthwhile) return;
		const results = this.store.results.get(asked) ?? new Map<string, Result>();
		this.store.results.set(asked, results.set(whom, result));
	}

	/** What an earlier try has looked up. */
	found(what: string, whom: string): IDataObject | undefined {
		return this.store.found.get(what)?.get(whom);
	}

	/** Keeps what was looked up, since the run may change it: the first answer holds. */
	keepFound(what: string, whom: string, found: IDataObject): void {
		if (!this.keepsDone) return;
		const all = this.store.found.get(what) ?? new Map<string, IDataObject>();
		this.store.found.set(what, all.set(whom, found));
	}
}

/** Whether what is remembered is the last word: it is done, or must not be tried again. */
export function stands(before: Result, request: ZohoRequest): boolean {
	return 'output' in before || isUnsafe(request);
}

/** A result after one that was uncertain: an error takes away neither the doubt nor the job's id. */
export function withDoubt(result: Result, before: Result | undefined): Result {
	if (!before || !('error' in before) || !('error' in result)) return result;
	if (result.error.unsent) return before;
	const { job_id } = before.error.details;
	const details = { ...(job_id !== undefined && { job_id }), ...result.error.details };
	return { error: { ...result.error, details, uncertain: true } };
}
