import { ExecuteContext, SupplyDataContext } from 'n8n-core';
import { createRunExecutionData, NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteData, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { DEALERS, PORTAL } from '../../emulator/seed';
import { zohoNode } from '../../harness/engine';
import { byId, byName, useHarness } from '../../harness/harness';
import { NODE_TYPE } from '../../harness/types';

// An agent, or n8n for it, calls a tool again that failed. It must not mail anybody twice.

const harness = useHarness();
const { calls } = harness;

beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

const parameters: INodeParameters = {
	resource: 'portalUser',
	operation: 'invite',
	portal: byName(PORTAL),
	userType: byId(DEALERS),
	module: byName('Contacts'),
	recordIds: "={{ $fromAI('record') }}",
	whenAlreadyInvited: 'resend',
};

/** An agent in a workflow, and our node as its tool. */
function setUp() {
	const tool = zohoNode({ parameters, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
	const agent = { ...zohoNode({ parameters: {} }), id: 'agent', name: 'Agent' };
	const workflow = harness.engine.workflow({ nodes: [tool, agent], connections: {} });
	const type: INodeType = harness.engine.nodeTypes.getByNameAndVersion(NODE_TYPE);
	return { workflow, type };
}

/** By the agent itself: n8n hands over the data of the agent, the same each time. */
function byAgent(record: string): () => Promise<INodeExecutionData[][]> {
	const { workflow, type } = setUp();
	const executeData: IExecuteData = {
		node: workflow.nodes.Agent,
		data: { main: [[{ json: {} }]] },
		source: null,
	};
	return async () => {
		const context = new SupplyDataContext(
			workflow,
			workflow.nodes.Zoho,
			harness.engine.additionalData(),
			'trigger',
			createRunExecutionData({}),
			0,
			[],
			{},
			NodeConnectionTypes.AiTool,
			executeData,
			[],
		);
		context.addInputData(NodeConnectionTypes.AiTool, [[{ json: { record } }]]);
		return (await type.execute?.call(context as never)) as INodeExecutionData[][];
	};
}

/** By n8n's engine, which starts a node over with the data that it had. */
function byEngine(record: string): () => Promise<INodeExecutionData[][]> {
	const { workflow, type } = setUp();
	const node = workflow.nodes.Zoho;
	const inputData = { [NodeConnectionTypes.AiTool]: [[{ json: { record } }]] };
	const executeData: IExecuteData = { node, data: inputData, source: null };
	return async () => {
		const context = new ExecuteContext(
			workflow,
			node,
			harness.engine.additionalData(),
			'trigger',
			createRunExecutionData({}),
			0,
			inputData[NodeConnectionTypes.AiTool][0],
			inputData,
			executeData,
			[],
		);
		const operation = type.customOperations?.portalUser.invite;
		return (await operation?.call(context)) as INodeExecutionData[][];
	};
}

describe.each([
	['by the agent itself', byAgent],
	['by the engine', byEngine],
])('called %s', (_, prepare) => {
	test.each(['reset', 500, 'cut', 'html', 'empty'] as const)(
		'an invitation whose answer was lost (%s) is not sent again',
		async (kind) => {
			const { id } = harness.emulator.world.addRecord();
			harness.emulator.faults.add({ kind, before: false, method: 'POST', times: 1 });
			const call = prepare(id);
			for (let tried = 1; tried <= 3; tried++) {
				await expect(call()).rejects.toMatchObject({
					message: expect.stringContaining(`It is not certain whether record ${id} was invited`),
				});
			}
			expect(calls()).toHaveLength(1);
			expect(harness.emulator.world.mails).toHaveLength(1);
		},
	);

	test('an invitation that was certainly refused is sent again', async () => {
		const { id } = harness.emulator.world.addRecord();
		harness.emulator.faults.add({
			kind: 'status',
			status: 403,
			code: 'FORBIDDEN',
			before: true,
			times: 1,
		});
		const call = prepare(id);
		await expect(call()).rejects.toMatchObject({
			message: expect.stringContaining('could not be invited'),
		});
		expect(await call()).toMatchObject([[{ json: { record_id: id, invited: true } }]]);
		expect(harness.emulator.world.mails).toHaveLength(1);
	});
});
