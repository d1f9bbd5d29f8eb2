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

/** The node in a workflow, as the tool of an agent. */
export interface Tool {
	engine: Engine;
	workflow: Workflow;
	node: INode;
	type: INodeType;
}

/** What a tool answered: items, or the error of its last try. */
export interface ToolAnswer {
	items: IDataObject[];
	error?: NodeApiError;
}

/** Calls a tool with what it was prepared for: the same data, each time. */
type ToolCall = () => Promise<IDataObject[]>;

export function setUpTool(engine: Engine, setup: Omit<NodeSetup, 'input' | 'mode'>): Tool {
	const agent = { ...zohoNode({ parameters: {} }), id: 'agent', name: 'Agent' };
	const workflow = engine.workflow({ nodes: [zohoNode(setup), agent], connections: {} });
	const type: INodeType = engine.nodeTypes.getByNameAndVersion(NODE_TYPE);
	return { engine, workflow, node: workflow.nodes.Zoho, type };
}

/**
 * By an agent that invokes its tools itself: n8n hands over the data of the agent, the same each
 * time (n8n-core, get-input-connection-data.ts, makeHandleToolInvocation).
 */
export function byAgent({ engine, workflow, node, type }: Tool, json: IDataObject): ToolCall {
	const executeData: IExecuteData = {
		node: workflow.nodes.Agent,
		// A tool is called once, however many items its agent has.
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

/** By n8n's engine for an agent that asks it to; it starts a node over with the data that it had. */
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

/** Parameters whose expressions on input data (`$json.name`) an agent fills in instead. */
export function fromAgent(parameters: INodeParameters): INodeParameters {
	const text = JSON.stringify(parameters).replace(/\$json\.(\w+)/g, "$fromAI('$1')");
	return JSON.parse(text) as INodeParameters;
}

/** Calls the node as an agent does, again after an error, as often as it is set to. */
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
