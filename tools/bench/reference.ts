import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodePropertyRouting, INodeType, INodeTypeDescription } from 'n8n-workflow';

/** Nodes for comparison: the cost of n8n itself, written as in its documentation. */

const common = (name: string): Omit<INodeTypeDescription, 'properties'> => ({
	displayName: name,
	name,
	group: ['transform'],
	version: 1,
	description: name,
	defaults: { name },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
});

/** Reads one parameter of every item and returns an item, without a request. */
export const programmatic: INodeType = {
	description: {
		...common('programmatic'),
		properties: [{ displayName: 'IDs', name: 'personalityIds', type: 'string', default: '' }],
	},
	async execute() {
		return [
			this.getInputData().map((_, item) => ({
				json: { personality_id: this.getNodeParameter('personalityIds', item) as string },
				pairedItem: { item },
			})),
		];
	},
};

const users =
	'=/settings/portals/{{ $parameter.portal.value }}/user_type/{{ $parameter.userType.value }}/users';

/** A declarative node that takes IDs and sends them as its routing says. */
function routed(name: string, routing: INodePropertyRouting): INodeType {
	return {
		description: {
			...common(name),
			credentials: [{ name: 'zohoCrmPortalsOAuth2Api', required: true }],
			requestDefaults: { baseURL: '={{ $credentials.apiUrl }}/crm/v8' },
			properties: [
				{ displayName: 'IDs', name: 'personalityIds', type: 'string', default: '', routing },
			],
		},
	};
}

/**
 * A declarative node with the usual expressions, which returns an item instead of sending its
 * request.
 */
export const declarative = routed('declarative', {
	request: { method: 'DELETE', url: users },
	send: { type: 'query', property: 'personality_ids', paginate: true },
	operations: { pagination: async () => [{ json: {} }] },
});

/** A typical declarative node: one call for every item, all at once, without retries. */
export function perItem(method: 'DELETE' | 'POST' | 'PUT', url: string): INodeType {
	return routed('perItem', { request: { method, url } });
}
