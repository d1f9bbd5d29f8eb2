import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../transport/item';
import { shownFor } from './fields';
import { pick } from './pick';

/** What of an object is returned where Zoho gives many fields. */
export interface Output {
	/** Parameters that ask for it. */
	parameters: INodeProperties[];
	/** Leaves in an object what the item asks for. */
	trim: (row: IDataObject, item: Item) => IDataObject;
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
				default: 'raw',
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
		trim: (row, item) => {
			switch (item.value<string>('output', 'raw')) {
				case 'simplified':
					return pick(row, simplified);
				case 'selected':
					return pick(row, item.value<string[]>('outputFields', []));
				default:
					return row;
			}
		},
	};
}
