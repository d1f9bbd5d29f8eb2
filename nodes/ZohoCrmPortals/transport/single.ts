import type { IDataObject } from 'n8n-workflow';

import { isObject, refusal, rowRefusal } from './answer';
import type { Answer, Refusal } from './answer';
import { failedBy, Refused } from './errors';
import type { Deed } from './errors';
import type { Item } from './item';
import { mapLimited } from './limit';
import { handling } from './operation';
import type { Handling, Outcome } from './operation';
import { isLasting, send } from './send';
import type { Connection, ZohoRequest } from './send';

/** A request with all that Zoho wants to know. */
export interface Completed {
	request: ZohoRequest;
	/** What to say in the output about what was added to the request. */
	output?: IDataObject;
}

interface Single {
	/** Names what the item is about, for texts and outcomes. */
	subject: (item: Item) => IDataObject;
	/** Adds to the declared request what only the parameters say. */
	request?: (item: Item) => Partial<ZohoRequest>;
	/** Adds to the request what Zoho has to be asked for first. */
	complete?: (request: ZohoRequest, connection: Connection, item: Item) => Promise<Completed>;
	/** Makes the output of the one row that Zoho answered. */
	result: (row: IDataObject, subject: IDataObject, item: Item) => IDataObject;
	/** Texts that depend on the parameters. */
	deed?: (item: Item) => Partial<Deed>;
}

interface Ask {
	item: Item;
	subject: IDataObject;
	request: ZohoRequest;
	deed?: Partial<Deed>;
}

/** What became of a write: Zoho's row, with what `complete` has to say, or why it was refused. */
type Verdict = { row: IDataObject; output?: IDataObject } | { refusal: Refusal };

/** Handles operations in which every item is a call of its own and has one result. */
export function single({ subject, request, complete, result, deed }: Single): Handling {
	const call = async ({ item, request: declared }: Ask, connection: Connection) => {
		const { request: full, output }: Completed = complete
			? await complete(declared, connection, item)
			: { request: declared };
		const row = onlyRow(await send(connection, full), declared.method === 'GET');
		return { row, output };
	};
	const carryOne = async (ask: Ask, connection: Connection): Promise<Outcome> => {
		const { item, subject: whom } = ask;
		const writing = ask.request.method !== 'GET';
		const remembered = writing ? connection.memory?.(JSON.stringify(ask.request)) : undefined;
		const before = remembered?.get(String(item.index)) as Verdict | undefined;
		const verdict: Verdict = before ?? (await call(ask, connection).catch(refusalOf));
		const refused = 'refusal' in verdict ? verdict.refusal : undefined;
		if (isLasting(refused, ask.request)) {
			remembered?.set(String(item.index), verdict as unknown as IDataObject);
		}
		return 'refusal' in verdict
			? { subject: whom, refusal: verdict.refusal, deed: ask.deed }
			: { subject: whom, json: { ...result(verdict.row, whom, item), ...verdict.output } };
	};
	return handling(
		(item): Ask => ({
			item,
			subject: subject(item),
			request: { ...item.request(), ...request?.(item) },
			deed: deed?.(item),
		}),
		async (asks, connection) =>
			await mapLimited(asks, connection.concurrency, async (ask) => [
				await carryOne(ask, connection),
			]),
	);
}

function refusalOf(error: unknown): Verdict {
	return { refusal: failedBy(error, {}).refusal };
}

/**
 * The one row of an answer. Zoho answers 204 without a body for what does not exist when it is
 * read, and for some writes when they are done.
 *
 * @throws Refused when the row is a refusal or there is none to read
 */
export function onlyRow(answer: Answer, reading: boolean): IDataObject {
	const [row] = answer.rows;
	if (!row && reading) throw new Refused(refusal(answer.httpStatus, 'NOT_FOUND'));
	if (!row) return {};
	const refused = rowRefusal(answer, row);
	if (refused) throw new Refused(refused);
	return row;
}

/** What every write returns beside its subject. Some answers are the whole object without them. */
export function outcomeOf({ code, message }: IDataObject): IDataObject {
	return { code: code ?? 'SUCCESS', message: message ?? '' };
}

/** ID of what was created: under `details`, or in the whole object where Zoho answers with that. */
export function createdId({ details, id }: IDataObject): string {
	return String((isObject(details) ? details.id : undefined) ?? id);
}
