import type { IDataObject } from 'n8n-workflow';

import { refusal, rowRefusal } from './answer';
import type { Answer } from './answer';
import { failedBy, Refused } from './errors';
import type { Item } from './item';
import { mapLimited } from './limit';
import { handling } from './operation';
import type { Handling, Outcome } from './operation';
import { send } from './send';
import type { Connection, ZohoRequest } from './send';

interface Single {
	/** Names what the item is about, for texts and outcomes. */
	subject: (item: Item) => IDataObject;
	/** Adds to the declared request what only the parameters say. */
	request?: (item: Item) => Partial<ZohoRequest>;
	/** Adds to the request what Zoho has to be asked for first. */
	complete?: (request: ZohoRequest, connection: Connection) => Promise<ZohoRequest>;
	/** Makes the output of the one row that Zoho answered. */
	result: (row: IDataObject, subject: IDataObject) => IDataObject;
}

interface Ask {
	subject: IDataObject;
	request: ZohoRequest;
	/** Tells the item from others that ask the same. */
	index: number;
}

/** Handles operations in which every item is a call of its own and has one result. */
export function single({ subject, request, complete, result }: Single): Handling {
	const carryOne = async (ask: Ask, connection: Connection): Promise<Outcome> => {
		const { subject: whom, request: declared, index } = ask;
		const reading = declared.method === 'GET';
		const remembered = reading ? undefined : connection.memory?.(JSON.stringify(declared));
		try {
			let row = remembered?.get(String(index));
			if (!row) {
				const full = (await complete?.(declared, connection)) ?? declared;
				row = onlyRow(await send(connection, full), reading);
				remembered?.set(String(index), row);
			}
			return { subject: whom, json: result(row, whom) };
		} catch (error) {
			return failedBy(error, whom);
		}
	};
	return handling(
		(item): Ask => ({
			subject: subject(item),
			request: { ...item.request(), ...request?.(item) },
			index: item.index,
		}),
		async (asks, connection) =>
			await mapLimited(asks, connection.concurrency, async (ask) => [
				await carryOne(ask, connection),
			]),
	);
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
