/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { request as forward } from 'node:http';

import { LoadOptionsContext } from 'n8n-core';
import { sleep } from 'n8n-workflow';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { searchPortals } from '../../nodes/ZohoCrmPortals/methods/listSearch/portals';
import { DEALERS, PORTAL } from '../../emulator/seed';
import { resultOf, zohoNode } from '../../harness/engine';
import {
	asItems,
	byId,
	byName,
	continuing,
	jsons,
	pairs,
	skipPauses,
	useHarness,
} from '../../harness/harness';
import { serve } from '../../harness/serve';
import type { Served } from '../../harness/serve';

// What the user sets for the run as a whole: limits, pauses, proxy, credential.

const harness = useHarness();
const { run, start, calls, addUsers } = harness;

skipPauses();

const each = { userType: byId(DEALERS), personalityIds: '={{ $json.id }}' };

const batching = (batch: IDataObject) =>
	({ requestOptions: { batching: { batch } } }) as INodeParameters;

const proxied = (proxy: string): INodeParameters => ({ requestOptions: { proxy } });

const WRONG = '={{ "abc" }}';

const settings: Array<[string, string, INodeParameters]> = [
	['Batch Size', 'portalUser.delete', { options: { batchSize: WRONG } }],
	['Concurrency', 'portalUser.delete', { options: { concurrency: WRONG } }],
	['Job Timeout', 'portalUser.invite', { options: { jobTimeout: WRONG } }],
	['Job Timeout', 'user.transferAndDelete', { options: { jobTimeout: WRONG } }],
	['Limit', 'portalUser.getAll', { limit: WRONG }],
	['Limit', 'user.getAll', { limit: WRONG }],
	['Timeout', 'portalUser.delete', { requestOptions: { timeout: WRONG } }],
	['Batch Interval (ms)', 'portalUser.delete', batching({ batchInterval: WRONG, batchSize: 1 })],
	['Items per Batch', 'portalUser.delete', batching({ batchInterval: 1, batchSize: WRONG })],
	['Proxy', 'portalUser.delete', { requestOptions: { proxy: 'http://:0:1' } }],
];

describe.each(settings)('%s of %s that cannot be followed', (name, operation, wrong) => {
	const setUp = () => {
		const { world } = harness.emulator;
		const record = world.addRecord().id;
		return {
			...each,
			module: byName('Contacts'),
			recordIds: record,
			user: byId(world.addUser('New', 'User').id),
			targetUser: byId('7310000000000101003'),
			...wrong,
		};
	};

	test('is an error that names it, and nothing is sent', async () => {
		const input = asItems(addUsers(2));
		const result = await run(operation, setUp(), { input });
		expect(result.error?.message).toContain(`'${name}' is "`);
		expect(result.error?.name).toBe('NodeOperationError');
		expect(calls()).toEqual([]);
	});

	test('goes to the error output with every item, and none to the other', async () => {
		const input = asItems(addUsers(2));
		const result = await run(operation, setUp(), { input, onError: 'continueErrorOutput' });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
		expect(pairs(result.errorItems)).toEqual([0, 1]);
		for (const { json } of result.errorItems) expect(json.error).toContain(`'${name}' is "`);
		expect(calls()).toEqual([]);
	});
});

describe('what keeps anything from being sent', () => {
	const credentialed = (id: string, name: string) => ({
		credentials: { zohoCrmPortalsOAuth2Api: { id, name } },
	});

	test.each(['portalUser.delete', 'user.get', 'portalUser.getAll', 'portal.checkConnection'])(
		'a credential that is not there sends every item of %s to the error output',
		async (operation) => {
			const input = asItems(addUsers(3));
			const parameters = { ...each, user: byId('={{ $json.id }}') };
			const result = await run(operation, parameters, {
				input,
				onError: 'continueErrorOutput',
				...credentialed('missing', 'Gone'),
			});
			expect(result.error).toBeUndefined();
			expect(result.items).toEqual([]);
			expect(pairs(result.errorItems)).toEqual([0, 1, 2]);
			for (const { json } of result.errorItems) expect(json.error).toEqual(expect.any(String));
			expect(calls()).toEqual([]);
		},
	);

	test('an option that throws does, too', async () => {
		const options = { batchSize: '={{ $("No such node").item.json.size }}' };
		const result = await run(
			'portalUser.delete',
			{ ...each, options },
			{
				input: asItems(addUsers(2)),
				onError: 'continueErrorOutput',
			},
		);
		expect(result.items).toEqual([]);
		expect(pairs(result.errorItems)).toEqual([0, 1]);
		expect(calls()).toEqual([]);
	});

	test('a proxy that does not answer is no reason for doubt', async () => {
		const result = await run(
			'portalUser.delete',
			{ ...each, ...proxied('127.0.0.1:9') },
			{
				input: asItems(addUsers(2)),
				onError: 'continueErrorOutput',
			},
		);
		expect(result.items).toEqual([]);
		expect(pairs(result.errorItems)).toEqual([0, 1]);
		for (const { json } of result.errorItems) {
			expect(json.error).toContain('could not be deleted');
			expect(json.error).toContain('ECONNREFUSED');
		}
		expect(calls()).toEqual([]);
	});
});

