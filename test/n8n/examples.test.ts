import { snapshot } from '../../emulator/control';
import { populate } from '../../emulator/lifelike';
import { exampleFiles, readExample } from '../../harness/examples';
import type { Execution, WorkflowFile } from '../../harness/n8n/client';
import { itemsOf, outputsOf } from '../../harness/n8n/client';
import { pressInChat } from './chat';
import { expectations } from './expectations';
import type { Output, Review, Run, Start, ToolCall } from './expectation';
import { ALL_SERIES } from '../../harness/n8n/install';
import type { Series } from '../../harness/n8n/install';
import { McpClient } from './mcp';
import { Model } from './model';
import { useN8n } from '../../harness/n8n/setup';
import type { Running } from '../../harness/n8n/setup';
import { NODE_TYPE } from '../../harness/types';
import { startWatching } from './watching';

const WEBHOOK = 'n8n-nodes-base.webhook';

test('every example has an expectation, and every expectation an example', () => {
	expect(exampleFiles).toEqual(Object.keys(expectations).sort());
});

/** Webhooks that have pinned data: by that an example can be tried without a call from elsewhere. */
const pinned = exampleFiles.flatMap((file) => {
	const { nodes, pinData = {} } = readExample(file);
	return Object.entries(pinData)
		.filter(([name]) => nodes.some((node) => node.name === name && node.type === WEBHOOK))
		.map(([trigger, items]) => [file, trigger, items] as const);
});

test('every webhook of an example has pinned data', () => {
	const webhooks = exampleFiles.flatMap((file) =>
		readExample(file)
			.nodes.filter(({ type }) => type === WEBHOOK)
			.map(({ name }) => [file, name]),
	);
	expect(pinned.map(([file, trigger]) => [file, trigger])).toEqual(webhooks);
});

/** What examples can be started with by hand, beside how they usually start. */
const byHand = Object.entries(expectations).flatMap(([file, { byHand: one }]) =>
	one ? [[file, one.trigger, one.check] as const] : [],
);

/** The runs of the examples that a version of n8n has the nodes for, by their names. */
const runsOn = (n8n: Series) =>
	Object.entries(expectations).flatMap(([file, { series = ALL_SERIES, otherwise, ...usual }]) => {
		if (!series.includes(n8n)) return [];
		const runs: Array<[name: string, file: string, run: Run]> = [[file, file, usual]];
		if (otherwise) runs.push([`${file} otherwise`, file, otherwise]);
		return runs;
	});

describe.each(ALL_SERIES)('n8n %s', (series) => {
	const running = useN8n(series);
	let model: Model;
	beforeAll(async () => {
		model = await Model.start();
		const key = { apiKey: 'example', url: model.url };
		await running.client.createCredential('OpenAI', 'openAiApi', key);
	});
	afterAll(async () => await model.stop());

	test.each(runsOn(series))('%s', async (_name, file, { start, check }) => {
		const { emulator } = running;
		populate(emulator.world);
		const before = snapshot(emulator.world);
		const workflow = readExample(file);
		if ('chat' in start) model.script = start.calls;
		const output =
			'mcp' in start
				? await callTools(running, workflow, start.mcp)
				: succeeded(await runExample(running, workflow, start));
		check(before, emulator, output);
	});

	test.each(pinned)('%s runs by hand on its pinned data', async (file, trigger, items) => {
		const { emulator, client } = running;
		populate(emulator.world);
		const id = await client.importWorkflow(readExample(file));
		const started = await client.start(id, trigger);
		const execution = await client.execution(started, ['success', 'waiting', 'error']);
		expect(execution.status).not.toBe('error');
		expect(itemsOf(execution, trigger)).toMatchObject(items);
	});

	test.each(byHand)('%s: %s', async (file, trigger, checkByHand) => {
		const { emulator, client } = running;
		populate(emulator.world);
		const id = await client.importWorkflow(readExample(file));
		const execution = await client.run(id, trigger);
		expect(execution.status).toBe('success');
		checkByHand(emulator, outputsOf(execution));
	});
});

function succeeded(execution: Execution): Output {
	expect(execution.data.resultData.error).toBeUndefined();
	expect(execution.status).toBe('success');
	return outputsOf(execution);
}

async function runExample(
	running: Running,
	workflow: WorkflowFile,
	start: Exclude<Start, { mcp: ToolCall[] }>,
): Promise<Execution> {
	const { client, emulator } = running;
	const id = await client.importWorkflow(workflow);
	if ('change' in start) {
		// n8n polls when a workflow is activated: it looks first, and tells the second time.
		await startWatching(client, emulator, id);
		await client.deactivate(id);
		start.change(emulator.world);
		await client.activate(id);
		const [told] = await client.executions(id, 1);
		await client.deactivate(id);
		return told;
	}
	if ('trigger' in start) return await client.run(id, start.trigger);
	const nodeOf = (type: string) => workflow.nodes.find((node) => node.type === type);
	if ('chat' in start) {
		const chat = nodeOf('@n8n/n8n-nodes-langchain.chatTrigger');
		const said = { sessionId: 'one', action: 'sendMessage', chatInput: start.chat };
		const started = await client.start(id, chat?.name ?? '', said);
		if (start.review) await answer(running, started, said.sessionId, start.review);
		return await client.execution(started);
	}
	await client.activate(id);
	const webhook = nodeOf(WEBHOOK);
	await client.webhook(String(webhook?.parameters.path), start.webhook);
	const [execution] = await client.executions(id, 1);
	return execution;
}

/** Waits until n8n asks its question in the chat, and answers it; until then nothing is changed. */
async function answer(
	{ client, emulator, instance }: Running,
	executionId: string,
	sessionId: string,
	{ question, button }: Review,
): Promise<void> {
	const { status, data } = await client.execution(executionId, ['waiting', 'success', 'error']);
	expect(status).toBe('waiting');
	expect(emulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	const token = String(data.resumeToken);
	const query = new URLSearchParams({ sessionId, executionId, token });
	expect(await pressInChat(`${instance.origin}/chat?${query}`, button)).toEqual([question]);
}

/** Calls tools of the workflow's MCP server, which offers those of the workflow and no other. */
async function callTools(
	{ client, instance }: Running,
	workflow: WorkflowFile,
	calls: ToolCall[],
): Promise<Output> {
	const { nodes } = workflow;
	const id = await client.importWorkflow(workflow);
	await client.activate(id);
	const trigger = nodes.find(({ type }) => type === '@n8n/n8n-nodes-langchain.mcpTrigger');
	const server = await McpClient.connect(
		`${instance.origin}/mcp/${String(trigger?.parameters.path)}`,
	);
	const tools = nodes.filter(({ type }) => type === `${NODE_TYPE}Tool`);
	const names = tools.map(({ name }) => name.replaceAll(' ', '_'));
	expect((await server.tools()).sort()).toEqual(names.sort());
	const output: Output = {};
	for (const call of calls) output[call.tool] = [[{ json: { text: await server.call(call) } }]];
	(await client.executions(id, calls.length)).forEach(succeeded);
	await client.deactivate(id);
	return output;
}
