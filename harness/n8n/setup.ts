import type { IConnections, IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { PORTAL } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { guardContract } from '../contract';
import { byName } from '../parameters';
import { CREDENTIAL_TYPE, NODE_TYPE } from '../types';
import { Client } from './client';
import type { WorkflowFile } from './client';
import { connect } from './connect';
import type { Series } from './install';
import { sharedN8n } from './shared';
import type { SharedN8n } from './shared';

/**
 * The n8n that all test files share, and the emulator of this file, which is reset before every
 * test.
 */
export interface Running {
	emulator: Emulator;
	instance: SharedN8n;
	client: Client;
}

/** Connects the running n8n of this version to an emulator of this test file. */
export function useN8n(series: Series): Running {
	const running = {} as Running;
	beforeAll(async () => {
		running.instance = sharedN8n(series);
		running.client = new Client(running.instance.origin);
		running.emulator = await Emulator.start();
		await running.client.logIn();
		await connect(running.client, running.emulator);
	}, 60_000);
	beforeEach(() => running.emulator.reset());
	guardContract(() => running.emulator);
	afterAll(async () => await running.emulator?.stop());
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
 * A workflow with a manual trigger: `Start`, `Items` (one for each object), `Zoho`, and `Done` and
 * `Failed` after its two outputs.
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

/**
 * The same workflow with a webhook instead of the manual trigger. The body of the webhook contains
 * the `items`.
 */
export function startedByWebhook(workflow: WorkflowFile, path: string): WorkflowFile {
	const [, , ...rest] = workflow.nodes;
	const webhook = node('Start', 'n8n-nodes-base.webhook', { httpMethod: 'POST', path });
	const split = node('Items', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'body.items' });
	return {
		...workflow,
		nodes: [{ ...webhook, typeVersion: 2, webhookId: path }, split, ...rest],
	};
}
