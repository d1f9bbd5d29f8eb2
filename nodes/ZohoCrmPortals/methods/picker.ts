import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';

import { nodeError } from '../errors/nodeError';
import { accountOf, createConnection } from '../transport/connection';
import type { Connection } from '../transport/connection';
import { dataOf } from '../transport/error';
import { isObject } from '../transport/exactJson';

/** Reads what a picker offers; puts what goes wrong into words. */
export async function readOffer<T>(
	context: ILoadOptionsFunctions,
	thing: string,
	read: (connection: Connection) => Promise<T>,
): Promise<T> {
	const requestOptions: unknown = context.getNodeParameter('requestOptions', {});
	const connection = createConnection(context, isObject(requestOptions) ? requestOptions : {});
	try {
		return await read(connection);
	} catch (error) {
		const failure = { subject: {}, error: dataOf(error) };
		const labels = { thing, done: 'listed', account: await accountOf(connection) };
		throw nodeError(connection.node, labels, [failure]);
	}
}

/** What the picker shows: entries that contain the typed text, whatever its case, by name. */
export function matching(
	rows: IDataObject[],
	toEntry: (row: IDataObject) => INodeListSearchItems,
	filter = '',
): INodeListSearchItems[] {
	const wanted = filter.toLowerCase();
	return rows
		.map(toEntry)
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.sort(byName);
}

export function byName(a: { name: string }, b: { name: string }): number {
	return a.name.localeCompare(b.name);
}

/** The value of a resource locator that the picker depends on; empty when nothing is chosen yet. */
export function chosenValue(context: ILoadOptionsFunctions, parameter: string): string {
	const value = context.getNodeParameter(parameter, '');
	return String((isObject(value) && 'value' in value ? value.value : value) ?? '');
}
