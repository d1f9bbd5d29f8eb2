import type { IExecuteData, INode } from 'n8n-workflow';

import type { Result, Run } from './run';

/** When n8n starts a run over ("Retry On Fail"), it hands over the same object. */
const memories = new WeakMap<IExecuteData, Map<string, Map<string, Result>>>();

/** What a run must not do again when n8n starts it over; nothing where n8n does not. */
export function retryMemory(node: INode, executeData: IExecuteData): Run['memory'] {
	// An agent's tools get the data of the agent, for every call the same.
	if (!node.retryOnFail || executeData.node.id !== node.id) return undefined;
	const memory = memories.get(executeData) ?? new Map<string, Map<string, Result>>();
	memories.set(executeData, memory);
	return (asked) => {
		const results = memory.get(asked) ?? new Map<string, Result>();
		memory.set(asked, results);
		return results;
	};
}
