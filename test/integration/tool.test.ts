import { ExecuteContext, SupplyDataContext } from 'n8n-core';
import { createRunExecutionData, NodeConnectionTypes } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteData,
	INodeExecutionData,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { DEALERS, PORTAL, UNKNOWN } from '../../emulator/seed';
import { zohoNode } from '../../harness/engine';
import { byId, byName, pairs, useHarness } from '../../harness/harness';
import { NODE_TYPE } from '../../harness/types';

const harness = useHarness();
const { calls } = harness;

const parameters: INodeParameters = {
	resource: 'portalUser',
	operation: 'changeStatus',
	portal: byName(PORTAL),
	userType: byId(DEALERS),
	personalityIds: "={{ $fromAI('user') }}",
	active: "={{ $fromAI('active') }}",
};

/** An agent in a workflow, and our node as its tool. */
function setUp(extra: object = {}) {
	const tool = zohoNode({ parameters, ...extra });
	const agent = { ...zohoNode({ parameters: {} }), id: 'agent', name: 'Agent' };
	const workflow = harness.engine.workflow({ nodes: [tool, agent], connections: {} });
	const executeData: IExecuteData = {
		node: workflow.nodes.Agent,
		data: { main: [[{ json: {} }, { json: {} }, { json: {} }]] },
		source: null,
	};
	const type = harness.engine.nodeTypes.getByName(NODE_TYPE) as INodeType;
	return { workflow, executeData, type };
}

/** Calls the tool the way an agent does that invokes its tools itself. */
async function invoke(
	{ workflow, executeData, type }: ReturnType<typeof setUp>,
	input: IDataObject,
) {
	const runData = createRunExecutionData({});
	const context = new SupplyDataContext(
		workflow,
		workflow.nodes.Zoho,
		harness.engine.additionalData(),
		'trigger',
		runData,
		0,
		[],
		{},
		NodeConnectionTypes.AiTool,
		executeData,
		[],
	);
	context.addInputData(NodeConnectionTypes.AiTool, [[{ json: input }]]);
	const result = await type.execute?.call(context as never);
	return (result as INodeExecutionData[][])[0].map(({ json }) => json);
}

/** Calls the tool the way n8n's engine does for an agent that asks it to. */
async function request({ workflow, type }: ReturnType<typeof setUp>, input: IDataObject) {
	const inputData = { [NodeConnectionTypes.AiTool]: [[{ json: input }]] };
	const node = workflow.nodes.Zoho;
	const context = new ExecuteContext(
		workflow,
		node,
		harness.engine.additionalData(),
		'trigger',
		createRunExecutionData({}),
		0,
		inputData[NodeConnectionTypes.AiTool][0],
		inputData,
		{ node, data: inputData, source: null },
		[],
	);
	const operation = type.customOperations?.portalUser.changeStatus;
	const result = await operation?.call(context);
	return (result as INodeExecutionData[][])[0].map(({ json }) => json);
}

test('can be used as a tool', () => {
	expect(harness.engine.nodeTypes.getByName(NODE_TYPE).description).toMatchObject({
		usableAsTool: true,
	});
});

test.each([
	['by the agent itself', invoke],
	['by the engine', request],
])('runs with what the model filled in, called %s', async (_, call) => {
	const [{ personality_id: user }] = harness.emulator.world.addPortalUsers(DEALERS, 1);
	const output = await call(setUp(), { user, active: false });
	expect(output).toMatchObject([{ personality_id: user, active: false }]);
	expect(calls()).toHaveLength(1);
});

test('tells the model what Zoho refused', async () => {
	const [{ personality_id: user }] = harness.emulator.world.addPortalUsers(DEALERS, 1, {
		confirm: false,
	});
	await expect(invoke(setUp(), { user, active: false })).rejects.toMatchObject({
		message: expect.stringContaining('has not accepted the invitation'),
		description: expect.stringContaining('Delete the portal user instead'),
	});
});

test('every call is made, also one that was made before', async () => {
	const [{ personality_id: user }] = harness.emulator.world.addPortalUsers(DEALERS, 1);
	const agent = setUp({ retryOnFail: true });
	await invoke(agent, { user, active: false });
	await invoke(agent, { user, active: true });
	await invoke(agent, { user, active: false });
	expect(calls()).toHaveLength(3);
	expect(harness.emulator.world.portalUsers.get(user)?.active).toBe(false);
});

test('two calls at the same time do not mix', async () => {
	const users = harness.emulator.world.addPortalUsers(DEALERS, 2);
	const agent = setUp();
	const outputs = await Promise.all(
		users.map(async ({ personality_id: user }) => await invoke(agent, { user, active: false })),
	);
	expect(outputs.map(([output]) => output.personality_id)).toEqual(
		users.map((user) => user.personality_id),
	);
});

test('the declared routing alone carries items one by one', async () => {
	const plain = Object.assign(new ZohoCrmPortals(), { customOperations: undefined });
	harness.engine.register('plain', plain);
	const users = harness.emulator.world.addPortalUsers(DEALERS, 2);
	const ids = [users[0].personality_id, UNKNOWN, users[1].personality_id];
	const result = await harness.engine.runNode({
		type: 'plain',
		parameters: { ...parameters, operation: 'delete', personalityIds: '={{ $json.id }}' },
		input: ids.map((id) => ({ id })),
		onError: 'continueErrorOutput',
	});
	expect(calls()).toHaveLength(3);
	expect(pairs(result.items)).toEqual([0, 2]);
	expect(pairs(result.errorItems)).toEqual([1]);
});
