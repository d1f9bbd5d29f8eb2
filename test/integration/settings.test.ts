/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { request as forward } from 'node:http';

import { LoadOptionsContext } from 'n8n-core';
import { sleep } from 'n8n-workflow';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { searchPortals } from '../../nodes/ZohoCrmPortals/methods/listSearch/portals';
import type { Fault } from '../../emulator/faults';
import { DEALERS, PORTAL } from '../../emulator/seed';
import { resultOf, zohoNode } from '../../harness/engine';
import {
	asItems,
	byId,
	byName,
	continuing,
	jsons,
	ofDealers,
	pairs,
	skipPauses,
	useHarness,
} from '../../harness/harness';
import { holdPauses } from '../../harness/pauses';
import { serve } from '../../harness/serve';
import type { Served } from '../../harness/serve';

const harness = useHarness();
const { run, start, calls, sent, addUsers, addRecords } = harness;

describe('settings', () => {
	// What the user sets for the run as a whole: limits, pauses, proxy, credential.

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
			expect(result.error?.message).toContain(`'${name}' is `);
			expect(result.error?.name).toBe('NodeOperationError');
			expect(calls()).toEqual([]);
		});

		test('goes to the error output with every item, and none to the other', async () => {
			const input = asItems(addUsers(2));
			const result = await run(operation, setUp(), { input, onError: 'continueErrorOutput' });
			expect(result.error).toBeUndefined();
			expect(result.items).toEqual([]);
			expect(pairs(result.errorItems)).toEqual([0, 1]);
			for (const { json } of result.errorItems) expect(json.error).toContain(`'${name}' is `);
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

		test.each<[string, INodeParameters]>([
			['of another protocol', proxied('ftp://ada:open-sesame@proxy.example.test')],
			['with a port that is none', proxied('http://ada:open-sesame@proxy.example.test:99999')],
			['in a list', proxied('={{ ["http://ada:open-sesame@proxy.example.test"] }}')],
			['in an object', proxied('={{ { url: "http://ada:open-sesame@proxy.example.test" } }}')],
		])('%s cannot be read, and its password is not shown', async (_, parameters) => {
			const stopped = await run('portal.getAll', parameters);
			const went = await run('portal.getAll', parameters, continuing);
			expect([stopped.error?.name, calls()]).toEqual(['NodeOperationError', []]);
			expect(went.items.map(({ json }) => typeof json.error)).toEqual(['string']);
			const { message, description, context, stack } = stopped.error ?? {};
			const told = [message, description, context, stack, went.items];
			expect(JSON.stringify(told)).not.toContain('open-sesame');
		});

		test('that cannot be one is told by pickers', async () => {
			const parameters = { resource: 'portalUser', operation: 'getAll', ...proxied('http://:0:1') };
			await expect(searchPortals.call(opened(parameters))).rejects.toThrow("'Proxy' is");
			expect(calls()).toEqual([]);
		});
	});

	describe('a timeout', () => {
		const requestOptions = { timeout: 20 };

		// A call that was given up may arrive in the next test.
		const callsTo = (url: string) => calls().filter((call) => call.startsWith(`GET ${url}`));

		beforeEach(() => harness.emulator.faults.add({ kind: 'silent', before: true }));

		test('ends the waiting of a read', async () => {
			const result = await run('user.getAll', { requestOptions });
			expect(result.error?.message).toContain('could not be read');
			expect(callsTo('/users').length).toBeLessThanOrEqual(7);
		});

		test('ends the waiting of a picker', async () => {
			const parameters = { resource: 'portalUser', operation: 'getAll', requestOptions };
			await expect(searchPortals.call(opened(parameters))).rejects.toThrow('could not be listed');
			expect(callsTo('/settings/portals').length).toBeLessThanOrEqual(7);
		});
	});

	describe('canceling', () => {
		const { begun } = holdPauses();

		test('ends the pause between two batches at once; who was not sent is plainly not done', async () => {
			const ids = addUsers(3);
			const parameters = { ...each, ...batching({ batchSize: 1, batchInterval: 30_000 }) };
			const execution = start('portalUser.delete', parameters, {
				input: asItems(ids),
				...continuing,
			});
			await begun();
			execution.cancel();
			const result = resultOf(await execution);
			expect(sent('DELETE')).toHaveLength(1);
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
		// The first call answers last, if others are under way.
		beforeEach(() => {
			const fault = { kind: 'delay', before: true, pause: 100, times: 1, method: 'PUT' } as const;
			harness.emulator.faults.add(fault);
		});

		test('of two that update the same CRM user', async () => {
			const { id } = harness.emulator.world.addUser('New', 'User');
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
			const input = statuses.map((active) => ({ id, active }));
			const parameters = { ...each, active: '={{ $json.active }}' };
			const result = await run('portalUser.changeStatus', parameters, {
				input,
				...continuing,
			});
			expect(result.items).toHaveLength(statuses.length);
			expect(harness.emulator.world.portalUsers.get(id)?.active).toBe(
				statuses[statuses.length - 1],
			);
			expect(jsons(result).pop()).toMatchObject({
				personality_id: id,
				active: statuses[statuses.length - 1],
			});
		});

		test('of those that update a user type', async () => {
			const { id } = harness.emulator.world.addUserType(PORTAL, 'Guests');
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
});

describe('input', () => {
	const ID = '7310000000000400001';

	const portalUsers = (parameters: INodeParameters): INodeParameters => ({
		userType: byId(DEALERS),
		personalityIds: ID,
		...parameters,
	});

	const userType = (parameters: INodeParameters): INodeParameters => ({
		name: 'Resellers',
		personalityModule: byName('Contacts'),
		modulesMode: 'json',
		modulesJson: '[{"id":"1"}]',
		...parameters,
	});

	/** The values of names and resource locators, by parameter. */
	function values(parameters: INodeParameters): IDataObject {
		return Object.fromEntries(
			Object.entries({ portal: byName(PORTAL), ...parameters }).map(([name, value]) => [
				name,
				(value as { value?: unknown } | null)?.value ?? value,
			]),
		) as IDataObject;
	}

	/** The parameters, with names and resource locators that take their value from the input item. */
	function byExpression(parameters: INodeParameters): INodeParameters {
		return Object.fromEntries(
			Object.entries({ portal: byName(PORTAL), ...parameters }).map(([name, value]) => {
				const expression = `={{ $json.${name} }}`;
				if (name === 'name') return [name, expression];
				const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
				return [name, isLocator ? { ...value, value: expression } : value];
			}),
		) as INodeParameters;
	}

	test.each<[string, string, INodeParameters, string]>([
		['an empty id', 'portalUser.delete', portalUsers({ personalityIds: ' ' }), "'Users' is empty"],
		[
			'an empty list of ids',
			'portalUser.delete',
			portalUsers({ personalityIds: [] }),
			"'Users' is empty",
		],
		[
			'letters in an id',
			'portalUser.delete',
			portalUsers({ personalityIds: `${ID}, 12ab` }),
			`'Users' is "12ab", which is neither an ID nor an email address`,
		],
		[
			'an id that lost digits as a number',
			'portalUser.delete',
			portalUsers({ personalityIds: Number(ID) }),
			"'Users' is the number 7310000000000400000, which has lost digits",
		],
		[
			'a user type by an ID with too many digits',
			'portalUser.getAll',
			portalUsers({ userType: byId('73100000000003100021') }),
			`'User Type' is "73100000000003100021", which is not an ID`,
		],
		[
			'no target',
			'portalUser.transfer',
			portalUsers({ targetUserType: byId('') }),
			"'Target User Type' is empty",
		],
		...['a/b', 'a?b', 'a#b', 'a%2Fb', '..', 'Пoртал', 'a\nb'].map(
			(name): [string, string, INodeParameters, string] => [
				`the portal name ${JSON.stringify(name)}`,
				'portalUser.getAll',
				portalUsers({ portal: byName(name) }),
				`'Portal' is "${name}", which is not the name of a portal`,
			],
		),
		['no user', 'user.delete', { user: byId('') }, "'User' is empty"],
		[
			'a user by name',
			'user.get',
			{ user: byId('../users') },
			`'User' is "../users", which is neither an ID nor an email address`,
		],
		['no name', 'userType.create', userType({ name: '' }), "'Name' is empty"],
		[
			'a module label',
			'userType.create',
			userType({ personalityModule: byName('My Contacts') }),
			`'Personality Module' is "My Contacts", which is not the API name of a module`,
		],
		[
			'broken JSON',
			'userType.create',
			userType({ modulesJson: '[{"id":' }),
			"'Modules (JSON)' is not valid JSON",
		],
		[
			'JSON without modules',
			'userType.create',
			userType({ modulesJson: '{}' }),
			"'Modules (JSON)' contains no modules",
		],
		[
			'an empty array of modules',
			'userType.create',
			userType({ modulesJson: '[]' }),
			"'Modules (JSON)' is empty",
		],
		[
			'an empty form',
			'userType.create',
			userType({ modulesMode: 'fields', modulesUi: {} }),
			"'Modules' is empty",
		],
		[
			'a form without a module',
			'userType.create',
			userType({ modulesMode: 'fields', modulesUi: { module: [{ module: '' }] } }),
			"'Modules: Module Name or ID' is empty",
		],
		[
			'no name of a copy',
			'userType.duplicate',
			{ userType: byId(DEALERS), name: '' },
			"'New Name' is empty",
		],
		[
			'an empty new name',
			'userType.update',
			{ userType: byId(DEALERS), updateFields: { name: '' }, modulesMode: 'none' },
			"'New Name' is empty",
		],
		['no definition', 'userType.upsert', { definition: '' }, "'Definition (JSON)' is empty"],
		[
			'a definition that is a list',
			'userType.upsert',
			{ definition: '[]' },
			"'Definition (JSON)' contains no user type",
		],
		[
			'a simplified user type',
			'userType.upsert',
			{ definition: '{"name":"Dealers","personality_module":{"api_name":"Contacts"}}' },
			"'Definition (JSON)' has no modules",
		],
		[
			'modules alone',
			'userType.upsert',
			{ definition: '{"name":"Dealers","modules":[{"id":"1"}]}' },
			"'Definition (JSON)' has no personality module",
		],
		[
			'a definition without a name',
			'userType.upsert',
			{ definition: '{"personality_module":{"api_name":"Contacts"},"modules":[{"id":"1"}]}' },
			"'Name' is empty",
		],
		[
			'nothing to update',
			'userType.update',
			{ userType: byId(DEALERS), modulesMode: 'none' },
			"'Update Fields' is empty",
		],
	])('%s is refused before anything is sent', async (_, operation, parameters, message) => {
		// As expressions, since n8n itself checks what is typed in.
		const result = await run(operation, byExpression(parameters), { input: [values(parameters)] });
		expect(result.error?.message).toBe(`${message} [row 1]`);
		expect(result.error?.description).toBeTruthy();
		expect(result.error?.name).toBe('NodeOperationError');
		expect(result.error?.context.itemIndex).toBe(0);
		expect(calls()).toEqual([]);
	});

	test('one item that cannot be sent holds back the others', async () => {
		harness.emulator.world.addPortalUsers(DEALERS, 2);
		const [first, third] = [...harness.emulator.world.portalUsers.keys()];
		const result = await run('portalUser.delete', ofDealers(), {
			input: [first, 'none', third].map((id) => ({ id })),
		});
		expect(result.error?.message).toBe(
			`'Users' is "none", which is neither an ID nor an email address [row 2]`,
		);
		expect(calls()).toEqual([]);
	});

	test('so does one whose expression n8n cannot evaluate', async () => {
		harness.emulator.world.addPortalUsers(DEALERS, 2);
		const [first, third] = [...harness.emulator.world.portalUsers.keys()];
		const result = await run(
			'portalUser.delete',
			{
				userType: byId(DEALERS),
				personalityIds: '={{ $json.id ? $json.id : $("No such node").item.json.id }}',
			},
			{ input: [{ id: first }, {}, { id: third }] },
		);
		expect(result.error?.message).toBe("Referenced node doesn't exist");
		// Had they been sent, it would be behind the back of an execution that has ended.
		await sleep(50);
		expect(calls()).toEqual([]);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with "%s" it is an item of its own',
		async (onError) => {
			harness.emulator.world.addPortalUsers(DEALERS, 2);
			const [first, third] = [...harness.emulator.world.portalUsers.keys()];
			const result = await run('portalUser.delete', ofDealers(), {
				input: [first, 'none', third].map((id) => ({ id })),
				onError,
			});
			const { items, errorItems } = result;
			const [refused] = onError === 'continueErrorOutput' ? errorItems : [items[1]];
			expect(refused.json.error).toBe(
				`'Users' is "none", which is neither an ID nor an email address [row 2]`,
			);
			expect(pairs([refused])).toEqual([1]);
			expect(pairs(items)).toEqual(onError === 'continueErrorOutput' ? [0, 2] : [0, 1, 2]);
			expect(calls()).toHaveLength(1);
		},
	);

	test.each<[string, INodeParameters['personalityIds']]>([
		['a comma-separated list', '={{ $json.ids.join(", ") }}'],
		['a list over several lines', '={{ $json.ids.join("\\n") }}'],
		['an array', '={{ $json.ids }}'],
		['an array as text', '={{ JSON.stringify($json.ids) }}'],
	])('takes %s of ids, each once', async (_, personalityIds) => {
		const users = harness.emulator.world.addPortalUsers(DEALERS, 3);
		const ids = users.map((user) => user.personality_id);
		const result = await run(
			'portalUser.delete',
			{ userType: byId(DEALERS), personalityIds },
			{ input: [{ ids: [...ids, ids[0]] }] },
		);
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
	});
});

describe('bounds', () => {
	// How many calls a run makes at most when every further one would meet the same.

	skipPauses();

	const each = { userType: byId(DEALERS), personalityIds: '={{ $json.id }}', active: false };

	const tokenRequests = () => harness.emulator.tokenRequests.length;

	describe('an outage', () => {
		test.each<Fault>([
			{ kind: 503, before: true },
			{ kind: 'reset', before: true },
			{ kind: 'throttle', before: true },
			{ kind: 504, before: true },
		])('costs 100 items 20 calls at most ($kind)', async (fault) => {
			harness.emulator.faults.add(fault);
			const ids = addUsers(100);
			const input = asItems(ids);
			const result = await run('portalUser.changeStatus', each, { input, ...continuing });
			expect(calls().length).toBeLessThanOrEqual(20);
			expect(pairs(result.items)).toEqual(ids.map((_, index) => index));
			expect(jsons(result).every((json) => typeof json.error === 'string')).toBe(true);
			// Where every call was refused for certain, nobody is in doubt; nor is who was never sent.
			const sent = new Set(calls().map((call) => /users\/(\d+)\//.exec(call)?.[1]));
			for (const json of jsons(result)) {
				if (fault.kind === 'throttle') expect(json.uncertain).toBeUndefined();
				if (!sent.has(String(json.personality_id))) expect(json.uncertain).toBeUndefined();
			}
		});

		test('of reads costs 100 items 20 calls at most', async () => {
			harness.emulator.faults.add({ kind: 500, before: true });
			const input = Array.from({ length: 100 }, () => ({ id: DEALERS }));
			const parameters = { userType: byId('={{ $json.id }}') };
			const result = await run('portalUser.getAll', parameters, { input, ...continuing });
			expect(calls().length).toBeLessThanOrEqual(20);
			expect(result.items).toHaveLength(100);
		});

		test('that ends costs nobody anything', async () => {
			harness.emulator.faults.add({ kind: 503, before: true, times: 5 });
			const ids = addUsers(30);
			const result = await run('portalUser.changeStatus', each, { input: asItems(ids) });
			expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
			expect(calls().length).toBeLessThanOrEqual(40);
		});

		test.each<Fault>([
			{ kind: 503, before: true, during: 'token' },
			{ kind: 'reset', before: true, during: 'token' },
			{ kind: 'html', before: true, during: 'token' },
		])('of the accounts server costs 4 items 10 token requests at most ($kind)', async (fault) => {
			harness.emulator.accounts.expireAccessTokens();
			harness.emulator.faults.add(fault);
			const ids = addUsers(4);
			const input = asItems(ids);
			const result = await run('portalUser.changeStatus', each, { input, ...continuing });
			expect(tokenRequests()).toBeLessThanOrEqual(10);
			expect(tokenRequests()).toBeGreaterThan(0);
			for (const json of jsons(result)) {
				expect(json.error).toContain('could not be deactivated');
				expect(json.uncertain).toBeUndefined();
			}
			expect([...harness.emulator.world.portalUsers.values()].every((user) => user.active)).toBe(
				true,
			);
		});
	});

	describe('a missing scope', () => {
		const operations: Array<[string, IDataObject]> = [
			['portalUser.changeStatus', {}],
			['portalUser.delete', { options: { batchSize: 1 } }],
			['portalUser.invite', { options: { batchSize: 1 } }],
			['user.update', { updateFields: { phone: '1' } }],
			['user.delete', {}],
		];

		test.each(operations)(
			'costs 100 items of %s two tokens and ten calls at most',
			async (operation, more) => {
				harness.engine.connect('1', 'ZohoCRM.settings.roles.READ');
				const ids = addUsers(100);
				const parameters = {
					...each,
					module: byName('Contacts'),
					recordIds: '={{ $json.id }}',
					user: byId('={{ $json.id }}'),
					...more,
				} as never;
				const result = await run(operation, parameters, { input: asItems(ids), ...continuing });
				expect(tokenRequests()).toBeLessThanOrEqual(2);
				expect(calls().length).toBeLessThanOrEqual(10);
				expect(jsons(result)).toHaveLength(100);
				for (const json of jsons(result)) {
					expect(json).toMatchObject({ code: 'OAUTH_SCOPE_MISMATCH' });
					expect(json.uncertain).toBeUndefined();
				}
			},
		);

		test('costs no more where Zoho says 401 and does not name it', async () => {
			harness.emulator.faults.add({
				kind: 'status',
				status: 401,
				code: 'AUTHENTICATION_FAILURE',
				before: true,
			});
			const input = asItems(addUsers(100));
			const result = await run('portalUser.changeStatus', each, { input, ...continuing });
			expect(tokenRequests()).toBeLessThanOrEqual(2);
			expect(calls().length).toBeLessThanOrEqual(20);
			expect(result.items).toHaveLength(100);
		});
	});

	describe('1,000 ids and a refusal that is not about ids cost six calls at most', () => {
		const refusals: Array<[string, Omit<Fault, 'before'>]> = [
			...[
				'FORBIDDEN',
				'PERMISSION_DENIED',
				'NO_PERMISSION',
				'AUTHORIZATION_FAILED',
				'FEATURE_NOT_ENABLED',
			].map((code): [string, Omit<Fault, 'before'>] => [
				code,
				{ kind: 'status', status: 403, code },
			]),
			['INVALID_REQUEST', { kind: 'status', status: 400, code: 'INVALID_REQUEST' }],
			['a code that nobody knows', { kind: 'status', status: 400, code: 'SOMETHING_NEW' }],
			['HTML with 400', { kind: 'status', status: 400, body: 'html' }],
			['HTML with 403', { kind: 'status', status: 403, body: 'html' }],
			['407', { kind: 'status', status: 407, body: 'html' }],
			['302', { kind: 'redirect' }],
			['500', { kind: 'status', status: 500 }],
			['a page with 200', { kind: 'html' }],
		];

		test.each(refusals)('%s', async (_, fault) => {
			harness.emulator.faults.add({ ...fault, before: true });
			const ids = addUsers(1_000);
			const parameters = { userType: byId(DEALERS), personalityIds: ids } as never;
			const result = await run('portalUser.delete', parameters, continuing);
			expect(calls().length).toBeLessThanOrEqual(6);
			expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
			expect(jsons(result).every((json) => typeof json.error === 'string')).toBe(true);
		});
	});

	describe('batching of n8n', () => {
		const inBatches = (batchSize: number) => ({
			requestOptions: { batching: { batch: { batchSize, batchInterval: 1 } } },
		});

		test('mails a record once that two batches name, with "resend"', async () => {
			const { world } = harness.emulator;
			const [a, b, c] = addRecords(3);
			const parameters = {
				userType: byId(DEALERS),
				module: byName('Contacts'),
				recordIds: '={{ $json.id }}',
				whenAlreadyInvited: 'resend',
				...inBatches(2),
			};
			const input = asItems([a, b, a, c, b]);
			const result = await run('portalUser.invite', parameters, { input });
			expect(jsons(result).map((json) => json.record_id)).toEqual([a, b, a, c, b]);
			expect(world.mails.map(({ record_id }) => record_id).sort()).toEqual([a, b, c]);
		});

		test('deletes a user once whom two batches name', async () => {
			const [a, b] = addUsers(2);
			const parameters = { ...each, ...inBatches(1) };
			const result = await run('portalUser.delete', parameters, { input: asItems([a, b, a]) });
			expect(jsons(result)).toMatchObject([
				{ deleted: true },
				{ deleted: true },
				{ deleted: true },
			]);
			expect(calls()).toHaveLength(2);
		});
	});

	test('"skip" reads the portal once for 250 records', async () => {
		const { world } = harness.emulator;
		const ids = Array.from({ length: 250 }, () => {
			const record = world.addRecord();
			world.addPortalUser(DEALERS, record, { confirm: false });
			return record.id;
		});
		const parameters = {
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: '={{ $json.id }}',
			whenAlreadyInvited: 'skip',
		};
		const result = await run('portalUser.invite', parameters, { input: asItems(ids) });
		expect(jsons(result).every((json) => json.skipped === true)).toBe(true);
		expect(world.mails).toEqual([]);
		const lists = calls().filter((call) => /GET .*\/user_type\b/.test(call));
		expect(new Set(lists).size).toBe(lists.length);
	});
});
