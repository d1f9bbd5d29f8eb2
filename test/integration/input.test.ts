import { sleep } from 'n8n-workflow';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEALERS, PORTAL } from '../../emulator/seed';
import { byId, byName, jsons, ofDealers, pairs, useHarness } from '../../harness/harness';

const harness = useHarness();
const { run, calls } = harness;

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
		`'Users' is "12ab", which is not an ID`,
	],
	[
		'an id that lost digits as a number',
		'portalUser.delete',
		portalUsers({ personalityIds: Number(ID) }),
		"'Users' is the number 7310000000000400000, which has lost digits",
	],
	[
		'a user type by name',
		'portalUser.getAll',
		portalUsers({ userType: byId('Dealers') }),
		`'User Type' is "Dealers", which is not an ID`,
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
		`'User' is "../users", which is not an ID`,
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
		"'Modules (JSON)' holds no modules",
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
		"'Modules' is empty",
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
	['no definition', 'userType.upsert', { definition: '' }, "'Definition (JSON)' is not valid JSON"],
	[
		'a definition that is a list',
		'userType.upsert',
		{ definition: '[]' },
		"'Definition (JSON)' holds no user type",
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
		"'Definition (JSON)' names no personality module",
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
	expect(result.error?.message).toBe(`${message} [item 0]`);
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
	expect(result.error?.message).toBe(`'Users' is "none", which is not an ID [item 1]`);
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
		expect(refused.json.error).toBe(`'Users' is "none", which is not an ID [item 1]`);
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