describe('a proxy', () => {
	let proxy: Served;
	let seen: string[] = [];

	beforeAll(async () => {
		proxy = await serve((incoming, outgoing) => {
			seen.push(`${incoming.method} ${incoming.url}`);
			const { method, headers } = incoming;
			const onward = forward(incoming.url ?? '', { method, headers }, (answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			});
			incoming.pipe(onward);
		});
	});
	beforeEach(() => (seen = []));
	afterAll(async () => await proxy.stop());

	test.each(['', 'http://'])('given with "%s" before its address is used', async (protocol) => {
		const address = protocol + proxy.host.replace('127.0.0.1', 'localhost');
		const result = await run('portal.getAll', proxied(address));
		expect(jsons(result)).toMatchObject([{ name: PORTAL }]);
		expect(seen).toEqual([`GET ${harness.emulator.origin}/crm/v8/settings/portals`]);
	});

	test('is used by writes', async () => {
		const ids = addUsers(1);
		const parameters = { ...each, ...proxied(proxy.host) };
		const result = await run('portalUser.delete', parameters, { input: asItems(ids) });
		expect(jsons(result)).toMatchObject([{ deleted: true }]);
		expect(seen).toHaveLength(1);
	});

	test('is used by pickers', async () => {
		const parameters = {
			resource: 'portalUser',
			operation: 'getAll',
			...proxied(proxy.host.replace('127.0.0.1', 'localhost')),
		};
		const { results } = await searchPortals.call(opened(parameters));
		expect(results).toEqual([{ name: PORTAL, value: PORTAL }]);
		expect(seen).toHaveLength(1);
	});

	test('that cannot be one is told by pickers', async () => {
		const parameters = { resource: 'portalUser', operation: 'getAll', ...proxied('http://:0:1') };
		await expect(searchPortals.call(opened(parameters))).rejects.toThrow("'Proxy' is");
		expect(calls()).toEqual([]);
	});
});

describe('a timeout', () => {
	const requestOptions = { timeout: 20 };

	beforeEach(() => harness.emulator.faults.add({ kind: 'silent', before: true }));

	test('ends the waiting of a read', async () => {
		const result = await run('portal.getAll', { requestOptions });
		expect(result.error?.message).toContain('could not be read');
		expect(calls().length).toBeLessThanOrEqual(7);
	});

	test('ends the waiting of a picker', async () => {
		const parameters = { resource: 'portalUser', operation: 'getAll', requestOptions };
		await expect(searchPortals.call(opened(parameters))).rejects.toThrow('could not be listed');
		expect(calls().length).toBeLessThanOrEqual(7);
	});
});

describe('cancelling', () => {
	test('ends the pause between two batches at once; who was not sent is plainly not done', async () => {
		const ids = addUsers(3);
		const parameters = { ...each, ...batching({ batchSize: 1, batchInterval: 30_000 }) };
		const execution = start('portalUser.delete', parameters, {
			input: asItems(ids),
			...continuing,
		});
		while (harness.emulator.world.portalUsers.size === 3) await sleep(1);
		await sleep(50);
		const before = Date.now();
		execution.cancel();
		const result = resultOf(await execution);
		expect(Date.now() - before).toBeLessThan(2_000);
		expect(calls()).toHaveLength(1);
		const [first, ...others] = jsons(result);
		expect(first).toMatchObject({ personality_id: ids[0], deleted: true });
		expect(others).toHaveLength(2);
		for (const other of others) {
			expect(other.error).toContain('could not be deleted');
			expect(other.uncertain).toBeUndefined();
		}
	});
});

describe('the last item has the last word', () => {
	test('of two that update the same CRM user', async () => {
		const { id } = harness.emulator.world.addUser('New', 'User');
		// The first call answers last, if both are under way.
		harness.emulator.faults.add({
			kind: 'delay',
			before: true,
			pause: 100,
			times: 1,
			method: 'PUT',
		});
		const parameters = {
			user: byId(id),
			updateFields: { last_name: '={{ $json.name }}' },
		} as INodeParameters;
		const input = ['First', 'Second', 'Third'].map((name) => ({ name }));
		const result = await run('user.update', parameters, { input });
		expect(result.error?.message).toBeUndefined();
		expect(harness.emulator.world.users.get(id)?.last_name).toBe('Third');
	});

	test.each([
		[false, true, false],
		[false, true],
		[true, false, true, false],
	])('of those that set a status: %s, %s, %s', async (...statuses) => {
		const [id] = addUsers(1);
		harness.emulator.faults.add({
			kind: 'delay',
			before: true,
			pause: 100,
			times: 1,
			method: 'PUT',
		});
		const input = statuses.map((active) => ({ id, active }));
		const parameters = { ...each, active: '={{ $json.active }}' };
		const result = await run('portalUser.changeStatus', parameters, {
			input,
			...continuing,
		});
		expect(result.items).toHaveLength(statuses.length);
		expect(harness.emulator.world.portalUsers.get(id)?.active).toBe(statuses[statuses.length - 1]);
		expect(jsons(result).pop()).toMatchObject({
			personality_id: id,
			active: statuses[statuses.length - 1],
		});
	});

	test('of those that update a user type', async () => {
		const { id } = harness.emulator.world.addUserType(PORTAL, 'Guests');
		harness.emulator.faults.add({
			kind: 'delay',
			before: true,
			pause: 100,
			times: 1,
			method: 'PUT',
		});
		const parameters = {
			userType: byId(id),
			updateFields: { name: '={{ $json.name }}' },
			modulesMode: 'none',
		} as INodeParameters;
		const input = ['One', 'Two', 'Three'].map((name) => ({ name }));
		await run('userType.update', parameters, { input });
		expect(harness.emulator.world.userTypes.get(id)?.name).toBe('Three');
	});
});

/** What n8n's server sets up when the editor opens a picker. */
function opened(parameters: INodeParameters): LoadOptionsContext {
	const workflow = harness.engine.workflow({
		nodes: [zohoNode({ parameters })],
		connections: {},
	});
	const additionalData = {
		...harness.engine.additionalData(),
		currentNodeParameters: workflow.nodes.Zoho.parameters,
	};
	return new LoadOptionsContext(workflow, workflow.nodes.Zoho, additionalData, '');
}
