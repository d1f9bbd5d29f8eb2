import { SupplyDataContext } from 'n8n-core';
import { createRunExecutionData, NodeConnectionTypes } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteData,
	INodeExecutionData,
	INodeType,
	NodeApiError,
} from 'n8n-workflow';

import { zohoNode } from './engine';
import type { Engine, NodeSetup } from './engine';
import { NODE_TYPE } from './types';

/** What a tool answered: items, or the error of its last try. */
export interface ToolAnswer {
	items: IDataObject[];
	error?: NodeApiError;
}

/**
 * Calls the node the way an agent does that invokes its tools itself: again after an error, as often
 * as the node is set to ("Retry On Fail"), with the same input
 * (n8n-core, get-input-connection-data.ts, makeHandleToolInvocation).
 */
export async function callTool(
	engine: Engine,
	node: Omit<NodeSetup, 'input' | 'mode'>,
	input: IDataObject,
	tries: number,
): Promise<ToolAnswer> {
	const agent = { ...zohoNode({ parameters: {} }), id: 'agent', name: 'Agent' };
	const workflow = engine.workflow({ nodes: [zohoNode(node), agent], connections: {} });
	const executeData: IExecuteData = {
		node: workflow.nodes.Agent,
		data: { main: [[{ json: {} }]] },
		source: null,
	};
	const type: INodeType = engine.nodeTypes.getByNameAndVersion(NODE_TYPE);
	let answer: ToolAnswer = { items: [] };
	for (let tried = 1; tried <= tries; tried++) {
		const context = new SupplyDataContext(
			workflow,
			workflow.nodes.Zoho,
			engine.additionalData(),
			'trigger',
			createRunExecutionData({}),
			0,
			[],
			{},
			NodeConnectionTypes.AiTool,
			executeData,
			[],
		);
		context.addInputData(NodeConnectionTypes.AiTool, [[{ json: input }]]);
		try {
			const result = (await type.execute?.call(context as never)) as INodeExecutionData[][];
			return { items: result.flatMap((output) => output.map(({ json }) => json)) };
		} catch (error) {
			answer = { items: [], error: error as NodeApiError };
		}
	}
	return answer;
}
