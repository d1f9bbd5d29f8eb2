import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';

import { isObject } from '../transport/answer';
import { whereOf } from '../transport/credential';
import { failedBy, nodeError } from '../transport/errors';
import { DEFAULT_CONCURRENCY } from '../transport/send';
import type { Connection } from '../transport/send';

/** Opens the connection of a picker and puts refusals into words. */
export async function ask<T>(
	context: ILoadOptionsFunctions,
	thing: string,
	scope: string,
	read: (connection: Connection) => Promise<T>,
): Promise<T> {
	const node = context.getNode();
	const connection: Connection = { context, node, concurrency: DEFAULT_CONCURRENCY };
	try {
		return await read(connection);
	} catch (error) {
		const deed = { thing, done: 'listed', scope, where: await whereOf(connection) };
		throw nodeError(node, deed, [failedBy(error, {})], []);
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
