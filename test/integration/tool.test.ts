import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { DEALERS, PORTAL, UNKNOWN } from '../../emulator/seed';
import {
	again,
	byId,
	byName,
	inviting,
	jsons,
	pairs,
	skipPauses,
	useHarness,
} from '../../harness/harness';
import { byAgent, byEngine, callTool, setUpTool } from '../../harness/tool';
import { NODE_TYPE } from '../../harness/types';

const harness = useHarness();
const { calls, addUsers, addRecords } = harness;

const parameters: INodeParameters = {
	resource: 'portalUser',
	operation: 'changeStatus',
	portal: byName(PORTAL),
	userType: byId(DEALERS),
	personalityIds: "={{ $fromAI('user') }}",
	active: "={{ $fromAI('active') }}",
};

const setUp = (extra: object = {}) => setUpTool(harness.engine, { parameters, ...extra });

test('can be used as a tool', () => {
	expect(harness.engine.nodeTypes.getByName(NODE_TYPE).description).toMatchObject({
		usableAsTool: true,
	});
});

test.each([
	['by the agent itself', byAgent],
	['by the engine', byEngine],
])('runs with what the model filled in, called %s', async (_, prepare) => {
	const [user] = addUsers(1);
	const output = await prepare(setUp(), { user, active: false })();
	expect(output).toMatchObject([{ personality_id: user, active: false }]);
	expect(calls()).toHaveLength(1);
});

test('tells the model what Zoho refused', async () => {
	const [user] = addUsers(1, DEALERS, { confirm: false });
	await expect(byAgent(setUp(), { user, active: false })()).rejects.toMatchObject({
		message: expect.stringContaining('has not accepted the invitation'),
		description: expect.stringContaining('Delete the portal user instead'),
	});
});

describe('an agent gets the remedy with the error that ends a run', () => {
	const TOOL = `${NODE_TYPE}Tool`;
	const tool = () => setUp({ type: TOOL });

	beforeAll(() => harness.engine.register(TOOL, new ZohoCrmPortals()));

	test.each([
		['by the agent itself', byAgent],
		['by the engine', byEngine],
	])('of Zoho, called %s', async (_, prepare) => {
		const [user] = addUsers(1, DEALERS, { confirm: false });
		await expect(prepare(tool(), { user, active: false })()).rejects.toMatchObject({
			message: expect.stringMatching(
				/could not be deactivated.*\n\nDelete the portal user instead/,
			),
		});
	});

	test.each([
		['by the agent itself', byAgent],
		['by the engine', byEngine],
	])('of what the model filled in, called %s', async (_, prepare) => {
		await expect(prepare(tool(), { user: 'Mina', active: false })()).rejects.toMatchObject({
			message: expect.stringMatching(/'Users' is "Mina".*\n\n.*Enter an ID/),
		});
	});
});

describe.each([
	['by the agent itself', byAgent],
	['by the engine', byEngine],
])('what a run planned or did is put into effect or back, called %s', (_, prepare) => {
	const TOOL = `${NODE_TYPE}Tool`;

	const rows = (operation: 'apply' | 'restore', field: 'changes' | 'plan') =>
		setUpTool(harness.engine, {
			type: TOOL,
			parameters: {
				resource: 'portalUser',
				operation,
				portal: byName(PORTAL),
				[field]: "={{ $fromAI('items') }}",
			},
		});

	beforeAll(() => harness.engine.register(TOOL, new ZohoCrmPortals()));

	const deactivate = async (id: string, options: INodeParameters) => {
		const asked = { userType: byId(DEALERS), personalityIds: id, active: false, options };
		return jsons(await harness.run('portalUser.changeStatus', asked));
	};

	test.each([
		['as JSON', (items: IDataObject[]) => JSON.stringify(items)],
		['as they are', (items: IDataObject[]) => items],
	])('items come %s', async (__, given) => {
		const [id] = addUsers(1);
		const user = () => harness.emulator.world.portalUsers.get(id);
		const plan = await deactivate(id, { dryRun: true });
		expect(await prepare(rows('apply', 'plan'), { items: given(plan) })()).toMatchObject([
			{ action: 'deactivated', personality_id: id, name: user()?.name, code: 'SUCCESS' },
		]);
		expect(user()?.active).toBe(false);
		Object.assign(user() ?? {}, { active: true });
		const done = await deactivate(id, { includePrevious: true });
		expect(await prepare(rows('restore', 'changes'), { items: given(done) })()).toMatchObject([
			{ action: 'activated', personality_id: id, name: user()?.name, code: 'SUCCESS' },
		]);
		expect(user()?.active).toBe(true);
	});

	test('the model gets the remedy with an error of Zoho, and of what it filled in', async () => {
		const [id] = addUsers(1);
		const plan = await deactivate(id, { dryRun: true });
		const done = await deactivate(id, { includePrevious: true });
		harness.emulator.world.portalUsers.delete(id);
		const stale = /no longer in the portal.*\n\n\w+/;
		for (const [tool, items, said] of [
			[rows('apply', 'plan'), plan, stale],
			[rows('restore', 'changes'), done, stale],
			[
				rows('apply', 'plan'),
				done,
				/'Plan' .*not planned.*\n\nPass the items that a dry run returned/,
			],
			[rows('restore', 'changes'), plan, /'Changes' .*only planned.*\n\nPass the items of the run/],
		] as const) {
			await expect(prepare(tool, { items: JSON.stringify(items) })()).rejects.toMatchObject({
				message: expect.stringMatching(said),
			});
		}
	});
});

