import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../execution/parameters';
import { shownFor } from './fields';
import { pick } from './pick';

/** How much of an object an item asks for: the names of its fields, or all. */
export type OutputFields = string[] | 'all';

/** What of an object is returned where Zoho gives many fields. */
export interface Output {
	/** Parameters that ask for it. */
	parameters: INodeProperties[];
	/** Reads what an item asks for. */
	fields: (item: ItemParameters) => OutputFields;
}

/** Leaves in an object what was asked for. */
export function trim(row: IDataObject, fields: OutputFields): IDataObject {
	return fields === 'all' ? row : pick(row, fields);
}

/**
 * @param simplified fields that most workflows need
 * @param others further fields to choose from
 */
export function outputOf(resource: string, simplified: string[], others: string[]): Output {
	const shown = { resource: [resource], operation: ['get', 'getAll'] };
	return {
		parameters: [
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				default: 'simplified',
				options: [
					{
						name: 'Raw',
						value: 'raw',
						description: 'All that Zoho answers',
					},
					{
						name: 'Selected Fields',
						value: 'selected',
						description: 'The fields you choose',
					},
					{
						name: 'Simplified',
						value: 'simplified',
						description: simplified.join(', '),
					},
				],
				description: 'How much to return',
				...shownFor(shown),
			},
			{
				displayName: 'Fields',
				name: 'outputFields',
				type: 'multiOptions',
				default: [],
				options: [...simplified, ...others].sort().map((value) => ({ name: value, value })),
				description: 'Fields to return, by their API names',
				...shownFor({ ...shown, output: ['selected'] }),
			},
		],
		fields: (item) => {
			switch (item.value<string>('output', 'simplified')) {
				case 'raw':
					return 'all';
				case 'selected':
					return item.value<string[]>('outputFields', []);
				default:
					return simplified;
			}
		},
	};
}
