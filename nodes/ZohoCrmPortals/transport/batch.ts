import type { IDataObject } from 'n8n-workflow';

import { isObject, refusal, rowRefusal } from './answer';
import type { Answer, Refusal } from './answer';
import { failedBy, isFinal } from './errors';
import type { Deed } from './errors';
import type { Item } from './item';
import { mapLimited } from './limit';
import { handling } from './operation';
import type { Handling, Outcome } from './operation';
import { isLasting, send } from './send';
import type { Connection, ZohoRequest } from './send';
import { outcomeOf } from './single';

/** What the parameters say beyond the request; items of one batch agree on it. */
export type Settings = IDataObject;

/** What became of an id: the row in which Zoho says that it is done, or why it is not. */
export type Verdict = { row: IDataObject; output?: IDataObject } | { refusal: Refusal };

/** What Zoho said to a call for some ids. */
export interface Reading {
	verdicts: Map<string, Verdict>;
	/** Set when the call was refused as a whole: nothing was done for ids without a verdict. */
	untouched?: Refusal;
}

/** Makes a call for some of the ids of a batch, and reads the answer. */
export type Exchange = (
	connection: Connection,
	request: ZohoRequest,
	ids: string[],
	settings: Settings,
) => Promise<Reading>;

interface Batch {
	/** Parameter that holds the ids. */
	parameter: string;
	/** What Zoho calls the id in its answers and this node in its output. */
	idKey: string;
	/** Ids that Zoho takes in one call. */
	most: number | ((item: Item) => number);
	/** Adds to the declared request what only the parameters say. */
	request?: (item: Item) => Partial<ZohoRequest>;
	settings?: (item: Item) => Settings;
	/**
	 * How a call is made. Default: the request, with the ids in the placeholder named idKey in its
	 * path, else comma-separated in its query under idKey plus "s".
	 */
	exchange?: (item: Item) => Exchange | undefined;
	/** Says in the output what was done to an id. */
	result?: (item: Item) => IDataObject;
	/** Texts that depend on the parameters. */
	deed?: (item: Item) => Partial<Deed>;
	/** A read that finds something only if portal and user type exist. */
	probe?: (request: ZohoRequest) => ZohoRequest;
}

interface Ask {
	request: ZohoRequest;
	settings: Settings;
	exchange: Exchange;
	ids: string[];
	/** Ids per call. */
	size: number;
	result: IDataObject;
	deed?: Partial<Deed>;
}

/**
 * Handles operations on things by id. Items that ask the same of Zoho become one batch: every id
 * is sent once, as many to a call as Zoho takes, and each item gets the outcomes of the ids that
 * it named.
 */
export function batch(options: Batch): Handling {
	return handling(
		(item) => ask(options, item),
		async (asks, connection) => {
			const sendings = new Map<string, Sending>();
			const joined = asks.map((one) => {
				const key = JSON.stringify([one.request, one.settings, one.size]);
				const sending = sendings.get(key) ?? new Sending(connection, options, one, key);
				sendings.set(key, sending);
				return sending.add(one.ids);
			});
			await mapLimited([...sendings.values()], connection.concurrency, async (sending) => {
				await sending.carry();
			});
			return asks.map((one, position) => one.ids.map((id) => joined[position].outcome(id, one)));
		},
	);
}

function ask(options: Batch, item: Item): Ask {
	const { parameter, idKey, most, request, settings, exchange, result, deed } = options;
	const allowed = typeof most === 'number' ? most : most(item);
	const { batchSize = allowed } = item.value<{ batchSize?: number }>('options', {});
	return {
		request: { ...item.request(idKey), ...request?.(item) },
		settings: settings?.(item) ?? {},
		exchange: exchange?.(item) ?? byList(idKey),
		ids: item.ids(parameter),
		size: Math.max(1, Math.min(allowed, batchSize)),
		result: result?.(item) ?? {},
		deed: deed?.(item),
	};
}

/** All ids that go to one address, and what becomes of them. */
class Sending {
	private readonly ids = new Set<string>();

	private readonly verdicts = new Map<string, Verdict>();

	/** Verdicts that outlive the run where n8n may start it over. */
	private readonly remembered?: Map<string, IDataObject>;

	/** Ids per call; shrinks when Zoho finds a call too long. */
	private size: number;

	/** A refusal that every further call would meet as well. */
	private final?: Refusal;

	private probed?: Promise<boolean>;

	constructor(
		private readonly connection: Connection,
		private readonly options: Batch,
		private readonly ask: Ask,
		key: string,
	) {
		this.size = ask.size;
		this.remembered = connection.memory?.(key);
	}

	add(ids: string[]): this {
		for (const id of ids) this.ids.add(id);
		return this;
	}

	async carry(): Promise<void> {
		for (const [id, verdict] of this.remembered ?? []) {
			this.verdicts.set(id, verdict as unknown as Verdict);
		}
		await this.sendInParts([...this.ids].filter((id) => !this.verdicts.has(id)));
	}

