import { isAboutOne } from '../errors/messages';
import type { OperationLabels } from '../errors/messages';
import { mapWithConcurrency } from '../transport/concurrency';
import type { Connection } from '../transport/connection';
import { dataOf } from '../transport/error';
import type { ZohoErrorData } from '../transport/error';
import { isUnsafe, send as sendRequest } from '../transport/request';
import type { ZohoRequest } from '../transport/request';
import { notMentioned } from './idResults';
import type { IdResults } from './idResults';
import { readItems } from './operation';
import type { Outcome, Strategy } from './operation';
import type { ItemParameters } from './parameters';
import { stands, withDoubt } from './retryMemory';
import type { Result } from './result';
import type { Run } from './run';

/** What items of one batch agree on, as plain JSON. It is the key of the batch. */
interface Group {
	request: ZohoRequest;
}

interface Batch<G extends Group> {
	/** Parameter that holds the ids. */
	parameter: string;
	/** What Zoho calls the id in its answers and this node in its output. */
	idKey: string;
	/** Reads what an item asks. Throws NodeOperationError for what must not be sent. */
	group: (item: ItemParameters) => G;
	/** Ids that Zoho takes in one call. */
	maxBatchSize: number | ((group: G) => number);
	/** Makes a call for some of the ids of a batch, and reads the answer. */
	send: (connection: Connection, group: G, ids: string[]) => Promise<IdResults>;
	/**
	 * Does in fewer calls what it can before ids are sent. Ids with an output are done; all others are
	 * sent, those with an error under the doubt that it tells of.
	 */
	ahead?: (connection: Connection, group: G, ids: string[]) => Promise<Map<string, Result>>;
	/** Texts that depend on the parameters. */
	labels?: (group: G) => Partial<OperationLabels>;
	/** A read that finds something only if portal and user type exist. */
	probe?: (group: G) => ZohoRequest;
}

/** What an item asks. */
interface Asked<G> {
	group: G;
	ids: string[];
	/** Ids per call. */
	size: number;
	key: string;
}

/**
 * Runs operations on things by id. Items that ask the same of Zoho become one batch: every id is
 * sent once, as many to a call as Zoho takes, and each item gets the outcomes of the ids that it
 * named. Where items ask different things of the same id, the batches run in the order of the items.
 */
export function batch<G extends Group>(options: Batch<G>): Strategy {
	const { parameter, maxBatchSize, group: readGroup } = options;
	const read = (item: ItemParameters): Asked<G> => {
		const group = readGroup(item);
		const allowed = typeof maxBatchSize === 'number' ? maxBatchSize : maxBatchSize(group);
		const { batchSize = allowed } = item.value<{ batchSize?: unknown }>('options', {});
		const size = Math.max(1, Math.min(allowed, item.amount('batchSize', batchSize, -Infinity)));
		return { group, size, key: JSON.stringify([group, size]), ids: item.ids(parameter) };
	};
	return (items) => {
		// For all parts of a run that n8n's batching splits: an id is sent once in all of them.
		const batches = new Map<string, BatchRun<G>>();
		const turns = new Map<string, { key: string; turn: number }>();
		return readItems(items, read, async (run, asked) => {
			const batchOf = ({ key, group, size }: Asked<G>, turn: number) => {
				const name = `${turn} ${key}`;
				const one = batches.get(name) ?? new BatchRun(run, options, group, size, name, turn);
				batches.set(name, one);
				return one;
			};
			const members = asked.map((item) => {
				let one = batchOf(item, 0);
				return item.ids.map((id) => {
					const before = turns.get(id);
					const turn = before ? before.turn + (before.key === item.key ? 0 : 1) : 0;
					if (turn !== before?.turn) turns.set(id, { key: item.key, turn });
					if (turn !== one.turn) one = batchOf(item, turn);
					one.add(id);
					return one;
				});
			});
			await runInTurn([...batches.values()], run.connection.concurrency);
			return asked.map(({ ids }, position) =>
				ids.map((id, place) => members[position][place].outcomeOf(id)),
			);
		});
	};
}

/** Runs batches side by side, but those of a later turn after those of an earlier one. */
async function runInTurn<G extends Group>(
	batches: Array<BatchRun<G>>,
	concurrency: number,
): Promise<void> {
	const turns = new Map<number, Array<BatchRun<G>>>();
	for (const one of batches) turns.set(one.turn, [...(turns.get(one.turn) ?? []), one]);
	for (const turn of [...turns.keys()].sort((a, b) => a - b)) {
		await mapWithConcurrency(turns.get(turn) ?? [], concurrency, async (one) => await one.send());
	}
}

/** All ids that are asked the same, and what becomes of them. */
class BatchRun<G extends Group> {
	/** Ids that were not sent yet. */
	private waiting = new Set<string>();

	private readonly results = new Map<string, Result>();

	/** Results of earlier calls with the same ids that were in doubt: no error takes the doubt away. */
	private readonly doubts = new Map<string, Result>();

	/** Ids that a refused call left unmentioned, and how many others it named. */
	private readonly spared = new Map<string, number>();

	private probed?: Promise<{ exists: boolean; error?: ZohoErrorData }>;

	constructor(
		private readonly run: Run,
		private readonly options: Batch<G>,
		private readonly group: G,
		/** Ids per call; shrinks when Zoho finds a call too long. */
		private size: number,
		/** Tells the batch from all others of the run. */
		private readonly name: string,
		readonly turn: number,
	) {}

	add(id: string): void {
		if (!this.results.has(id)) this.waiting.add(id);
	}