test('every call is made, also one that was made before', async () => {
	const [user] = addUsers(1);
	const agent = setUp({ retryOnFail: true });
	await byAgent(agent, { user, active: false })();
	await byAgent(agent, { user, active: true })();
	await byAgent(agent, { user, active: false })();
	expect(calls()).toHaveLength(3);
	expect(harness.emulator.world.portalUsers.get(user)?.active).toBe(false);
});

test('two calls at the same time do not mix', async () => {
	const users = addUsers(2);
	const agent = setUp();
	const outputs = await Promise.all(
		users.map(async (user) => await byAgent(agent, { user, active: false })()),
	);
	expect(outputs.map(([output]) => output.personality_id)).toEqual(users);
});

test('the declared routing alone carries items one by one', async () => {
	const plain = Object.assign(new ZohoCrmPortals(), { customOperations: undefined });
	harness.engine.register('plain', plain);
	const [first, last] = addUsers(2);
	const ids = [first, UNKNOWN, last];
	const result = await harness.engine.runNode({
		type: 'plain',
		parameters: { ...parameters, operation: 'delete', personalityIds: '={{ $json.id }}' },
		input: ids.map((id) => ({ id })),
		onError: 'continueErrorOutput',
	});
	expect(calls()).toHaveLength(3);
	expect(pairs(result.items)).toEqual([0, 2]);
	expect(pairs(result.errorItems)).toEqual([1]);
});

describe('a tool that fails is called again, and must not mail anybody twice:', () => {
	skipPauses();

	const tool = () =>
		setUpTool(harness.engine, {
			parameters: {
				resource: 'portalUser',
				operation: 'invite',
				portal: byName(PORTAL),
				...inviting("={{ $fromAI('record') }}", { whenAlreadyInvited: 'resend' }),
			},
			...again,
		});

	describe.each([
		['by the agent itself', byAgent],
		['by the engine', byEngine],
	])('called %s', (_, prepare) => {
		test.each(['reset', 500, 'cut', 'html', 'empty'] as const)(
			'an invitation whose answer was lost (%s) is not sent again',
			async (kind) => {
				const [id] = addRecords(1);
				harness.emulator.faults.add({ kind, before: false, method: 'POST', times: 1 });
				const call = prepare(tool(), { record: id });
				for (let tried = 1; tried <= 3; tried++) {
					await expect(call()).rejects.toMatchObject({
						message: expect.stringContaining(`It is not certain whether record ${id} was invited`),
					});
				}
				expect(calls()).toHaveLength(1);
				expect(harness.emulator.world.mails).toHaveLength(1);
			},
		);

		test('an invitation that was certainly refused is sent again', async () => {
			const [id] = addRecords(1);
			harness.emulator.faults.add({
				kind: 'status',
				status: 403,
				code: 'FORBIDDEN',
				before: true,
				times: 1,
			});
			const call = prepare(tool(), { record: id });
			await expect(call()).rejects.toMatchObject({
				message: expect.stringContaining('could not be invited'),
			});
			expect(await call()).toMatchObject([{ record_id: id, invited: true }]);
			expect(harness.emulator.world.mails).toHaveLength(1);
		});
	});
});

describe('a tool that n8n calls again after an error', () => {
	skipPauses();

	const call = async (operation: string, more: INodeParameters, value: string, maxTries = 3) =>
		await callTool(
			harness.engine,
			{
				parameters: {
					...{ resource: 'portalUser', operation, portal: byName(PORTAL) },
					...{ userType: byId(DEALERS), ...more },
				},
				...again,
				maxTries,
			},
			{ value },
			maxTries,
		);

	const value = "={{ $fromAI('value') }}";

	const refuse = (method: string, url: string) =>
		harness.emulator.faults.add({
			...{ kind: 'status', before: true, status: 400, code: 'NOT_ALLOWED' },
			...{ method, url },
		});

	test('knows whom an earlier try has deleted', async () => {
		const ids = addUsers(3);
		const all = [...ids, UNKNOWN].join(',');
		const { error } = await call('delete', { personalityIds: value }, all);
		expect(error?.context.zoho).toMatchObject({ succeeded: ids, failed: [UNKNOWN], uncertain: [] });
	});

	test('mails nobody again whom an earlier try has invited', async () => {
		const ids = addRecords(3);
		const resending = { ...inviting(value), whenAlreadyInvited: 'resend' };
		const { world } = harness.emulator;
		refuse('POST', ids[0]);
		const options = { batchSize: 1 };
		const { error } = await call('invite', { ...resending, options }, ids.join(','));
		expect(error?.context.zoho).toMatchObject({ succeeded: ids.slice(1), failed: [ids[0]] });
		expect(world.mails.map(({ record_id }) => record_id)).toEqual(ids.slice(1));
	});

	test('tells of everybody on a list what became of them', async () => {
		const ids = addUsers(3, DEALERS, { active: false });
		refuse('PUT', ids[0]);
		const { error } = await call('sync', { recordIds: value }, ids.join(','));
		expect(error?.context.zoho).toMatchObject({ succeeded: ids.slice(1), failed: [ids[0]] });
	});

	test('does again what the agent asks for again once it was told', async () => {
		const ids = addUsers(2);
		const agent = setUpTool(harness.engine, {
			parameters: { ...parameters, personalityIds: value },
			...again,
			maxTries: 2,
		});
		const deactivate = byAgent(agent, { value: ids.join(','), active: false });
		refuse('PUT', ids[1]);
		await expect(deactivate()).rejects.toThrow();
		await expect(deactivate()).rejects.toThrow('1 is done and stays so');
		await byAgent(agent, { value: ids[0], active: true })();
		expect(harness.emulator.world.portalUsers.get(ids[0])?.active).toBe(true);
		await expect(deactivate()).rejects.toThrow('1 is done and stays so');
		expect(harness.emulator.world.portalUsers.get(ids[0])?.active).toBe(false);
	});
});
