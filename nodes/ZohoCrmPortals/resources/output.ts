import type { IDataObject } from 'n8n-workflow';

import { choice, texts } from '../form/field';
import type { AnyField } from '../form/field';
import type { Item } from '../form/item';
import { pick } from '../http/pick';

/** How much of an object an item asks for: the names of its fields, or all. */
export type OutputFields = string[] | 'all';

/** What of an object is returned where Zoho gives many fields. */
export interface Output {
	/** Ask for it. */
	fields: AnyField[];
	/** Reads what an item asks for. */
	read: (item: Item) => OutputFields;
}

/** Leaves in an object what was asked for. */
export function trim(row: IDataObject, fields: OutputFields): IDataObject {
	return fields === 'all' ? { ...row } : pick(row, fields);
}

/**
 * @param simplified fields that most workflows need
 * @param others further fields to choose from
 */
export function outputOf(simplified: string[], others: string[]): Output {
	const output = choice({
		displayName: 'Output',
		name: 'output',
		default: 'simplified',
		options: [
			{ name: 'Raw', value: 'raw', description: 'All that Zoho answers' },
			{ name: 'Selected Fields', value: 'selected', description: 'The fields you choose' },
			{ name: 'Simplified', value: 'simplified', description: simplified.join(', ') },
		],
		description: 'How much to return',
	});
	const selected = texts({
		displayName: 'Fields',
		name: 'outputFields',
		options: [...simplified, ...others].sort().map((value) => ({ name: value, value })),
		description: 'Fields to return, by their API names',
		displayOptions: { show: { output: ['selected'] } },
	});
	return {
		fields: [output, selected],
		read: (item) => {
			switch (item.read(output)) {
				case 'raw':
					return 'all';
				case 'selected':
					return item.read(selected);
				case 'simplified':
					return simplified;
			}
		},
	};
}
