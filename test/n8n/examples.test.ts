import { snapshot } from '../../emulator/control';
import { populate } from '../../emulator/lifelike';
import { exampleFiles, readExample } from '../support/examples';
import type { Execution, WorkflowFile } from './client';
import { outputsOf } from './client';
import { expectations } from './expectations';
import type { Start } from './expectation';
import { ALL_SERIES } from './install';
import { Model } from './model';
import { useN8n } from './setup';
import type { Running } from './setup';
import { startWatching } from './watching';

test('every example has an expectation, and every expectation an example', () => {
	expect(exampleFiles).toEqual(Object.keys(expectations).sort());
});

describe.each(ALL_SERIES)('n8n %s', (series) => {
	// n8n 1 does not let community nodes be tools otherwise.
	const running = useN8n(series, { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true' });
	let model: Model;
	beforeAll(async () => {
		model = await Model.start();
		const key = { apiKey: 'example', url: model.url };
		await running.client.createCredential('OpenAI', 'openAiApi', key);
	});
	afterAll(async () => await model.stop());

	test.each(exampleFiles)('%s', async (file) => {
		const { emulator } = running;
		const { start, check } = expectations[file];
		populate(emulator.world);
		const before = snapshot(emulator.world);
		const workflow = readExample(file);
		if ('chat' in start) model.script = start.calls;
		const execution = await runExample(running, workflow, start);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(execution.status).toBe('success');
		check(before, emulator, outputsOf(execution));
	});
});

async function runExample(
	{ client, emulator }: Running,
	workflow: WorkflowFile,
	start: Start,
): Promise<Execution> {
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
		return await client.run(id, chat?.name ?? '', said);
	}
	await client.activate(id);
	const webhook = nodeOf('n8n-nodes-base.webhook');
	await client.webhook(String(webhook?.parameters.path), start.webhook);
	const [execution] = await client.executions(id, 1);
	return execution;
}
