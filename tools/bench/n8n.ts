/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports -- a development tool that does not ship */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';

import type { INode } from 'n8n-workflow';

import { writePart } from './document';
import { IN_FLIGHT, LATENCY, race, ROUNDS } from './race';
import type { Measured } from './race';
import { count, seconds, table, times } from '../table';
import { RemoteEmulator } from '../../emulator/remote';
import { DEALERS, PORTAL } from '../../emulator/seed';
import { asItems, ofDealers } from '../../harness/parameters';
import { CREDENTIAL_TYPE } from '../../harness/types';
import type { WorkflowFile } from '../../harness/n8n/client';
import { itemsOf } from '../../harness/n8n/client';
import { connect } from '../../harness/n8n/connect';
import { install } from '../../harness/n8n/install';
import { Instance, installPackage } from '../../harness/n8n/instance';
import { aroundNode } from '../../harness/n8n/setup';
import { ACCESS } from '../../nodes/ZohoCrmPortals/zoho/scopes';

const USERS = 1000;

/** The measured node of each method. */
const ways = (origin: string): Array<[name: string, node: Partial<INode>]> => [
	['HTTP Request, default settings', httpRequest(origin, {})],
	[
		'HTTP Request, 10 items every 200 ms',
		httpRequest(origin, { batching: { batch: { batchSize: 10, batchInterval: 200 } } }),
	],
	['this node, default settings', {}],
];

function httpRequest(origin: string, options: INode['parameters']): Partial<INode> {
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'DELETE',
			url: `=${origin}/crm/v8/settings/portals/${PORTAL}/user_type/${DEALERS}/users?personality_ids={{ $json.id }}`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_TYPE,
			options,
		},
	};
}

function workflow(ids: string[], node: Partial<INode>): WorkflowFile {
	return aroundNode(
		asItems(ids),
		{ resource: 'portalUser', operation: 'delete', ...ofDealers() },
		{ onError: 'continueRegularOutput', ...node },
	);
}

/** Deletes 1,000 users with a node that runs in n8n. */
async function measure(
	{ client }: Instance,
	emulator: RemoteEmulator,
	node: Partial<INode>,
): Promise<Measured> {
	await emulator.reset();
	const ids = await emulator.addPortalUsers(DEALERS, USERS);
	await emulator.behave({ latency: LATENCY, maxInFlight: IN_FLIGHT });
	const execution = await client.run(await client.importWorkflow(workflow(ids, node)), 'Start');
	const [run] = execution.data.resultData.runData.Zoho;
	const failed = itemsOf(execution, 'Zoho').filter(
		({ json, error }) => (error ?? json.error) !== undefined,
	).length;
	const { portalUsers } = await emulator.world();
	if (portalUsers.length !== failed) {
		throw new Error(`${failed} items failed, but ${portalUsers.length} users are left`);
	}
	return { calls: (await emulator.requests()).length, ms: run.executionTime, failed };
}

/** Measures all methods in turn, and writes the results to docs/performance.md. */
async function main(): Promise<void> {
	const installation = await install('2.41');
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-bench-'));
	await installPackage(folder);
	const emulator = await RemoteEmulator.start();
	const raced = ways(emulator.origin);
	let medians: Measured[];
	try {
		const instance = await Instance.start(installation, { folder });
		try {
			const { origin } = emulator;
			const tokens = await emulator.connect(ACCESS.everything.join(','));
			await instance.client.logIn();
			await connect(instance.client, { origin, connect: () => tokens });
			medians = await race(
				raced.map(([name, node]) => async () => {
					const result = await measure(instance, emulator, node);
					console.log(`${name}: ${seconds(result.ms)}`);
					return result;
				}),
			);
		} finally {
			await instance.stop();
		}
	} finally {
		await emulator.stop();
		await rm(folder, { recursive: true, force: true });
	}
	const own = medians[medians.length - 1];
	const result = table(
		['1,000 × delete', 'calls', '', 'time', '', 'failed items'],
		medians.map(({ calls, ms, failed }, way) => [
			raced[way][0],
			count(calls),
			times(calls, own.calls),
			seconds(ms),
			times(ms, own.ms),
			count(failed),
		]),
	);
	console.log(`\n${result}`);
	writePart(
		'npm run bench:n8n',
		`## In the running n8n

\`npm run bench:n8n\` made this table in one run of n8n ${installation.version}, on ${availableParallelism()} processor cores, with 1,000 items of one user each. Every answer takes ${LATENCY} ms, and the organization may have ${IN_FLIGHT} calls in flight. The figures are medians of ${ROUNDS} rounds after a warm-up round, and the rows take turns. The time is that of the node alone. With 10 items every 200 ms, the HTTP Request node stays within the limit.

${result}`,
	);
	console.log('\nWritten to docs/performance.md');
}

void main();
