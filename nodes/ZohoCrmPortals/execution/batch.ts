import type { IDataObject } from 'n8n-workflow';

import { isFinal } from '../errors/messages';
import type { OperationLabels } from '../errors/messages';
import { mapWithConcurrency } from '../transport/concurrency';
import { dataOf, errorData } from '../transport/error';
import type { ZohoErrorData } from '../transport/error';
import { isObject } from '../transport/exactJson';
import { isLasting, send as sendRequest } from '../transport/request';
import type { ZohoRequest } from '../transport/request';
import { rowError } from '../transport/response';
import type { ZohoResponse } from '../transport/response';
import type { Connection } from '../transport/connection';
import { readItems } from './operation';
import type { Outcome, Strategy } from './operation';
import type { ItemParameters } from './parameters';
import { outcomeOf } from './perItem';
import type { Result, Run } from './run';

/** What Zoho said to a call for some ids. */
export interface IdResults {
	results: Map<string, Result>;
	/** Set when the call was refused as a whole: nothing was done for ids without a result. */
	untouched?: ZohoErrorData;
}

/** What items of one batch agree on, as plain JSON. It is the key of the batch. */
interface Group {
	request: ZohoRequest;
}

interface Batch<G extends Group> {
	/** Parameter that holds the ids. */
	parameter: string;
	/** What Zoho calls the id in its answers and this node in its output. */
	idKey: string;
	/** Ids that Zoho takes in one call. */
	maxBatchSize: number | ((group: G) => number);
	/** Reads what an item asks. Throws NodeOperationError for what must not be sent. */
	group: (item: ItemParameters) => G;
	/** Makes a call for some of the ids of a batch, and reads the answer. */
	send: (connection: Connection, group: G, ids: string[]) => Promise<IdResults>;
	/** Says in the output what was done to an id. */
	output?: (group: G) => IDataObject;
	/** Texts that depend on the parameters. */
	labels?: (group: G) => Partial<OperationLabels>;
	/** A read that finds something only if portal and user type exist. */
	probe?: (group: G) => ZohoRequest;
}

/**
 * Runs operations on things by id. Items that ask the same of Zoho become one batch: every id is
 * sent once, as many to a call as Zoho takes, and each item gets the outcomes of the ids that it
 * named.
 */
export function batch<G extends Group>(options: Batch<G>): Strategy {
	const { parameter, maxBatchSize, group: readGroup } = options;
	const read = (item: ItemParameters) => {
		const group = readGroup(item);
		const allowed = typeof maxBatchSize === 'number' ? maxBatchSize : maxBatchSize(group);
		const { batchSize = allowed } = item.value<{ batchSize?: number }>('options', {});
		const size = Math.max(1, Math.min(allowed, batchSize));
		return { group, size, key: JSON.stringify([group, size]), ids: item.ids(parameter) };
	};
	return (items) =>
		readItems(items, read, async (run, asked) => {
			const batches = new Map<string, BatchRun<G>>();
			const joined = asked.map(({ key, group, size, ids }) => {
				const one = batches.get(key) ?? new BatchRun(run, options, group, size, key);
				batches.set(key, one);
				return one.add(ids);
			});
			const { concurrency } = run.connection;
			await mapWithConcurrency(
				[...batches.values()],
				concurrency,
				async (one) => await one.start(),
			);
			return asked.map(({ ids }, position) => ids.map((id) => joined[position].outcomeOf(id)));
		});
}

/** All ids that are asked the same, and what becomes of them. */
class BatchRun<G extends Group> {
	private readonly ids = new Set<string>();

	private readonly results = new Map<string, Result>();

	/** Results that outlive the run where n8n may start it over. */
	private readonly remembered?: Map<string, Result>;

	/** A refusal that every further call would meet as well. */
	private final?: ZohoErrorData;

	private probed?: Promise<boolean>;

	constructor(
		private readonly run: Run,
		private readonly options: Batch<G>,
		private readonly group: G,
		/** Ids per call; shrinks when Zoho finds a call too long. */
		private size: number,
		key: string,
	) {
		this.remembered = run.memory?.(key);
	}

	add(ids: string[]): this {
		for (const id of ids) this.ids.add(id);
		return this;
	}

	async start(): Promise<void> {
		for (const [id, result] of this.remembered ?? []) this.results.set(id, result);
		await this.sendInChunks([...this.ids].filter((id) => !this.results.has(id)));
	}

	outcomeOf(id: string): Outcome {
		const { idKey, output, labels } = this.options;
		const subject = { [idKey]: id };
		const result = this.results.get(id) ?? { error: errorData(0, 'NOT_MENTIONED') };
		if ('error' in result) {
			return { subject, error: result.error, labels: labels?.(this.group) };
		}
		return { subject, json: { ...subject, ...output?.(this.group), ...result.output } };
	}

	private async sendInChunks(ids: string[]): Promise<void> {
		const { concurrency } = this.run.connection;
		await mapWithConcurrency(chunk(ids, this.size), concurrency, async (part) => {
			await this.send(part);
		});
	}