	outcome(id: string, { result, deed }: Ask): Outcome {
		const subject = { [this.options.idKey]: id };
		const verdict = this.verdicts.get(id) ?? { refusal: refusal(0, 'NOT_MENTIONED') };
		if ('refusal' in verdict) return { subject, refusal: verdict.refusal, deed };
		const { row, output } = verdict;
		return { subject, json: { ...subject, ...result, ...output, ...outcomeOf(row) } };
	}

	private async sendInParts(ids: string[]): Promise<void> {
		const parts = chunk(ids, this.size);
		await mapLimited(parts, this.connection.concurrency, async (part) => await this.send(part));
	}

	private async send(ids: string[]): Promise<void> {
		if (this.final) {
			this.refuse(ids, { ...this.final, unsent: true });
		} else if (ids.length > this.size) {
			await this.sendInParts(ids);
		} else {
			try {
				const { exchange, request, settings } = this.ask;
				await this.take(ids, await exchange(this.connection, request, ids, settings));
			} catch (error) {
				await this.isolate(ids, failedBy(error, {}).refusal);
			}
		}
	}

	/** Where a call was refused for ids that the answer names, the others are sent without them. */
	private async take(ids: string[], { verdicts, untouched }: Reading): Promise<void> {
		for (const [id, verdict] of verdicts) this.settle(id, verdict);
		const left = ids.filter((id) => !verdicts.has(id));
		if (left.length === 0) return;
		if (!untouched) this.refuse(left, { ...refusal(0, 'NOT_MENTIONED'), uncertain: true });
		else if (left.length < ids.length) await this.send(left);
		else await this.isolate(ids, untouched);
	}

	/**
	 * Deals with a call that was refused as a whole, for all of its n ids. If it was too long, or
	 * k of the ids may be the cause, the two halves are sent on their own, and so on. That takes at
	 * most 2k⌈log₂ n⌉ more calls, never more than 2n, and everybody else is done.
	 */
	private async isolate(ids: string[], refused: Refusal): Promise<void> {
		if (isFinal(refused)) this.final = refused;
		const half = Math.ceil(ids.length / 2);
		if (ids.length > 1 && isTooLong(refused)) {
			this.size = Math.min(this.size, half);
		} else if (ids.length === 1 || !(await this.mayBeAboutIds(refused))) {
			this.refuse(ids, refused);
			return;
		}
		await Promise.all([this.send(ids.slice(0, half)), this.send(ids.slice(half))]);
	}

	private async mayBeAboutIds(refused: Refusal): Promise<boolean> {
		const { httpStatus, details } = refused;
		if (isFinal(refused) || refused.uncertain || httpStatus === 0 || httpStatus >= 500)
			return false;
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
			return (await send(this.connection, probe(this.ask.request))).rows.length > 0;
		} catch {
			return false;
		}
	}

	private refuse(ids: string[], refused: Refusal): void {
		for (const id of ids) this.settle(id, { refusal: refused });
	}

	private settle(id: string, verdict: Verdict): void {
		this.verdicts.set(id, verdict);
		if (isLasting('refusal' in verdict ? verdict.refusal : undefined, this.ask.request)) {
			this.remembered?.set(id, verdict as unknown as IDataObject);
		}
	}
}

/** The usual exchange: one call that names the ids in its path or its query. */
function byList(idKey: string): Exchange {
	const placeholder = `{${idKey}}`;
	return async (connection, request, ids) => {
		const list = ids.join(',');
		const answer = await send(
			connection,
			request.path.includes(placeholder)
				? { ...request, path: request.path.replace(placeholder, list) }
				: { ...request, query: { ...request.query, [`${idKey}s`]: list } },
		);
		return readRows(answer, ids, idKey);
	};
}

/**
 * Reads the rows of an answer, which name their id under `details[idKey]`. An answer to a call for
 * one id need not name it.
 */
export function readRows(answer: Answer, ids: string[], idKey: string): Reading {
	const verdicts = new Map<string, Verdict>();
	const asked = new Set(ids);
	for (const row of answer.rows) {
		const details = isObject(row.details) ? row.details : {};
		const id = ids.length === 1 ? ids[0] : String(details[idKey] ?? '');
		if (!asked.has(id)) continue;
		const refused = rowRefusal(answer, row);
		verdicts.set(id, refused ? { refusal: refused } : { row });
	}
	if (answer.httpStatus < 300) return { verdicts };
	const [row = {}] = answer.rows;
	return { verdicts, untouched: rowRefusal(answer, row) };
}

/**
 * Whether a call was refused for its length. Besides the two HTTP statuses for that, Zoho's
 * OpenAPI files give a maximum length for the list of ids.
 */
function isTooLong({ httpStatus, details }: Refusal): boolean {
	return httpStatus === 413 || httpStatus === 414 || details.maximum_length !== undefined;
}

function chunk<T>(list: readonly T[], size: number): T[][] {
	const parts: T[][] = [];
	for (let start = 0; start < list.length; start += size)
		parts.push(list.slice(start, start + size));
	return parts;
}
