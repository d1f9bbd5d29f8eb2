import { ExecuteContext, SupplyDataContext } from 'n8n-core';
import { createRunExecutionData, NodeConnectionTypes } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteData,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	NodeApiError,
	Workflow,
} from 'n8n-workflow';

import { zohoNode } from './engine';
import type { Engine, NodeSetup } from './engine';
import { NODE_TYPE } from './types';

/** The node in a workflow, as a tool of an agent. */
export interface Tool {
	engine: Engine;
	workflow: Workflow;
	node: INode;
	type: INodeType;
}

/** The answer of a tool: items, or the error of its last try. */
export interface ToolAnswer {
	items: IDataObject[];
	error?: NodeApiError;
}

/** Calls a prepared tool, with the same data each time. */
type ToolCall = () => Promise<IDataObject[]>;

export function setUpTool(engine: Engine, setup: Omit<NodeSetup, 'input' | 'mode'>): Tool {
	const agent = { ...zohoNode({ parameters: {} }), id: 'agent', name: 'Agent' };
	const workflow = engine.workflow({ nodes: [zohoNode(setup), agent], connections: {} });
	const type: INodeType = engine.nodeTypes.getByNameAndVersion(NODE_TYPE);
	return { engine, workflow, node: workflow.nodes.Zoho, type };
}

/**
 * Calls for an agent that runs its tools itself: n8n passes the data of the agent, which is the
 * same each time (n8n-core, get-input-connection-data.ts, makeHandleToolInvocation).
 */
export function byAgent({ engine, workflow, node, type }: Tool, json: IDataObject): ToolCall {
	const executeData: IExecuteData = {
		node: workflow.nodes.Agent,
		// A tool is called once, regardless of the number of items of its agent.
		data: { main: [[{ json: {} }, { json: {} }, { json: {} }]] },
		source: null,
	};
	return async () => {
		const context = new SupplyDataContext(
			workflow,
			node,
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
		context.addInputData(NodeConnectionTypes.AiTool, [[{ json }]]);
		return jsonsOf(await type.execute?.call(context as never));
	};
}

/**
 * Calls through n8n's engine, on request of an agent. The engine repeats a node with the same data.
 */
export function byEngine({ engine, workflow, node, type }: Tool, json: IDataObject): ToolCall {
	const { resource, operation } = node.parameters;
	const inputData = { [NodeConnectionTypes.AiTool]: [[{ json }]] };
	const executeData: IExecuteData = { node, data: inputData, source: null };
	return async () => {
		const context = new ExecuteContext(
			workflow,
			node,
			engine.additionalData(),
			'trigger',
			createRunExecutionData({}),
			0,
			inputData[NodeConnectionTypes.AiTool][0],
			inputData,
			executeData,
			[],
		);
		const run = type.customOperations?.[String(resource)][String(operation)];
		return jsonsOf(await run?.call(context));
	};
}

/**
 * Parameters in which the agent provides the values of expressions on input data (`$json.name`).
 */
export function fromAgent(parameters: INodeParameters): INodeParameters {
	const text = JSON.stringify(parameters).replace(/\$json\.(\w+)/g, "$fromAI('$1')");
	return JSON.parse(text) as INodeParameters;
}

/** Calls the node as an agent does, and repeats it after an error, according to its settings. */
export async function callTool(
	engine: Engine,
	setup: Omit<NodeSetup, 'input' | 'mode'>,
	input: IDataObject,
	tries: number,
): Promise<ToolAnswer> {
	const call = byAgent(setUpTool(engine, setup), input);
	let answer: ToolAnswer = { items: [] };
	for (let tried = 1; tried <= tries; tried++) {
		try {
			return { items: await call() };
		} catch (error) {
			answer = { items: [], error: error as NodeApiError };
		}
	}
	return answer;
}

function jsonsOf(result: unknown): IDataObject[] {
	return (result as INodeExecutionData[][]).flatMap((output) => output.map(({ json }) => json));
}
