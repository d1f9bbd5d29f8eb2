/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import packageJson from '../../package.json';
import codex from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node.json';
import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { ZohoCrmPortalsTrigger } from '../../nodes/ZohoCrmPortals/ZohoCrmPortalsTrigger.node';
import { operations as byResource } from '../../nodes/ZohoCrmPortals/resources';
import type { Operation } from '../../nodes/ZohoCrmPortals/run/operation';
import { ASHA, CHLOE, CLIENT_PORTAL, DANA, DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import { CERTIFICATE, LONG_LIVED } from '../../harness/certificates';
import { zohoNode } from '../../harness/engine';
import { byId, byName, continuing, useHarness } from '../../harness/harness';

const { description } = new ZohoCrmPortals();
const root = path.join(__dirname, '../..');

const operations = Object.entries(byResource).flatMap(([resource, list]) =>
	list.map((operation): [string, Operation] => [`${resource}.${operation.value}`, operation]),
);

/** The parameters that the editor shows. */
function shown(
	parameters: INodeParameters,
	properties: INodeProperties[] = description.properties,
): INodeProperties[] {
	return properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, { typeVersion: 1 }, description, parameters),
	);
}

const everyProperty = (): INodeProperties[] => {
	const all: INodeProperties[] = [];
	const collect = (properties: INodeProperties[]) => {
		for (const property of properties) {
			all.push(property);
			for (const option of property.options ?? []) {
				if ('values' in option) collect(option.values);
				else if ('type' in option) collect([option]);
			}
		}
	};
	collect(description.properties);
	return all;
};

test('every resource has operations, and every operation a resource', () => {
	const resource = description.properties.find(({ name }) => name === 'resource');
	const values = (resource?.options as INodePropertyOptions[]).map(({ value }) => value);
	expect(values.sort()).toEqual(Object.keys(byResource).sort());
});

test.each(operations)('%s has all that the editor and a language model need', (name, operation) => {
	const [resource] = name.split('.');
	const [property] = description.properties.filter(
		(candidate) =>
			candidate.name === 'operation' &&
			candidate.displayOptions?.show?.resource?.includes(resource),
	);
	const options = property.options as INodePropertyOptions[];
	const option = options.find(({ value }) => value === operation.value);
	expect(option).toMatchObject({
		name: expect.stringMatching(/^[A-Z]/),
		action: expect.stringMatching(/^[A-Z][a-z]+ (?!a |the )/),
		description: expect.stringMatching(/^.{30,}$/),
		routing: { request: { method: operation.method, url: operation.path } },
	});
	expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
	const names = options.map((one) => one.name);
	expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
});

test('every parameter says what it is for', () => {
	for (const property of everyProperty()) {
		if (['resource', 'operation'].includes(property.name)) continue;
		if (property.type === 'collection' || property.type === 'fixedCollection') continue;
		expect([property.name, property.description]).toEqual([property.name, expect.any(String)]);
	}
});

test('pickers name methods that exist', () => {
	const { listSearch, loadOptions } = new ZohoCrmPortals().methods;
	for (const { modes = [], typeOptions } of everyProperty()) {
		const { loadOptionsMethod } = typeOptions ?? {};
		if (loadOptionsMethod) expect(Object.keys(loadOptions)).toContain(loadOptionsMethod);
		for (const mode of modes) {
			const { searchListMethod } = mode.typeOptions ?? {};
			if (searchListMethod) expect(Object.keys(listSearch)).toContain(searchListMethod);
		}
	}
});

test('icons exist', () => {
	const credential = new ZohoCrmPortalsOAuth2Api();
	for (const [icon, folder] of [
		[description.icon, 'nodes/ZohoCrmPortals'],
		[credential.icon, 'credentials'],
	] as const) {
		for (const file of Object.values(icon as object)) {
			expect(existsSync(path.join(root, folder, String(file).replace('file:', '')))).toBe(true);
		}
	}
});

