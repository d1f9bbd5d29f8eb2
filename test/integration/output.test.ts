import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodePropertyOptions } from 'n8n-workflow';

import { operations } from '../../nodes/ZohoCrmPortals/resources';
import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { BEN, CLIENT_PORTAL } from '../../emulator/seed';
import { byId, jsons, useHarness } from '../../harness/harness';

const harness = useHarness();
const { run } = harness;

describe.each([
	['user.get', { user: byId(BEN) }, ['id', 'full_name', 'email', 'role', 'profile', 'status']],
	['user.getAll', {}, ['id', 'full_name', 'email', 'role', 'profile', 'status']],
	['userType.get', { userType: byId(CLIENT_PORTAL) }, ['id', 'name', 'active']],
	['userType.getAll', {}, ['id', 'name', 'active']],
])('%s returns', (operation, parameters: INodeParameters, simplified) => {
	const keysOf = async (output: INodeParameters) => {
		const [json] = jsons(await run(operation, { ...parameters, ...output }));
		return Object.keys(json);
	};

	test('all that Zoho answers', async () => {
		const all = await keysOf({ output: 'raw' });
		expect(all.length).toBeGreaterThan(simplified.length);
	});

	test('what most workflows need, unless told otherwise', async () => {
		const few = await keysOf({});
		expect(await keysOf({ output: 'simplified' })).toEqual(few);
		expect(few).toEqual(expect.arrayContaining(simplified));
		expect(few.length).toBeLessThan((await keysOf({ output: 'raw' })).length);
	});

	test('the chosen fields', async () => {
		const outputFields = [simplified[2], 'id'];
		const chosen = await keysOf({ output: 'selected', outputFields });
		expect(chosen.sort()).toEqual([...outputFields].sort());
	});
});

test('fields to choose from are those that Zoho answers', async () => {
	const { description } = new ZohoCrmPortals();
	const ofUsers = description.properties.find(
		({ name, displayOptions }) =>
			name === 'outputFields' && displayOptions?.show?.resource?.includes('user'),
	);
	const offered = (ofUsers?.options as INodePropertyOptions[]).map(({ value }) => value);
	const [user] = jsons(await run('user.get', { user: byId(BEN), output: 'raw' }));
	const left = Object.keys(user).filter((key) => !offered.includes(key));
	expect(left).toEqual([]);
});

describe('hints', () => {
	const { description } = new ZohoCrmPortals();

	/** The hint that the editor shows before a run. */
	const shown = (resource: string, operation: string) =>
		(description.hints ?? [])
			.filter(({ displayCondition }) => {
				const [, one, other] = /"(\w+)" && .*"(\w+)" }}$/.exec(displayCondition ?? '') ?? [];
				return one === resource && other === operation;
			})
			.map(({ message }) => message);

	test('are those of the operation', () => {
		for (const [resource, ofResource] of Object.entries(operations)) {
			for (const { value, hint } of ofResource) {
				expect(shown(resource, value)).toEqual(hint === undefined ? [] : [hint]);
			}
		}
	});

	test.each([
		['portalUser', 'invite', /mail/],
		['user', 'create', /mail/],
		['portalUser', 'delete', /access/],
		['portalUser', 'changeStatus', /log in/],
		['portalUser', 'transfer', /see/],
		['user', 'delete', /access/],
		['user', 'transferAndDelete', /access/],
		['userType', 'delete', /for good/],
	])('%s: %s says what it does to people', (resource, operation, words) => {
		expect(shown(resource, operation)).toEqual([expect.stringMatching(words)]);
	});
});

test('parameters keep their value when the operation changes', () => {
	const { properties } = new ZohoCrmPortals().description;
	const filled: INodeParameters = {
		resource: 'portalUser',
		operation: 'delete',
		portal: { __rl: true, mode: 'name', value: 'AcmeClients' },
		userType: byId(CLIENT_PORTAL),
		personalityIds: '42',
	};
	const { description } = new ZohoCrmPortals();
	const changed = NodeHelpers.getNodeParameters(
		properties,
		{ ...filled, operation: 'transfer' },
		true,
		false,
		{ typeVersion: 1 },
		description,
	);
	expect(changed).toMatchObject({
		portal: filled.portal,
		userType: filled.userType,
		personalityIds: '42',
	});
});