	private async send(ids: string[]): Promise<void> {
		if (this.final) {
			this.fail(ids, { ...this.final, unsent: true });
		} else if (ids.length > this.size) {
			await this.sendInChunks(ids);
		} else {
			try {
				await this.take(ids, await this.options.send(this.run.connection, this.group, ids));
			} catch (error) {
				await this.bisect(ids, dataOf(error));
			}
		}
	}

	/** Where a call was refused for ids that the answer names, the others are sent without them. */
	private async take(ids: string[], { results, untouched }: IdResults): Promise<void> {
		for (const [id, result] of results) this.settle(id, result);
		const left = ids.filter((id) => !results.has(id));
		if (left.length === 0) return;
		if (!untouched) this.fail(left, { ...errorData(0, 'NOT_MENTIONED'), uncertain: true });
		else if (left.length < ids.length) await this.send(left);
		else await this.bisect(ids, untouched);
	}

	/**
	 * Deals with a call that was refused as a whole, for all of its n ids. If it was too long, or
	 * k of the ids may be the cause, the two halves are sent on their own, and so on. That takes at
	 * most 2k⌈log₂ n⌉ more calls, never more than 2n, and everybody else is done.
	 */
	private async bisect(ids: string[], error: ZohoErrorData): Promise<void> {
		if (isFinal(error)) this.final = error;
		const half = Math.ceil(ids.length / 2);
		if (ids.length > 1 && isTooLong(error)) {
			this.size = Math.min(this.size, half);
		} else if (ids.length === 1 || !(await this.mayBeAboutIds(error))) {
			this.fail(ids, error);
			return;
		}
		await Promise.all([this.send(ids.slice(0, half)), this.send(ids.slice(half))]);
	}

	private async mayBeAboutIds(error: ZohoErrorData): Promise<boolean> {
		const { httpStatus, details, uncertain } = error;
		if (isFinal(error) || uncertain || httpStatus === 0 || httpStatus >= 500) return false;
		const named = details.param ?? details.param_name ?? details.api_name;
		if (named !== undefined) return String(named).startsWith(this.options.idKey);
		if (details.resource_path_index !== undefined || details.transfer_To !== undefined)
			return false;
		// Zoho refuses a wrong portal and wrong ids with the same code. Looking once tells which.
		this.probed ??= this.addressExists();
		return await this.probed;
	}

	private async addressExists(): Promise<boolean> {
		const { probe } = this.options;
		if (!probe) return true;
		try {
			const { rows } = await sendRequest(this.run.connection, probe(this.group));
			return rows.length > 0;
		} catch {
			return false;
		}
	}

	private fail(ids: string[], error: ZohoErrorData): void {
		for (const id of ids) this.settle(id, { error });
	}

	private settle(id: string, result: Result): void {
		this.results.set(id, result);
		const error = 'error' in result ? result.error : undefined;
		if (isLasting(error, this.group.request)) this.remembered?.set(id, result);
	}
}

/**
 * Makes one call that names the ids: in place of the placeholder named `idKey` in its path, else
 * comma-separated in its query under `idKey` plus "s".
 */
export async function sendIds(
	connection: Connection,
	request: ZohoRequest,
	ids: string[],
	idKey: string,
): Promise<IdResults> {
	const placeholder = `{${idKey}}`;
	const list = ids.join(',');
	const response = await sendRequest(
		connection,
		request.path.includes(placeholder)
			? { ...request, path: request.path.replace(placeholder, list) }
			: { ...request, query: { ...request.query, [`${idKey}s`]: list } },
	);
	return readRows(response, ids, idKey);
}

/**
 * Reads the rows of an answer, which name their id under `details[idKey]`. An answer to a call for
 * one id need not name it.
 */
export function readRows(response: ZohoResponse, ids: string[], idKey: string): IdResults {
	const results = new Map<string, Result>();
	const asked = new Set(ids);
	for (const row of response.rows) {
		const details = isObject(row.details) ? row.details : {};
		const id = ids.length === 1 ? ids[0] : String(details[idKey] ?? '');
		if (asked.has(id)) results.set(id, resultOf(response, row));
	}
	if (response.httpStatus < 300) return { results };
	const [row = {}] = response.rows;
	return { results, untouched: rowError(response, row) };
}

/** What one row of an answer says of the id that it is about. */
export function resultOf(response: ZohoResponse, row: IDataObject): Result {
	const error = rowError(response, row);
	return error ? { error } : { output: outcomeOf(row) };
}

/**
 * Whether a call was refused for its length. Besides the two HTTP statuses for that, Zoho's
 * OpenAPI files give a maximum length for the list of ids.
 */
function isTooLong({ httpStatus, details }: ZohoErrorData): boolean {
	return httpStatus === 413 || httpStatus === 414 || details.maximum_length !== undefined;
}

function chunk<T>(list: readonly T[], size: number): T[][] {
	const parts: T[][] = [];
	for (let start = 0; start < list.length; start += size)
		parts.push(list.slice(start, start + size));
	return parts;
}
