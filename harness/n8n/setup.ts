/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { IConnections, IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { PORTAL } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { guardContract } from '../contract';
import { byName } from '../parameters';
import { CREDENTIAL_TYPE, NODE_TYPE } from '../types';
import type { Client, WorkflowFile } from './client';
import { connect } from './connect';
import { Instance, installPackage } from './instance';
import { install } from './install';
import type { Series } from './install';

/** An n8n and an emulator that a test file shares; the emulator is back at its start for every test. */
export interface Running {
	emulator: Emulator;
	instance: Instance;
	client: Client;
}

/**
 * Starts n8n of this version with the package, and a credential that is connected to an emulator.
 * @param env what this n8n is told beside the usual
 */
export function useN8n(series: Series, env: NodeJS.ProcessEnv = {}): Running {
	const running = {} as Running;
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(path.join(tmpdir(), `n8n-${series}-`));
		const installation = await install(series);
		await installPackage(folder);
		running.emulator = await Emulator.start();
		running.instance = await Instance.start(installation, { folder, env });
		running.client = running.instance.client;
		await running.client.logIn();
		await connect(running.client, running.emulator);
	}, 300_000);
	beforeEach(() => running.emulator.reset());
	guardContract(() => running.emulator);
	afterAll(async () => {
		await running.instance?.stop();
		await running.emulator?.stop();
		await rm(folder, { recursive: true, force: true });
	}, 60_000);
	return running;
}

const node = (name: string, type: string, parameters: INodeParameters): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters,
});

/**
 * A workflow that starts by hand: `Start`, `Items` (one for each object), `Zoho`, and `Done` and
 * `Failed` behind the outputs of that.
 */
export function aroundNode(
	items: IDataObject[],
	parameters: INodeParameters,
	settings: Partial<INode> = {},
): WorkflowFile {
	const to = (...names: string[]) => ({
		main: names.map((name) => [{ node: name, type: 'main' as const, index: 0 }]),
	});
	const connections: IConnections = {
		Start: to('Items'),
		Items: to('Zoho'),
		Zoho: to('Done', 'Failed'),
	};
	return {
		name: 'Test',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			{
				...node('Items', 'n8n-nodes-base.code', {
					jsCode: `return ${JSON.stringify(items)}.map((json) => ({ json }));`,
				}),
				typeVersion: 2,
			},
			{
				...node('Zoho', NODE_TYPE, { portal: byName(PORTAL), ...parameters }),
				credentials: { [CREDENTIAL_TYPE]: { id: 'any', name: 'any' } },
				...settings,
			},
			node('Done', 'n8n-nodes-base.noOp', {}),
			node('Failed', 'n8n-nodes-base.noOp', {}),
		],
		connections,
	};
}

/** The same workflow with a webhook in place of the start by hand; its body brings the `items`. */
export function startedByWebhook(workflow: WorkflowFile, path: string): WorkflowFile {
	const [, , ...rest] = workflow.nodes;
	const webhook = node('Start', 'n8n-nodes-base.webhook', { httpMethod: 'POST', path });
	const split = node('Items', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'body.items' });
	return {
		...workflow,
		nodes: [{ ...webhook, typeVersion: 2, webhookId: path }, split, ...rest],
	};
}