	/** Makes the calls for the ids that were added since. */
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

	outcomeOf(id: string): Outcome {
		const { idKey, labels } = this.options;
		const subject = { [idKey]: id };
		const result = this.results.get(id) ?? { error: notMentioned() };
		return 'error' in result
			? { subject, error: result.error, labels: labels?.(this.group) }
			: { subject, json: { ...subject, ...result.output } };
	}

	private async sendInChunks(ids: string[]): Promise<void> {
		const { concurrency } = this.run.connection;
		await mapWithConcurrency(chunk(ids, this.size), concurrency, async (part) => {
			await this.sendChunk(part);
		});
	}

	private async sendChunk(ids: string[]): Promise<void> {
		const { obstacle, connection } = this.run;
		if (obstacle) {
			this.fail(ids, obstacle);
		} else if (ids.length > this.size) {
			await this.sendInChunks(ids);
		} else {
			try {
				await this.take(ids, await this.options.send(connection, this.group, ids));
			} catch (error) {
				await this.divide(ids, dataOf(error));
			}
		}
	}

	/** Where a call was refused for ids that the answer names, the others are sent without them. */
	private async take(ids: string[], { results, untouched }: IdResults): Promise<void> {
		for (const [id, result] of results) this.settle(id, result, results.size);
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
				this.spared.set(id, results.size);
				if (untouched.uncertain) this.doubts.set(id, { error: untouched });
			}
			await this.sendChunk(left);
		}
	}

	/**
	 * Deals with a call that was refused as a whole, for all of its n ids. If it was too long, or
	 * k of the ids may be the cause, the two halves are sent on their own, and so on. That takes at
	 * most 2k⌈log₂ n⌉ more calls, never more than 2n, and everybody else is done.
	 */
	private async divide(ids: string[], error: ZohoErrorData): Promise<void> {
		this.run.note(error);
		const half = Math.ceil(ids.length / 2);
		if (ids.length > 1 && this.isTooLong(error)) {
			this.size = Math.min(this.size, half);
			if (error.uncertain) for (const id of ids) this.doubts.set(id, { error });
		} else {
			const obstacle = ids.length === 1 ? error : await this.obstacleToBisecting(error);
			if (obstacle) {
				this.fail(ids, obstacle);
				return;
			}
		}
		await Promise.all([this.sendChunk(ids.slice(0, half)), this.sendChunk(ids.slice(half))]);
	}

	/**
	 * Whether a call was refused for its length. Besides the two HTTP statuses for that, mostly of
	 * front servers, Zoho's OpenAPI files give a maximum length for the list of ids.
	 */
	private isTooLong({ httpStatus, details, uncertain }: ZohoErrorData): boolean {
		if (uncertain && isUnsafe(this.group.request)) return false;
		return httpStatus === 413 || httpStatus === 414 || details.maximum_length !== undefined;
	}

	/**
	 * Why halves of a refused call must not be sent on their own: unless the refusal proves that
	 * nothing was done and may be the fault of some of the ids.
	 */
	private async obstacleToBisecting(error: ZohoErrorData): Promise<ZohoErrorData | undefined> {
		const { details, uncertain } = error;
		if (uncertain || !isAboutOne(error)) return error;
		const named = details.param ?? details.param_name ?? details.api_name;
		if (named !== undefined) {
			return String(named).startsWith(this.options.idKey) ? undefined : error;
		}
		if (details.resource_path_index !== undefined || details.transfer_To !== undefined) {
			return error;
		}
		// Zoho refuses a wrong portal and wrong ids with the same code. Looking once tells which.
		this.probed ??= this.probe();
		const { exists, error: unreadable } = await this.probed;
		return exists ? undefined : (unreadable ?? error);
	}

	private async probe(): Promise<{ exists: boolean; error?: ZohoErrorData }> {
		const { probe } = this.options;
		if (!probe) return { exists: true };
		try {
			const { rows } = await sendRequest(this.run.connection, probe(this.group));
			return { exists: rows.length > 0 };
		} catch (caught) {
			const error = dataOf(caught);
			// Without the scope nobody can tell; what is missing is told in place of the refusal.
			return error.code === 'OAUTH_SCOPE_MISMATCH' ? { exists: false, error } : { exists: false };
		}
	}

	private fail(ids: string[], error: ZohoErrorData): void {
		for (const id of ids) this.settle(id, { error }, 0);
	}

	/** @param named how many ids the answer named beside this one, itself included */
	private settle(id: string, said: Result, named: number): void {
		if ('error' in said && !said.error.unsent) this.run.note(said.error);
		const result = withDoubt(said, this.doubts.get(id) ?? this.contradiction(id, said, named));
		this.results.set(id, result);
		this.run.memory?.keep(this.name, id, result);
	}

	/**
	 * Zoho may have done the right ids of a call that it refused for the wrong ones. Where its answers
	 * name all wrong ids, one that was not among them and is wrong now has been done in between.
	 */
	private contradiction(id: string, said: Result, named: number): Result | undefined {
		const before = this.spared.get(id) ?? 0;
		if (before === 0 || Math.max(before, named) < 2) return undefined;
		if (!('error' in said) || !isAboutOne(said.error)) return undefined;
		return { error: { ...said.error, uncertain: true } };
	}
}

/** Parts of a list, of `size` each but for the last. */
export function chunk<T>(list: readonly T[], size: number): T[][] {
	const parts: T[][] = [];
	for (let start = 0; start < list.length; start += size)
		parts.push(list.slice(start, start + size));
	return parts;
}
