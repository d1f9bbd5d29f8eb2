import type { IDataObject } from 'n8n-workflow';

import { isAboutOne } from '../errors/messages';
import { chunk } from '../http/chunk';
import { mapWithConcurrency } from '../http/concurrency';
import type { Connection } from '../http/connection';
import { dataOf } from '../http/error';
import type { ZohoErrorData } from '../http/error';
import { isUnsafe, send as sendRequest } from '../http/request';
import type { ZohoRequest } from '../http/request';
import { notMentioned } from './idResults';
import type { IdResults } from './idResults';
import { stands, withDoubt } from './retryMemory';
import type { RetryMemory } from './retryMemory';
import type { Result } from './result';
import type { Run } from './run';

/** The settings that the items of a batch share, as plain JSON. They are the key of the batch. */
export interface Group {
	request: ZohoRequest;
}

/** How the calls for the IDs of a batch are made. */
export interface BatchCalls<G extends Group> {
	/** The name of the ID in Zoho's answers and in this node's output. */
	idKey: string;
	/**
	 * Makes a call for some of the IDs of a batch, and reads the answer.
	 *
	 * @param memory results of earlier tries of the run
	 */
	send: (
		connection: Connection,
		group: G,
		ids: string[],
		memory?: RetryMemory,
	) => Promise<IdResults>;
	/**
	 * Processes IDs in fewer calls before the others are sent, if possible. IDs with an output are
	 * done. All others are sent, and an error counts as the doubt from this step.
	 */
	ahead?: (connection: Connection, group: G, ids: string[]) => Promise<Map<string, Result>>;
	/** A read that finds something only if the portal and the user type exist. */
	probe?: (group: G) => ZohoRequest;
	/** Whether one of the IDs may be the cause of a refusal, if code and details do not show it. */
	isAboutOne?: (error: ZohoErrorData) => boolean;
}

/** All IDs with the same request, and their results. */
export class BatchRun<G extends Group> {
	/** IDs that have not been sent yet. */
	private waiting = new Set<string>();

	private readonly results = new Map<string, Result>();

	/**
	 * Uncertain results of earlier calls with the same IDs. A later error does not remove the
	 * doubt.
	 */
	private readonly doubts = new Map<string, Result>();

	/** IDs that a refused call did not mention, with the number of IDs that it named. */
	private readonly spared = new Map<string, number>();

	private probed?: Promise<{ exists: boolean; error?: ZohoErrorData }>;

	constructor(
		private readonly run: Run,
		private readonly options: BatchCalls<G>,
		private readonly group: G,
		/** IDs per call. It shrinks when Zoho finds a call too long. */
		private size: number,
		/** Identifies the batch in the run. */
		private readonly name: string,
		readonly turn: number,
	) {}

	add(id: string): void {
		if (!this.results.has(id)) this.waiting.add(id);
	}

	/** Makes the calls for the IDs that were added since the last call. */
	async send(): Promise<void> {
		const ids = [...this.waiting];
		this.waiting.clear();
		const before = this.run.memory?.recall(this.name);
		for (const id of before ? ids : []) {
			const result = before?.get(id);
			if (!result) continue;
			if (stands(result, this.group.request)) this.results.set(id, result);
			else this.doubts.set(id, result);
		}
		await this.goAhead(ids.filter((id) => !this.results.has(id)));
		await this.sendInChunks(ids.filter((id) => !this.results.has(id)));
	}

	private async goAhead(ids: string[]): Promise<void> {
		const { obstacle, connection } = this.run;
		if (obstacle || !this.options.ahead) return;
		for (const [id, result] of await this.options.ahead(connection, this.group, ids)) {
			if ('output' in result) this.settle(id, result, 0);
			else this.doubts.set(id, result);
		}
	}

	resultOf(id: string): Result {
		return this.results.get(id) ?? { error: notMentioned() };
	}

	private async sendInChunks(ids: string[]): Promise<void> {
		const { concurrency } = this.run.connection;
		await mapWithConcurrency(chunk(ids, this.size), concurrency, async (part) => {
			await this.sendChunk(part);
		});
	}

	private async sendChunk(ids: string[]): Promise<void> {
		const { obstacle, connection, memory } = this.run;
		if (obstacle) {
			this.fail(ids, obstacle);
		} else if (ids.length > this.size) {
			await this.sendInChunks(ids);
		} else {
			try {
				await this.take(ids, await this.options.send(connection, this.group, ids, memory));
			} catch (error) {
				await this.divide(ids, dataOf(error));
			}
		}
	}

	/**
	 * Stores the results of a call. If a call was refused because of IDs that the answer names, the
	 * other IDs are sent again without them.
	 */
	private async take(ids: string[], { results, untouched }: IdResults): Promise<void> {
		const wrong = [...results.values()].filter((result) => 'error' in result).length;
		for (const [id, result] of results) this.settle(id, result, wrong);
		const left = ids.filter((id) => !results.has(id));
		if (left.length === 0) return;
		if (!untouched) {
			this.fail(left, notMentioned());
		} else if (left.length === ids.length) {
			await this.divide(ids, untouched);
		} else if (untouched.uncertain && isUnsafe(this.group.request)) {
			this.fail(left, untouched);
		} else {
			for (const id of left) {
				this.spared.set(id, wrong);
				if (untouched.uncertain) this.doubts.set(id, { error: untouched });
			}
			await this.sendChunk(left);
		}
	}

