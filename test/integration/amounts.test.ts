import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import { byId, byName, hintsOf, jsons, useHarness } from '../../harness/harness';
import { byAgent, byEngine, setUpTool } from '../../harness/tool';

const harness = useHarness();
const { run, calls, addUsers } = harness;

const dealers = { userType: byId(DEALERS) };
const everyone = { userType: '' };

describe.each(['oas', 'docs'] as const)('a limit says how many users there are (%s)', (sources) => {
	beforeEach(() => (harness.emulator.switches.sources = sources));

	const told = async (parameters: INodeParameters) =>
		hintsOf(await run('portalUser.getAll', parameters));

	test.each([
		[dealers, 50, 'Returned 50 of 450 users.'],
		[dealers, 200, 'Returned 200 of 450 users.'],
		[dealers, 449, 'Returned 449 of 450 users.'],
		[everyone, 50, 'Returned 50 of 457 users.'],
		[everyone, 455, 'Returned 455 of 457 users.'],
		[{ ...everyone, filters: { type: 'NotConfirmedUsers' } }, 3, 'Returned 3 of at least 4 users.'],
		[{ ...dealers, filters: { unconfirmedForDays: 1 } }, 2, 'Returned 2 of 4 users.'],
	])('%j, %i at most', async (parameters, limit, note) => {
		addUsers(446);
		addUsers(4, DEALERS, { confirm: false });
		addUsers(7, PREMIUM);
		expect(await told({ ...parameters, limit })).toEqual([
			`${note} Raise Limit to return more, or narrow the filters.`,
		]);
	});

	test.each([
		[dealers, 200],
		[everyone, 207],
		[{ ...everyone, filters: { search: 'example' } }, 500],
	])('and nothing where all are returned: %j, %i at most', async (parameters, limit) => {
		addUsers(200);
		addUsers(7, PREMIUM);
		expect(await told({ ...parameters, limit })).toEqual([]);
	});

	test('user types whose users are not counted leave it open', async () => {
		harness.emulator.switches.userCounts = 'none';
		addUsers(3, CLIENT_PORTAL);
		expect(await told({ ...everyone, limit: 3 })).toEqual([
			'Returned 3 users; there may be more. Raise Limit to return more, or narrow the filters.',
		]);
	});
});

describe('a search', () => {
	test('finds parts of names and email addresses in any case, in all user types', async () => {
		const [byNames] = addUsers(1, DEALERS, { name: 'Mina SHAH', email: 'm@acme.test' });
		const [byAddress] = addUsers(1, PREMIUM, { name: 'Leila', email: 'l.shah@acme.test' });
		addUsers(3);
		const result = await run('portalUser.getAll', { ...everyone, filters: { search: 'shaH' } });
		const ids = [byNames, byAddress];
		expect(jsons(result).map(({ personality_id }) => personality_id)).toEqual(ids);
	});

	test('takes the text as it is, and an empty one is an input error', async () => {
		addUsers(3);
		const search = '.*';
		expect((await run('portalUser.getAll', { ...dealers, filters: { search } })).items).toEqual([]);
		const empty = await run('portalUser.getAll', { ...dealers, filters: { search: ' ' } });
		expect(empty.error?.message).toContain("'Name or Email Contains' is empty");
	});
});

describe.each([
	['by the agent itself', byAgent],
	['by the engine', byEngine],
])('as a tool called %s', (_, prepare) => {
	const answer = async (parameters: INodeParameters, input: IDataObject = {}) => {
		const tool = { resource: 'portalUser', operation: 'getAll', portal: byName(PORTAL) };
		const set = { parameters: { ...tool, ...everyone, ...parameters } };
		return await prepare(setUpTool(harness.engine, set), input)();
	};

	test.each([{}, { returnAll: true }, { limit: 10_000 }, { output: 'raw' }])(
		'an answer about 20,000 people is short and says how many there are: %j',
		async (parameters) => {
			harness.emulator.world.addPortalUsers(DEALERS, 20_000);
			const rows = await answer(parameters);
			const last = rows.at(-1);
			expect(JSON.stringify(rows).length).toBeLessThan(4_000);
			expect(rows.length).toBeGreaterThan(8);
			expect(last).toEqual({
				returned: rows.length - 1,
				total: 20_000,
				note: expect.stringContaining('of 20,000 users. Raise Limit'),
			});
			expect(calls().length).toBeLessThanOrEqual(3);
		},
	);

	test('a model that asks for more gets it', async () => {
		addUsers(120);
		const rows = await answer({ limit: "={{ $fromAI('limit') }}" }, { limit: 100 });
		expect(rows).toHaveLength(100);
	});

	test('few people are returned as they are', async () => {
		addUsers(3);
		const rows = await answer({});
		expect(rows).toHaveLength(3);
		expect(rows.every(({ personality_id }) => personality_id !== undefined)).toBe(true);
	});
});
