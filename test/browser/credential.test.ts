/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { PORTAL } from '../../emulator/seed';
import packageJson from '../../package.json';
import { CREDENTIAL_TYPE } from '../../harness/types';
import { useEditor } from '../../harness/browser/setup';
import { START, startingWith } from './startingWith';

const running = useEditor();

/** Where the pages of this package are. */
const PAGE = packageJson.homepage.replace(/#.*/, '');

const CUSTOM_FIELDS = ['Accounts URL', 'API URL'];

// An n8n without credentials is what a person starts from.
beforeAll(async () => {
	const { client } = running;
	const stored = client.credentials.get(CREDENTIAL_TYPE);
	await client.call('DELETE', `/rest/credentials/${stored?.id}`);
});

test('a credential is made from the node, connected in a window of Zoho, and works', async () => {
	const { editor, emulator } = running;
	const node = await editor.addAction('Check connection of credential');
	expect(await node.help()).toBe(`${PAGE}#operations`);
	const form = await node.newCredential();

	expect(await form.fields()).toEqual(['Data Center', 'Environment']);
	expect(await form.chosen('Data Center')).toBe('');
	const refusal = 'The field "Data Center (choose it first)" is mandatory';
	expect(await form.connectInVain()).toContain(refusal);
	expect(emulator.accounts.tokenRequests).toEqual([]);
	expect(await form.help()).toBe(`${PAGE}#connect`);
	await form.choose('Data Center', 'Europe (zoho.eu)');
	for (const field of CUSTOM_FIELDS) expect(await form.has(field)).toBe(false);
	await form.choose('Data Center', 'Custom');
	for (const field of CUSTOM_FIELDS) await form.field(field).waitFor();

	await form.type('Client ID', CLIENT_ID);
	await form.type('Client Secret', CLIENT_SECRET);
	for (const field of CUSTOM_FIELDS) await form.type(field, emulator.origin);
	await editor.picture('credential-filled');
	await form.connect();

	const connected = await node.editCredential();
	await connected.banner('Account connected').waitFor();
	await editor.picture('credential-connected');
	await connected.close();

	await node.execute();
	expect(await node.items()).toMatchObject([
		{
			data_center: 'custom',
			environment: 'production',
			user: { full_name: 'Asha Rao' },
			portals: [PORTAL],
			missing_scopes: [],
			disabled: [],
			problems: [],
		},
	]);
});

test("the first workflow of the README runs with it, by the README's own words", async () => {
	const { editor, client, emulator } = running;
	const readme = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
	const [, section] = readme.split('\n## First workflow\n');
	const said = (pattern: RegExp): string[] => pattern.exec(section)?.slice(1) ?? [];
	const [action] = said(/pick the action\s+_(.+?)_/);
	const [changeTo, choice] = said(/_(Change To)_: (\w+)/);
	const [users, way] = said(/_(Users)_: (By Email)/);
	const [trial, press] = said(/\n3\. Add the option _(.+?)_ and click _(.+?)_/);
	const [kept] = said(/\n4\. Turn the option off, add the option _(.+?)_/);

	const person = [...emulator.world.portalUsers.values()].find(
		({ active, confirm }) => active && confirm,
	);
	const file = startingWith({ email: person?.email });
	await editor.openWorkflow(await client.importWorkflow(file));
	const node = await editor.addActionAfter(START, action);
	await node.choose(changeTo, choice);
	await node.nameBy(users, way);
	await node.type(users, '={{ $json.email }}');
	await node.addTo('Option', trial);
	await node.execute(press);
	expect(await node.items()).toMatchObject([{ planned: true, action: 'deactivated' }]);
	expect(person?.active).toBe(true);
	await node.switchOff(trial);
	await node.addTo('Option', kept);
	await node.execute(press);
	expect(await node.items()).toMatchObject([
		{
			personality_id: person?.personality_id,
			active: false,
			code: 'SUCCESS',
			previous: { active: true },
		},
	]);
	expect(person?.active).toBe(false);
});