	/**
	 * Handles a call that was refused as a whole, for all of its n IDs. If it was too long, or if k
	 * of the IDs may be the cause, both halves are sent separately, and so on. This takes at most
	 * 2k⌈log₂ n⌉ more calls, and never more than 2n, and all other IDs are processed.
	 */
	private async divide(ids: string[], error: ZohoErrorData): Promise<void> {
		const half = Math.ceil(ids.length / 2);
		if (ids.length > 1 && this.isTooLong(error)) {
			this.size = Math.min(this.size, half);
			if (error.uncertain) for (const id of ids) this.doubts.set(id, { error });
		} else {
			this.run.note(error);
			const obstacle = ids.length === 1 ? error : await this.obstacleToBisecting(error);
			if (obstacle) {
				this.fail(ids, obstacle);
				return;
			}
		}
		await Promise.all([this.sendChunk(ids.slice(0, half)), this.sendChunk(ids.slice(half))]);
	}

	/**
	 * Whether a call was refused for its length. There are two HTTP statuses for this, mostly from
	 * front servers, and Zoho's OpenAPI files specify a maximum length for the list of IDs.
	 */
	private isTooLong({ httpStatus, details, uncertain }: ZohoErrorData): boolean {
		if (uncertain && isUnsafe(this.group.request)) return false;
		if (httpStatus === 413 || httpStatus === 414) return true;
		const { maximum_length: most, limit, json_path: path } = details;
		// Records are refused this way for too many fields.
		if (limit !== undefined && this.isOfId(details)) return true;
		// With a position in the list, the refusal concerns the data of one ID.
		return most !== undefined && !/\[\d+\]/.test(String(path ?? ''));
	}

	/** Whether a refusal names the IDs; undefined if it names nothing. */
	private isOfId({ param, param_name, api_name }: IDataObject): boolean | undefined {
		const named = param ?? param_name ?? api_name;
		if (named === undefined) return undefined;
		// Invitations have their IDs in the body, as `id`.
		return named === 'id' || String(named).startsWith(this.options.idKey);
	}

	/**
	 * Why the halves of a refused call must not be sent. They may be sent only if the refusal
	 * proves that nothing was changed and may be caused by some of the IDs.
	 */
	private async obstacleToBisecting(error: ZohoErrorData): Promise<ZohoErrorData | undefined> {
		const { details, uncertain } = error;
		if (uncertain || !this.isAboutOne(error)) return error;
		if (this.options.isAboutOne) return undefined;
		const isOfId = this.isOfId(details);
		if (isOfId !== undefined) return isOfId ? undefined : error;
		if (details.resource_path_index !== undefined || details.transfer_To !== undefined) {
			return error;
		}
		// Zoho refuses a wrong portal and wrong IDs with the same code. One read shows which it is.
		this.probed ??= this.probe();
		const { exists, error: unreadable } = await this.probed;
		return exists ? undefined : (unreadable ?? error);
	}

	private isAboutOne(error: ZohoErrorData): boolean {
		return (this.options.isAboutOne ?? isAboutOne)(error);
	}

	private async probe(): Promise<{ exists: boolean; error?: ZohoErrorData }> {
		const { probe } = this.options;
		if (!probe) return { exists: true };
		try {
			const { rows } = await sendRequest(this.run.connection, probe(this.group));
			return { exists: rows.length > 0 };
		} catch (caught) {
			const error = dataOf(caught);
			// Without the scope, this cannot be determined, so the missing scope is reported
			// instead.
			return error.code === 'OAUTH_SCOPE_MISMATCH' ? { exists: false, error } : { exists: false };
		}
	}

	private fail(ids: string[], error: ZohoErrorData): void {
		for (const id of ids) this.settle(id, { error }, 0);
	}

	/** @param named the number of wrong IDs that the answer named, including this one */
	private settle(id: string, said: Result, named: number): void {
		if ('error' in said && !said.error.unsent) this.run.note(said.error);
		const result = withDoubt(said, this.doubts.get(id) ?? this.contradiction(id, said, named));
		this.results.set(id, result);
		this.run.memory?.keep(this.name, id, result);
	}

	/**
	 * Detects an ID that may have been processed although the call was refused: Zoho may process
	 * the right IDs of a call that it refuses for the wrong ones. If its answers name all wrong IDs,
	 * an ID that was not among them and is wrong now was processed in between. If the next call says
	 * nothing about the ID, it shows nothing either.
	 */
	private contradiction(id: string, said: Result, named: number): Result | undefined {
		const before = this.spared.get(id) ?? 0;
		if (before === 0 || !('error' in said)) return undefined;
		const isDoubtful = this.isAboutOne(said.error)
			? Math.max(before, named) > 1
			: named === 0 && !isUnsafe(this.group.request);
		if (!isDoubtful) return undefined;
		return { error: { ...said.error, uncertain: true, unsent: undefined } };
	}
}
