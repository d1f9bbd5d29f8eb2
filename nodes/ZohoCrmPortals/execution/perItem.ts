import type { IDataObject } from 'n8n-workflow';

import type { OperationLabels } from '../errors/messages';
import { mapWithConcurrency } from '../transport/concurrency';
import type { Connection } from '../transport/connection';
import { dataOf } from '../transport/error';
import { isObject } from '../transport/exactJson';
import { isLasting } from '../transport/request';
import type { ZohoRequest } from '../transport/request';
import { readItems } from './operation';
import type { Outcome, Strategy } from './operation';
import type { ItemParameters } from './parameters';
import type { Result, Run } from './run';

/** What an item asks, as plain JSON. */
interface Group {
	/** Names what the item is about, for texts and outcomes. */
	subject: IDataObject;
	request: ZohoRequest;
}

interface PerItem<G extends Group> {
	/** Reads what an item asks. Throws NodeOperationError for what must not be sent. */
	group: (item: ItemParameters) => G;
	/** Makes the call or calls, and returns the output. */
	send: (connection: Connection, group: G) => Promise<IDataObject>;
	/** Texts that depend on the parameters. */
	labels?: (group: G) => Partial<OperationLabels>;
}

/** Runs operations in which every item is a call of its own and has one result. */
export function perItem<G extends Group>({ group, send, labels }: PerItem<G>): Strategy {
	const sendOne = async (run: Run, index: number, asked: G): Promise<Outcome> => {
		const { subject, request } = asked;
		const remembered = request.method === 'GET' ? undefined : run.memory?.(JSON.stringify(asked));
		const result: Result =
			remembered?.get(String(index)) ??
			(await send(run.connection, asked).then(
				(output) => ({ output }),
				(error) => ({ error: dataOf(error) }),
			));
		const error = 'error' in result ? result.error : undefined;
		if (isLasting(error, request)) remembered?.set(String(index), result);
		return 'error' in result
			? { subject, error: result.error, labels: labels?.(asked) }
			: { subject, json: result.output };
	};
	return (items) =>
		readItems(
			items,
			(item) => ({ index: item.index, group: group(item) }),
			async (run, asked) =>
				await mapWithConcurrency(asked, run.connection.concurrency, async (one) => [
					await sendOne(run, one.index, one.group),
				]),
		);
}

/** What every write returns beside its subject. Some answers are the whole object without them. */
export function outcomeOf({ code, message }: IDataObject): IDataObject {
	return { code: code ?? 'SUCCESS', message: message ?? '' };
}

/** ID of what was created: under `details`, or in the whole object where Zoho answers with that. */
export function createdId({ details, id }: IDataObject): string {
	return String((isObject(details) ? details.id : undefined) ?? id);
}
