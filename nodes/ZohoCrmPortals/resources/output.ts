import type { IDataObject } from 'n8n-workflow';

import { choice, texts } from '../form/field';
import type { AnyField } from '../form/field';
import type { Item } from '../form/item';
import { pick } from '../http/pick';

/** The fields that an item asks for: their names, or all. */
export type OutputFields = string[] | 'all';

/** The choice of fields to return, for objects with many fields. */
export interface Output {
	/** The form fields of this choice. */
	fields: AnyField[];
	/** Reads the choice of an item. */
	read: (item: Item) => OutputFields;
}

/** Keeps only the requested fields of an object. */
export function trim(row: IDataObject, fields: OutputFields): IDataObject {
	return fields === 'all' ? { ...row } : pick(row, fields);
}

/**
 * @param simplified the fields that most workflows need
 * @param others more fields to choose from
 */
export function outputOf(simplified: string[], others: string[]): Output {
	const output = choice({
		displayName: 'Output',
		name: 'output',
		default: 'simplified',
		options: [
			{ name: 'Raw', value: 'raw', description: 'Everything that Zoho returns' },
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
