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

/** A call of a tool that n8n may repeat. */
interface ToolCall {
	store: Store;
	tries: number;
}

/** If n8n starts a run again ("Retry On Fail"), it passes the same object. */
const stores = new WeakMap<IExecuteData, Store>();

/** Calls of tools, by the data of their agent, which is the same for all calls, and by request. */
const toolCalls = new WeakMap<IExecuteData, Map<string, ToolCall>>();

/** Results of writes from before n8n started the run again. */
export class RetryMemory {
	private constructor(
		/** What the tries of this run have done. */
		private readonly own: Store,
		/** Uncertain results of all calls of an agent, which outlast the single call. */
		private readonly ofAgent?: Store,
		/** Ends a call that n8n does not repeat. */
		readonly end: () => void = () => {},
	) {}

	/**
	 * The memory of a run that n8n may start again. n8n repeats the call of a tool with the same
	 * request until it returns or has no try left. Only then does the agent go on, and because it
	 * may deliberately repeat a change, only uncertain results are kept from there on.
	 *
	 * @param asked the request of a tool
	 */
	static of(node: INode, executeData: IExecuteData, asked: () => string): RetryMemory | undefined {
		const isTool = executeData.node.id !== node.id;
		if (!isTool && !node.retryOnFail) return undefined;
		const store = stores.get(executeData) ?? emptyStore();
		stores.set(executeData, store);
		if (!isTool) return new RetryMemory(store);
		const calls = toolCalls.get(executeData) ?? new Map<string, ToolCall>();
		toolCalls.set(executeData, calls);
		const key = JSON.stringify([node.id, asked()]);
		const call = calls.get(key) ?? { store: emptyStore(), tries: 0 };
		call.tries++;
		const end = () => void calls.delete(key);
		if (call.tries < triesOfTool(node)) calls.set(key, call);
		else end();
		return new RetryMemory(call.store, store, end);
	}

	/** The known results of people for whom the same was requested before. */
	recall(asked: string): ReadonlyMap<string, Result> {
		const own = this.own.results.get(asked) ?? new Map<string, Result>();
		const ofAgent = this.ofAgent?.results.get(asked);
		return ofAgent ? new Map([...ofAgent, ...own]) : own;
	}

	/** Whether the memory contains no changes by earlier tries. */
	get isEmpty(): boolean {
		return this.all.every(isUnwritten);
	}

	/** Whether the memory contains a change of this person by an earlier try. */
	knows(whom: string): boolean {
		return this.all.some((store) => contains(store, whom));
	}

	/**
	 * Whether an earlier try may have made a change that this try refuses before it writes
	 * anything.
	 *
	 * @param subject the subject of the outcome, as text
	 * @param whom the ID in it; if undefined, it may be anybody whom the run has changed
	 */
	mayHaveChanged(subject: string, whom: string | undefined): boolean {
		if (whom !== undefined) return contains(this.own, whom);
		return !isUnwritten(this.own) && this.own.refused?.has(subject) !== true;
	}

	/** Stores the subjects that a try refuses before it writes anything. */
	keepRefused(subjects: string[]): void {
		const { refused } = this.own;
		this.own.refused = new Set(refused ? subjects.filter((one) => refused.has(one)) : subjects);
	}

	/** How sure it is that an earlier try has changed this person; undefined if none has. */
	changeOf(whom: string): 'certain' | 'uncertain' | undefined {
		const results = [...this.own.results.values()].flatMap((one) => one.get(whom) ?? []);
		if (results.length === 0) return undefined;
		return results.some((result) => 'output' in result) ? 'certain' : 'uncertain';
	}

	keep(asked: string, whom: string, result: Result): void {
		const isUncertain = 'error' in result && result.error.uncertain === true;
		if (isUncertain || 'output' in result) put(this.own.results, asked, whom, result);
		if (isUncertain && this.ofAgent) put(this.ofAgent.results, asked, whom, result);
	}

	/** The result of a look-up in an earlier try. */
	found(what: string, whom: string): IDataObject | undefined {
		return this.own.found.get(what)?.get(whom);
	}

	/**
	 * Stores the result of a look-up. The first result counts, because the run may change the
	 * object.
	 */
	keepFound(what: string, whom: string, found: IDataObject): void {
		if (!this.found(what, whom)) put(this.own.found, what, whom, found);
	}

	private get all(): Store[] {
		return this.ofAgent ? [this.own, this.ofAgent] : [this.own];
	}
}

/**
 * Looks something up. If n8n starts the run again, the first result still counts, because the run
 * may have changed or deleted it since.
 */
export async function foundOnce(
	memory: RetryMemory | undefined,
	what: string,
	whom: string,
	read: () => Promise<IDataObject>,
): Promise<IDataObject> {
	const before = memory?.found(what, whom);
	if (before) return before;
	const found = await read();
	memory?.keepFound(what, whom, found);
	return found;
}

function emptyStore(): Store {
	return { results: new Map(), found: new Map() };
}

/** How often n8n runs a tool that fails (n8n-core, get-input-connection-data.ts). */
function triesOfTool({ retryOnFail, maxTries = 3 }: INode): number {
	return retryOnFail ? Math.min(5, Math.max(2, maxTries)) : 1;
}

function isUnwritten({ results }: Store): boolean {
	return [...results.values()].every(({ size }) => size === 0);
}

function contains({ results }: Store, whom: string): boolean {
	return [...results.values()].some((one) => one.has(whom));
}

function put<T>(all: Map<string, Map<string, T>>, what: string, whom: string, one: T): void {
	const same = all.get(what) ?? new Map<string, T>();
	all.set(what, same.set(whom, one));
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