test('the codex file names the node', () => {
	expect(codex.node).toBe(`${packageJson.name}.${description.name}`);
	expect(readFileSync(path.join(root, 'package.json'), 'utf8')).not.toContain('"dependencies"');
});

test('the help that n8n links to is of this package', () => {
	const page = packageJson.homepage.replace(/#.*/, '');
	const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
	const { primaryDocumentation, credentialDocumentation } = codex.resources;
	const urls = [
		description.documentationUrl,
		new ZohoCrmPortalsOAuth2Api().documentationUrl,
		...[...primaryDocumentation, ...credentialDocumentation].map(({ url }) => url),
	];
	for (const url of urls) {
		const [address, heading = ''] = String(url).split('#');
		expect(address).toBe(page);
		expect(readme.toLowerCase()).toContain(`\n## ${heading}\n`);
	}
});

describe('below a node on the canvas stands what it does, in words', () => {
	const harness = useHarness();

	const DRY = { options: { dryRun: true } };

	test.each<[string, string, INodeParameters, string | undefined]>([
		['portalUser', 'getAll', {}, 'Get Many: Portal User'],
		['user', 'checkTransfer', {}, 'Check Before Transfer: CRM User'],
		['portalUser', 'changeStatus', { active: false }, 'Deactivate: Portal User'],
		['portalUser', 'changeStatus', {}, 'Activate: Portal User'],
		['portalUser', 'changeStatus', { active: false, ...DRY }, 'Deactivate (dry run): Portal User'],
		['portalUser', 'changeStatus', { active: '={{ $json.on }}' }, 'Change Status: Portal User'],
		['portalUser', 'changeStatus', { active: '={{ null.on }}' }, 'Change Status: Portal User'],
		['portalUser', 'sync', DRY, 'Sync (dry run): Portal User'],
		['portalUser', 'sync', { options: { dryRun: '={{ $json.dry }}' } }, 'Sync: Portal User'],
		['portalUser', 'sync', { options: '={{ $json.options }}' }, 'Sync: Portal User'],
		['portalUser', 'sync', { options: {} }, 'Sync: Portal User'],
		['portalUser', 'delete', { active: false, ...DRY }, 'Delete (dry run): Portal User'],
		['portalUser', 'nothing', DRY, undefined],
	])('%s.%s %j', (resource, operation, parameters, words) => {
		const node = zohoNode({ parameters: { resource, operation, ...parameters } });
		const { expression } = harness.engine.workflow({ nodes: [node], connections: {} });
		const value = expression.getSimpleParameterValue(node, description.subtitle, 'internal', {});
		expect(value).toBe(words);
	});
});

describe("n8n's workflow builder is told", () => {
	const hintOf = (name: string) => properties.find((one) => one.name === name)?.builderHint;
	const { properties } = description;

	test('that all items of Sync are one list, to try a dry run first, and to use no loop', () => {
		const { searchHint = '', relatedNodes = [] } = description.builderHint ?? {};
		expect(searchHint).toMatch(/do not put it in a loop.*options\.dryRun.*one list/);
		const { name } = new ZohoCrmPortalsTrigger().description;
		expect(relatedNodes.map(({ nodeType }) => nodeType)).toEqual([`${packageJson.name}.${name}`]);
		expect(hintOf('others')?.propertyHint).toContain('options.dryRun');
		const ofSync = properties.find(
			(one) => one.name === 'recordIds' && one.displayOptions?.show?.operation?.includes('sync'),
		);
		expect(ofSync?.builderHint?.propertyHint).toContain('do not put the node in a loop');
	});

	test('that the trigger polls', () => {
		const { builderHint } = new ZohoCrmPortalsTrigger().description;
		expect(builderHint?.searchHint).toMatch(/^Polls/);
	});
});

describe('a warning before a run goes by what is chosen', () => {
	const harness = useHarness();

	const OFF = { active: false };
	const DRY = { options: { dryRun: true } };

	test.each<[string, INodeParameters, Array<string | RegExp>]>([
		['portalUser.changeStatus', {}, []],
		['portalUser.changeStatus', OFF, [/^People who are deactivated/]],
		['portalUser.changeStatus', { active: '={{ $json.on }}' }, [/^People who are deactivated/]],
		['portalUser.changeStatus', { ...OFF, ...DRY }, []],
		['portalUser.changeStatus', { ...OFF, options: { dryRun: '={{ $json.dry }}' } }, [/^People/]],
		['portalUser.delete', {}, [/^These people will lose/]],
		['portalUser.delete', DRY, []],
		['portalUser.sync', {}, [/^Zoho will mail/]],
		['portalUser.sync', { others: 'delete' }, [/^Zoho will mail/, /^"Everyone Else"/]],
		['user.update', { updateFields: { phone: '1' } }, []],
		['user.update', { updateFields: { status: 'active' } }, []],
		['user.update', { updateFields: { status: 'inactive' } }, [/^A user whose status/]],
		[
			'userType.delete',
			{ targetUserType: byId(DEALERS) },
			[/for good$/, /move to the target user type$/],
		],
		['userType.delete', { targetUserType: byId('') }, [/for good$/]],
		['portalUser.getAll', {}, []],
	])('%s %j', (name, parameters, expected) => {
		const [resource, operation] = name.split('.');
		const node = zohoNode({ parameters: { resource, operation, ...parameters } });
		const { expression } = harness.engine.workflow({ nodes: [node], connections: {} });
		const shown = (description.hints ?? []).filter(
			({ displayCondition }) =>
				expression.getSimpleParameterValue(node, displayCondition, 'internal', {}) === true,
		);
		expect(shown.map(({ message }) => message)).toEqual(
			expected.map((text) => expect.stringMatching(text)),
		);
	});
});

describe('every parameter that is shown reaches a request, or the items', () => {
	const harness = useHarness();
	/** A value for each field of a CRM user that may be set. */
	const userFields = () => ({
		...Object.fromEntries(
			['alias', 'city', 'country', 'fax', 'mobile', 'phone', 'state', 'street'].map((name) => [
				name,
				`new ${name}`,
			]),
		),
		website: 'https://example.test',
		zip: '10115',
		dob: '1990-12-31',
		otherFields: '{"locale":"de_DE"}',
		Reporting_To: byId(CHLOE),
	});

	const contacts = () => harness.emulator.world.module('Contacts');

	const definition = (active: boolean) => ({
		name: 'Guests',
		active,
		personality_module: { api_name: 'Contacts' },
		modules: ['Contacts', 'Notes'].map((api_name) => ({
			api_name,
			shared_type: 'private',
			permissions: { view: true },
		})),
	});

	/**
	 * Two values for every parameter, which must make a difference. How many calls
	 * may be in flight is left to the tests of batches, the timeout of jobs to those of invitations.
	 */
	const samples = (): Record<string, [unknown, unknown]> => ({
		portal: [byName(PORTAL), byName('OtherPortal')],
		userType: [byId('={{ "731000000000031000" + $json.n }}'), byId(CLIENT_PORTAL)],
		targetUserType: [byId(PREMIUM), byId(CLIENT_PORTAL)],
		user: [byId('={{ "731000000000010100" + $json.n }}'), byId(DANA)],
		personalityIds: ['7310000000000400001,7310000000000400002', '7310000000000400003'],
		module: [byName('Contacts'), byName('Vendors')],
		recordIds: ['7310000000000450001,7310000000000450002', '7310000000000450002'],
		whenAlreadyInvited: ['skip', 'resend'],
		language: ['', 'de_DE'],
		plan: [planned(DEALERS), planned(PREMIUM)],
		changes: [deleted(DEALERS), deleted(PREMIUM)],
		saml: [
			{
				login_url: 'https://login.example.test/sso',
				logout_url: 'https://login.example.test/slo',
				public_key: CERTIFICATE,
			},
			{
				login_url: 'https://sso.example.test/in',
				logout_url: 'https://sso.example.test/out',
				public_key: LONG_LIVED,
			},
		],
		whenDeleted: ['invite', 'report'],
		until: ['', '2020-01-01'],
		jobId: ['7310000000000500001', '7310000000000500002'],
		jobKind: ['transfer_and_delete', 'transfer'],
		targetUser: [byId(CHLOE), byId(ASHA)],
		targetManager: [byId(CHLOE), byId(ASHA)],
		transferWhat: [['records'], ['assignment', 'criteria']],
		targetPortal: [byName('OtherPortal'), byName(PORTAL)],
		email: ['ada@example.test', 'bob@example.test'],
		first_name: ['Ada', 'Bob'],
		last_name: ['Novak', 'Ortiz'],
		role: [byId('7310000000000102002'), byId('7310000000000102003')],
		profile: [byId('7310000000000103002'), byId('7310000000000103001')],
		additionalFields: [{}, userFields()],
		personalityModule: [byName('Contacts'), byName('Vendors')],
		name: ['Resellers', 'Partners'],
		active: [true, false],
		returnAll: [false, true],
		limit: [50, 60],
		definition: [definition(false), definition(true)],
		modulesMode: ['json', 'fields'],
		modulesJson: ['[{"id":"1"}]', '[{"id":"2"}]'],
		modulesUi: [
			{ module: [{ module: contacts().id, sharedType: 'private' }] },
			{
				module: [
					{
						module: '7310000000000200002',
						sharedType: 'public',
						permissions: ['edit'],
						layouts: ['1'],
						view: '7310000000000230002',
						filter: '3',
						fields: ['4'],
						readOnlyFields: ['5'],
					},
				],
			},
		],
		updateFields: [
			{ name: 'A', phone: '1' },
			{
				name: 'B',
				active: false,
				personalityModule: byName('Vendors'),
				...userFields(),
				email: 'new@example.test',
				first_name: 'Bob',
				last_name: 'Ortiz',
				role: byId('7310000000000102003'),
				profile: byId('7310000000000103001'),
				status: 'inactive',
			},
		],
		output: ['selected', 'raw'],
		outputFields: [['id'], ['id', 'name', 'email']],
		options: [{}, { batchSize: 1, dryRun: true, inBulk: 'always', waitForJob: false }],
		filters: [{}, { type: 'ActiveUsers', disabledByEmailChange: 'equal', includeModules: true }],
	});

	/** Rows about the two who are not in the portal, of a plan and of a deletion. */
	const rowsFor = (user_type_id: string) =>
		['7310000000000450002', '7310000000000450003'].map((personality_id) => ({
			personality_id,
			user_type_id,
		}));

	const planned = (userType: string) =>
		JSON.stringify(
			rowsFor(userType).map((row) => ({
				...row,
				planned: true,
				action: 'invited',
				previous: null,
			})),
		);

	const deleted = (userType: string) =>
		JSON.stringify(
			rowsFor(userType).map(({ personality_id, user_type_id }) => ({
				personality_id,
				deleted: true,
				previous: { user_type_id, invited_time: null },
			})),
		);

	const ownOptions = { batchSize: 1, dryRun: true, maxUsers: 1 };

	/** What an operation needs other values for: the items of a list must not contradict each other. */
	const ownSamples: Record<string, Record<string, [unknown, unknown]>> = {
		'portalUser.sync': {
			userType: [byId(CLIENT_PORTAL), byId(DEALERS)],
			others: ['delete', 'leave'],
			othersIn: ['named', 'all'],
			// There are so few people that none would be removed.
			options: [{ maxRemovals: 100 }, { batchSize: 1, dryRun: true, waitForJob: false }],
		},
		'portalUser.apply': { options: [{}, ownOptions] },
		'portalUser.restore': { options: [{}, ownOptions] },
		// Nothing is sent where something would be left behind.
		'user.transferAndDelete': {
			transferWhat: [
				['records', 'assignment', 'criteria'],
				['assignment', 'criteria'],
			],
		},
	};

	type Trace = Awaited<ReturnType<typeof trace>>;

	/** The calls of a run, and its items. */
	const trace = async (name: string, parameters: INodeParameters) => {
		harness.emulator.reset();
		const { world } = harness.emulator;
		const invited = world.addRecord({ id: '7310000000000450001' });
		world.addPortalUser(CLIENT_PORTAL, invited, { confirm: false });
		world.addRecord({ id: '7310000000000450002' });
		world.addRecord({ id: '7310000000000450003' });
		// Items that name people in two user types have them read, and only those there are sent.
		if (/^portalUser\.(get|changeStatus|delete|transfer)/.test(name)) {
			for (const id of ['7310000000000400001', '7310000000000400002']) {
				const active = name !== 'portalUser.changeStatus';
				world.addPortalUser(DEALERS, world.addRecord({ id }), { active });
			}
		}
		if (name === 'portalUser.sync') {
			for (const userType of [CLIENT_PORTAL, CLIENT_PORTAL, PREMIUM]) {
				world.addPortalUsers(userType, 1);
			}
		}
		const result = await harness.run(name, parameters, {
			input: [{ n: 2 }, { n: 3 }],
			...continuing,
		});
		const { requests } = harness.emulator;
		const calls = requests.map(({ method, url, body }) => [method, url, body]);
		return {
			calls: JSON.stringify(calls.sort()),
			items: JSON.stringify(result.items),
		};
	};

	/** Each entry of a collection on its own; other values as they are. */
	const variants = (
		property: INodeProperties,
		value: unknown,
		parameters: INodeParameters,
	): Array<[string, unknown]> => {
		if (property.type === 'collection') {
			const names = shown(parameters, property.options as INodeProperties[]).map(
				({ name }) => name,
			);
			return Object.entries(value as object)
				.filter(([key]) => names.includes(key))
				.map(([key, one]) => [key, { ...(parameters[property.name] as object), [key]: one }]);
		}
		if (property.type === 'fixedCollection') {
			const [entry] = (value as { module: object[] }).module;
			const [base] = (samples().modulesUi[0] as { module: object[] }).module;
			return Object.entries(entry).map(([key, one]) => [
				key,
				{ module: [{ ...base, [key]: one }] },
			]);
		}
		return [[property.name, value]];
	};

	test.each(operations)('%s', async (name) => {
		const [resource, operation] = name.split('.');
		harness.emulator.reset();
		const values = { ...samples(), ...ownSamples[name] };
		const base = Object.fromEntries(
			Object.entries(values).map(([key, [first]]) => [key, first]),
		) as INodeParameters;
		const properties = ['json', 'fields'].flatMap((modulesMode) =>
			shown({ ...base, resource, operation, modulesMode }).map((property) => ({
				property,
				modulesMode,
			})),
		);
		for (const { property, modulesMode } of properties) {
			if (['resource', 'operation'].includes(property.name)) continue;
			expect(Object.keys(values)).toContain(property.name);
			const trail = ({ calls, items }: Trace) =>
				property.name.startsWith('output') ? items : calls;
			const start = { ...base, modulesMode };
			const before = await trace(name, start);
			const parameters = { ...start, resource, operation };
			for (const [key, value] of variants(property, values[property.name][1], parameters)) {
				const other = property.name === 'modulesMode' && modulesMode === 'fields' ? 'json' : value;
				const after = await trace(name, { ...start, [property.name]: other } as INodeParameters);
				expect([name, key, trail(after)]).not.toEqual([name, key, trail(before)]);
			}
		}
	});
});
