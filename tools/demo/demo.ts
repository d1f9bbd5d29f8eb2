/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import type { INodeExecutionData, ITaskData } from 'n8n-workflow';

import { BEN, DEALERS, VENDORS } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { loadBuilt } from '../../harness/built';
import { Engine, INPUT_TYPE } from '../../harness/engine';
import type { WorkflowSetup } from '../../harness/engine';
import workflow from './workflow.json';

const DEALER_COUNT = 320;
const RESULT_WIDTH = 52;

/** Runs the workflow with the built node on n8n's engine against the emulator, and tells the story. */
async function demo(): Promise<boolean> {
	const emulator = await Emulator.start();
	const { node, credential } = loadBuilt();
	const engine = new Engine(emulator, node, credential);
	const dealers = emulator.world.addPortalUsers(DEALERS, DEALER_COUNT);
	dealers[2].confirm = false;
	// Zoho allows five user types, and the workflow creates two.
	emulator.world.userTypes.delete(VENDORS);

	const trigger = engine.nodeTypes.getByName(INPUT_TYPE);
	engine.register('n8n-nodes-base.manualTrigger', trigger as never);

	console.log(`\n${workflow.name}`);
	console.log(`n8n's engine, the built node, an emulated Zoho with ${DEALER_COUNT} dealers\n`);
	console.log(row('Step', 'Outcome', 'Calls'));
	console.log('-'.repeat(150));

	let seen = 0;
	engine.onNodeDone = (name, data) => {
		if (name === 'Input') return;
		const calls = emulator.requests.slice(seen).map(({ method, url }) => `${method} ${short(url)}`);
		seen = emulator.requests.length;
		tell(name, outcomes(data), grouped(calls));
	};

	const started = Date.now();
	const run = await engine.runWorkflow(workflow as unknown as WorkflowSetup);
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	await emulator.stop();

	const { error } = run.data.resultData;
	if (error) console.log(`\nStopped: ${error.message}\n${error.description ?? ''}`);

	const { world } = emulator;
	const leavers = [...world.userTypes.values()].find(({ name }) => name === 'Leavers');
	const left = world.usersOf(leavers?.id ?? '');
	const asExpected =
		!error &&
		left.length === DEALER_COUNT - 50 &&
		left.filter(({ active }) => !active).length === 4 &&
		world.users.get(BEN)?.status === 'deleted';
	console.log(
		`\n${DEALER_COUNT} portal users, ${emulator.requests.length} calls, ${seconds} s: ` +
			(asExpected ? 'all as expected' : 'NOT as expected'),
	);
	return asExpected;
}

/** What a person wants to know of the items that a node returned. */
function outcomes({ data, error }: ITaskData): string[] {
	if (error) return [`stopped: ${error.message}`];
	const items = data?.main[0] ?? [];
	const failed = items.filter(({ json }) => json.error !== undefined);
	const lines = failed.map(({ json }) => String(json.error));
	const done = items.length - failed.length;
	if (done > 0) lines.unshift(summary(items.filter((item) => !failed.includes(item))));
	return lines;
}

function summary(items: INodeExecutionData[]): string {
	const [{ json }] = items;
	const what = ['deleted', 'transferred', 'active'].find((key) => key in json && 'code' in json);
	const verb = what === 'active' ? (json.active ? 'activated' : 'deactivated') : what;
	if (items.length > 1) return `${items.length} ${verb ?? 'found'}`;
	return `${verb ?? (json.code === 'SUCCESS' ? 'done' : 'found')}: ${String(json.name ?? json.id ?? json.personality_id)}`;
}

/** Addresses as a person reads them: without the common beginning and the list of ids. */
function short(url: string): string {
	return decodeURIComponent(url)
		.replace('/crm/v8', '')
		.replace('/settings/portals/AcmeClients', '…')
		.replace(
			/(personality_ids=)(.*)/,
			(_, key: string, ids: string) => `${key}<${ids.split(',').length} ids>`,
		)
		.replace(/\d{13}(\d{6})/g, '…$1');
}

/** Calls of the same kind in one line. */
function grouped(calls: string[]): string[] {
	const kinds = new Map<string, string[]>();
	for (const call of calls) {
		const kind = call.replace(/…\d{6}/g, '');
		kinds.set(kind, [...(kinds.get(kind) ?? []), call]);
	}
	return [...kinds.values()].map((list) =>
		list.length > 1 ? `${list.length} × ${list[0]}` : list[0],
	);
}

function tell(step: string, results: string[], calls: string[]): void {
	const told = results.flatMap((text) => wrap(text, RESULT_WIDTH));
	const lines = Math.max(told.length, calls.length, 1);
	for (let line = 0; line < lines; line++) {
		console.log(row(line === 0 ? step : '', told[line] ?? '', calls[line] ?? ''));
	}
}

function row(step: string, result: string, call: string): string {
	return `${step.padEnd(36)} ${result.padEnd(RESULT_WIDTH)} ${call}`;
}

/** Breaks a text between words. */
function wrap(text: string, width: number): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const last = lines[lines.length - 1];
		if (last.length + word.length + 1 > width) lines.push(word);
		else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
	}
	return lines;
}

void demo().then((asExpected) => {
	process.exitCode = asExpected ? 0 : 1;
});
