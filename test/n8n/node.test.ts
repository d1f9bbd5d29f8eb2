/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { readFileSync } from 'node:fs';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CLIENT_PORTAL, DEALERS, PREMIUM } from '../../emulator/seed';
import { CREDENTIAL_TYPE, NODE_TYPE } from '../../harness/types';
import { byId, ofDealers } from '../../harness/parameters';
import { itemsOf } from '../../harness/n8n/client';
import { ALL_SERIES } from '../../harness/n8n/install';
import { aroundNode, useN8n } from '../../harness/n8n/setup';
import { until } from '../../harness/until';

const onDealers = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'portalUser',
	operation,
	...ofDealers(undefined, more),
});

describe.each(ALL_SERIES)('n8n %s', (series) => {
	const running = useN8n(series);

	/** Adds dealers, and gives an item for each. */
	const dealers = (amount: number): IDataObject[] =>
		running.emulator.world
			.addPortalUsers(DEALERS, amount)
			.map(({ personality_id: id }, row) => ({ id, row }));

	const runNode = async (...workflow: Parameters<typeof aroundNode>) => {
		const { client } = running;
		return await client.run(await client.importWorkflow(aroundNode(...workflow)), 'Start');
	};

	test('n8n offers the node, also as a tool, and the credential', async () => {
		const names = async (kind: 'nodes' | 'credentials') =>
			(await running.client.types(kind)).map(({ name }) => name);
		expect(await names('nodes')).toEqual(expect.arrayContaining([NODE_TYPE, `${NODE_TYPE}Tool`]));
		expect(await names('credentials')).toContain(CREDENTIAL_TYPE);
	});

	test('n8n says nothing of the package while it loads it', () => {
		const { logFile, version } = running.instance;
		const log = readFileSync(logFile, 'utf8');
		expect(log).toContain(`Version: ${version}`);
		// What comes later is of the tests that share this n8n.
		const [loading, ...rest] = log.split('Editor is now accessible');
		expect(rest).not.toEqual([]);
		const lines = loading.split('\n');
		expect(lines.filter((line) => /zoho|community.?package/i.test(line))).toEqual([]);
	});

	test('1,000 items are deleted in 3 calls, each with its own outcome', async () => {
		const items = dealers(1000);
		const execution = await runNode(items, onDealers('delete'));
		expect(execution.status).toBe('success');
		expect(running.emulator.requests.map(({ method }) => method)).toEqual(Array(3).fill('DELETE'));
		expect(running.emulator.world.usersOf(DEALERS)).toEqual([]);
		expect(
			itemsOf(execution, 'Done').map(({ json, pairedItem }) => [json.personality_id, pairedItem]),
		).toEqual(items.map(({ id }, item) => [id, { item }]));
	});

	test('1,000 items are transferred in 5 calls', async () => {
		const items = dealers(1000);
		const parameters = onDealers('transfer', { targetUserType: byId(PREMIUM) });
		const execution = await runNode(items, parameters);
		expect(execution.status).toBe('success');
		expect(running.emulator.requests.map(({ method }) => method)).toEqual(Array(5).fill('POST'));
		expect(running.emulator.world.usersOf(PREMIUM)).toHaveLength(1000);
		expect(itemsOf(execution, 'Done').map(({ json }) => json.personality_id)).toEqual(
			items.map(({ id }) => id),
		);
	});

	test('an access token that expires in the middle of a run is refreshed, and nothing is lost', async () => {
		const { emulator } = running;
		const items = dealers(20);
		emulator.switches.latency = 100;
		const oneByOne = runNode(
			items,
			onDealers('delete', { options: { batchSize: 1, concurrency: 1 } }),
		);
		await until('the first calls', 60, async () => emulator.requests.length >= 5 || undefined);
		emulator.accounts.expireAccessTokens();
		const execution = await oneByOne;
		expect(execution.status).toBe('success');
		expect(emulator.requests.filter(({ status }) => status === 401)).toHaveLength(1);
		expect(emulator.requests).toHaveLength(21);
		expect(emulator.world.usersOf(DEALERS)).toEqual([]);
		expect(itemsOf(execution, 'Done').map(({ json }) => json.deleted)).toEqual(
			Array(20).fill(true),
		);
	});

	describe('users of whom some cannot be deleted', () => {
		/** Every third item names somebody who is not a dealer. */
		const mixed = (): IDataObject[] => {
			const strangers = running.emulator.world.addPortalUsers(CLIENT_PORTAL, 3);
			return dealers(9).map((item, row) =>
				row % 3 === 1 ? { ...item, id: strangers[(row - 1) / 3].personality_id } : item,
			);
		};
		const right = [0, 2, 3, 5, 6, 8];
		const wrong = [1, 4, 7];

		test('stop the workflow with one error that counts both sides', async () => {
			const items = mixed();
			const { status, data } = await runNode(items, onDealers('delete'));
			expect(status).toBe('error');
			expect(data.resultData.error?.message).toContain('3 of 9');
			const { zoho } = data.resultData.error?.context as { zoho: IDataObject };
			expect(zoho.failed).toEqual(wrong.map((row) => items[row].id));
		});

		test('leave by the error output, each with its input item', async () => {
			const items = mixed();
			const execution = await runNode(items, onDealers('delete'), {
				onError: 'continueErrorOutput',
			});
			expect(execution.status).toBe('success');
			const done = itemsOf(execution, 'Done');
			expect(done.map(({ json }) => json.personality_id)).toEqual(
				right.map((row) => items[row].id),
			);
			const failed = itemsOf(execution, 'Failed');
			expect(failed.map(({ json }) => json.row)).toEqual(wrong);
			for (const { json } of failed) expect(json.error).toContain('not a portal user');
		});

		test('leave among the others when the node is set to continue', async () => {
			const items = mixed();
			const execution = await runNode(items, onDealers('delete'), {
				onError: 'continueRegularOutput',
			});
			expect(execution.status).toBe('success');
			const all = itemsOf(execution, 'Zoho');
			expect(all.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
			const rows = (which: boolean) =>
				all.flatMap(({ json }, row) => ((json.error === undefined) === which ? [row] : []));
			expect(rows(true)).toEqual(right);
			expect(rows(false)).toEqual(wrong);
		});
	});
});
