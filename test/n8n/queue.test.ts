/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { DEALERS } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { guardContract } from '../../harness/contract';
import { ofDealers } from '../../harness/parameters';
import { itemsOf } from '../../harness/n8n/client';
import { connect } from '../../harness/n8n/connect';
import { install } from '../../harness/n8n/install';
import { Instance, installPackage } from '../../harness/n8n/instance';
import { HOST } from '../../harness/n8n/ports';
import { startPostgres, startRedis } from '../../harness/n8n/servers';
import type { Server } from '../../harness/n8n/servers';
import { aroundNode, startedByWebhook } from '../../harness/n8n/setup';
import { eventsIn, startWatching, TWO_POLLS, watching } from './watching';

const EXECUTIONS = 20;
const USERS = 500;

let folder: string;
/** The main process, then its workers. */
const processes: Instance[] = [];
let emulator: Emulator;
const servers: Server[] = [];

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'n8n-queue-'));
	const installation = await install('2.41');
	await installPackage(folder);
	emulator = await Emulator.start();
	const redis = await startRedis();
	servers.push(redis);
	// With several processes on its own SQLite, n8n 2.41.1 fails now and then.
	const postgres = await startPostgres();
	servers.push(postgres);
	const env = {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: HOST,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: HOST,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'postgres',
	};
	processes.push(await Instance.start(installation, { folder, env }));
	const worker = { folder, env, command: 'worker' } as const;
	const starts = [worker, worker].map(async (one) => {
		processes.push(await Instance.start(installation, one));
	});
	await Promise.all(starts);
	const [{ client }] = processes;
	await client.logIn();
	await connect(client, emulator);
}, 600_000);

guardContract(() => emulator);

afterAll(async () => {
	await Promise.all(processes.map(async (one) => await one.stop()));
	await Promise.all(servers.map(async (one) => await one.stop()));
	await emulator?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

test('20 executions at once on two workers do 10,000 users once each, though Zoho refuses calls', async () => {
	const [{ client }, ...workers] = processes;
	const users = emulator.world.addPortalUsers(DEALERS, EXECUTIONS * USERS);
	Object.assign(emulator.switches, { maxInFlight: 10, latency: 500 });

	const workflow = aroundNode([], {
		resource: 'portalUser',
		operation: 'delete',
		...ofDealers('={{ $json.personality_id }}'),
		// Two workers, each with as many calls in flight as the organization may have.
		options: { batchSize: 50, concurrency: 10 },
	});
	const id = await client.importWorkflow(startedByWebhook(workflow, 'dealers'));
	await client.activate(id);
	const parts = Array.from({ length: EXECUTIONS }, (_, part) =>
		users.slice(part * USERS, (part + 1) * USERS),
	);
	await Promise.all(parts.map(async (items) => await client.webhook('dealers', { items })));
	const executions = await client.executions(id, EXECUTIONS);

	expect(executions.map(({ status }) => status)).toEqual(Array(EXECUTIONS).fill('success'));
	const outcomes = executions.flatMap((execution) =>
		itemsOf(execution, 'Done').map(({ json }) => json),
	);
	expect(outcomes.every(({ deleted }) => deleted === true)).toBe(true);
	expect(outcomes.map(({ personality_id }) => personality_id).sort()).toEqual(
		users.map(({ personality_id }) => personality_id).sort(),
	);
	expect(emulator.world.usersOf(DEALERS)).toEqual([]);
	// Every worker took part, and Zoho had to refuse calls.
	for (const worker of workers) expect(worker.log).toContain('finished execution');
	const { requests } = emulator;
	expect(requests.some(({ status }) => status === 429)).toBe(true);
	const done = requests
		.filter(({ status }) => status === 200)
		.flatMap(({ url }) => url.replace(/^.*personality_ids=/, '').split(','));
	expect(done.sort()).toEqual(users.map(({ personality_id }) => personality_id).sort());
});

test('what has changed in a portal is told once, by one of the workers', async () => {
	const [{ client }, ...workers] = processes;
	emulator.reset();
	const before = workers.map(({ log }) => log.length);
	const id = await client.importWorkflow(watching(['userAdded']));
	await startWatching(client, emulator, id);
	const [first] = emulator.world.addPortalUsers(DEALERS, 1);
	await client.executions(id, 1, TWO_POLLS);
	const [second] = emulator.world.addPortalUsers(DEALERS, 1);
	const executions = await client.executions(id, 2, TWO_POLLS);
	await client.deactivate(id);
	expect(eventsIn(executions.reverse())).toEqual(
		[first, second].map(({ personality_id }) => `userAdded ${personality_id}`),
	);
	const logs = workers.map(({ log }, index) => log.slice(before[index]));
	expect(logs.join('')).toContain('finished execution');
}, 400_000);
