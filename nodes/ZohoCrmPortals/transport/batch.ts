import type { IDataObject } from 'n8n-workflow';

import { isObject, refusal, rowRefusal } from './answer';
import type { Answer, Refusal } from './answer';
import { failedBy, isFinal } from './errors';
import type { Item } from './item';
import { mapLimited } from './limit';
import { handling } from './operation';
import type { Handling, Outcome } from './operation';
import { send } from './send';
import type { Connection, ZohoRequest } from './send';
import { outcomeOf } from './single';

interface Batch {
	/** Parameter that holds the ids. */
	parameter: string;
	/**
	 * What Zoho calls the id in its answers and this node in its output. Ids go to the placeholder
	 * of that name in the path, else comma-separated into the query under this name plus "s".
	 */
	idKey: string;
	/** Ids that Zoho takes in one call. */
	most: number;
	/** Adds to the declared request what only the parameters say. */
	request?: (item: Item) => Partial<ZohoRequest>;
	/** Says in the output what was done to an id. */
	result: (item: Item) => IDataObject;
	/** Says in texts what was to be done, where that depends on the parameters. */
	done?: (item: Item) => string;
	/** A read that finds something only if portal and user type exist. */
	probe?: (request: ZohoRequest) => ZohoRequest;
}

interface Ask {
	request: ZohoRequest;
	ids: string[];
	/** Ids per call. */
	size: number;
	result: IDataObject;
	done?: string;
}

/**
 * Handles operations on things by id. Items that ask the same of Zoho become one batch: every id
 * is sent once, as many to a call as Zoho takes, and each item gets the outcomes of the ids that
 * it named.
 */
export function batch(options: Batch): Handling {
	const { parameter, idKey, most, request, result, done } = options;
	return handling(
		(item): Ask => {
			const { batchSize = most } = item.value<{ batchSize?: number }>('options', {});
			return {
				request: { ...item.request(idKey), ...request?.(item) },
				ids: item.ids(parameter),
				size: Math.max(1, Math.min(most, batchSize)),
				result: result(item),
				done: done?.(item),
			};
		},
		async (asks, connection) => {
			const sendings = new Map<string, Sending>();
			const joined = asks.map((ask) => {
				const key = JSON.stringify([ask.request, ask.size]);
				const sending = sendings.get(key) ?? new Sending(connection, options, ask);
				sendings.set(key, sending);
				return sending.add(ask.ids);
			});
			await mapLimited([...sendings.values()], connection.concurrency, async (sending) => {
				await sending.carry();
			});
			return asks.map((ask, position) => ask.ids.map((id) => joined[position].outcome(id, ask)));
		},
	);
}

/** The row in which Zoho says that it is done, or why it is not. */
type Verdict = { row: IDataObject } | { refusal: Refusal };

/** All ids that go to one address, and what becomes of them. */
class Sending {
	private readonly ids = new Set<string>();

	private readonly verdicts = new Map<string, Verdict>();

	private readonly request: ZohoRequest;

	/** Ids per call; shrinks when Zoho finds a call too long. */
	private size: number;

	/** A refusal that every further call would meet as well. */
	private final?: Refusal;

	private probed?: Promise<boolean>;

	constructor(
		private readonly connection: Connection,
		private readonly options: Batch,
		{ request, size }: Ask,
	) {
		this.request = request;
		this.size = size;
	}

	add(ids: string[]): this {
		for (const id of ids) this.ids.add(id);
		return this;
	}

	async carry(): Promise<void> {
		await this.sendInParts([...this.ids]);
	}

	outcome(id: string, { result, done }: Ask): Outcome {
		const subject = { [this.options.idKey]: id };
		const verdict = this.verdicts.get(id) ?? { refusal: refusal(0, 'NOT_MENTIONED') };
		if ('refusal' in verdict) return { subject, refusal: verdict.refusal, done };
		return { subject, json: { ...subject, ...result, ...outcomeOf(verdict.row) } };
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
				await this.read(ids, await send(this.connection, this.requestFor(ids)));
			} catch (error) {
				await this.isolate(ids, failedBy(error, {}).refusal);
			}
		}
	}

	private requestFor(ids: string[]): ZohoRequest {
		const placeholder = `{${this.options.idKey}}`;
		const list = ids.join(',');
		return this.request.path.includes(placeholder)
			? { ...this.request, path: this.request.path.replace(placeholder, list) }
			: { ...this.request, query: { ...this.request.query, [`${this.options.idKey}s`]: list } };
	}

	/**
	 * Takes from an answer what it says of each id. Where a call was refused for some ids that the
	 * answer names, nothing was done for the others yet: they are sent again without those.
	 */
	private async read(ids: string[], answer: Answer): Promise<void> {
		const open = new Set(ids);
		for (const row of answer.rows) {
			const id = ids.length === 1 ? ids[0] : this.idIn(row);
			if (!open.delete(id)) continue;
			const refused = rowRefusal(answer, row);
			this.verdicts.set(id, refused ? { refusal: refused } : { row });
		}
		const left = [...open];
		if (left.length === 0) return;
		if (answer.httpStatus < 300) {
			this.refuse(left, { ...refusal(answer.httpStatus, 'NOT_MENTIONED'), uncertain: true });
		} else if (left.length < ids.length) {
			await this.send(left);
		} else {
			const [row] = answer.rows;
			await this.isolate(ids, rowRefusal(answer, row) ?? refusal(answer.httpStatus, '', row));
		}
	}

	/** Where Zoho's answers name the id: details.personality_id, or details.id for CRM users. */
	private idIn(row: IDataObject): string {
		const details = isObject(row.details) ? row.details : {};
		return String(details[this.options.idKey] ?? '');
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
			return (await send(this.connection, probe(this.request))).rows.length > 0;
		} catch {
			return false;
		}
	}

	private refuse(ids: string[], refused: Refusal): void {
		for (const id of ids) this.verdicts.set(id, { refusal: refused });
	}
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
