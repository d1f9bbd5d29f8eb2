/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Credentials } from '../../harness/credentials';
import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';

const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');

const NIGHTLY = '.github/workflows/ci.yml';

/** Where each command of the README is tried, and what stands there. */
const TRIED: Record<string, [file: string, text: string]> = {
	'npm ci': ['.ci/run', "step 'install' npm ci\n"],
	'npm cit': ['.ci/run', 'tests test -- --testPathIgnorePatterns'],
	'npm run build': ['.ci/run', "step 'build' npm run --silent build\n"],
	'npm run demo': ['.ci/run', 'npm run --silent demo\n'],
	'npm run editor': ['test/n8n/editorCommand.test.ts', "new Console('npm run editor', "],
	'npm run live-check': ['test/liveCheck/command.test.ts', 'new Console(`npm run live-check '],
	'npm pack': ['harness/n8n/instance.ts', "'npm',\n\t\t['pack', "],
	'npm install --prefix ~/.n8n/nodes n8n-nodes-zoho-crm-portals': [
		'test/integration/install.test.ts',
		'/`(npm install --prefix [^`]+)`/',
	],
	'npm run bench:n8n': [NIGHTLY, 'run: npm run bench:n8n\n'],
	'npm run bench:trigger': [NIGHTLY, 'run: npm run bench:trigger\n'],
	'npm run chaos -- --seed 1 --seeds 500': [NIGHTLY, 'npm run chaos -- --seed 1 --seeds 500\n'],
	'.ci/run': [NIGHTLY, 'run: .ci/run '],
};

const read = (name: string) => readFileSync(path.join(__dirname, '../..', name), 'utf8');

/** Commands in code blocks and between backticks. */
const commands = [...readme.matchAll(/^```sh\n([^]*?)^```$|`([^`\n]+)`/gm)]
	.flatMap(([, block = '', inline = '']) => [...block.split('\n'), inline])
	.flatMap((line) => line.replace(/ +#.*/, '').split(' && '))
	.filter((command) => /^(?:npm|npx|\.ci\/run)\b/.test(command));

test('every command of the README is tried, by CI or by a test', () => {
	expect(Object.keys(TRIED).sort()).toEqual([...new Set(commands)].sort());
	for (const [file, text] of Object.values(TRIED)) expect(read(file)).toContain(text);
});

/** Cells of the table of data centers, without padding. */
const rows = read('docs/data-centers.md')
	.split('\n')
	.filter((line) => line.startsWith('|'))
	.map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);

test('the table of data centers tells where the credential goes', () => {
	const { properties } = new ZohoCrmPortalsOAuth2Api();
	const options = properties.find(({ name }) => name === 'dataCenter')?.options ?? [];
	expect(options.length).toBeGreaterThan(1);
	for (const option of options) {
		if (!('value' in option) || option.value === 'custom') continue;
		const resolved = new Credentials(new ZohoCrmPortalsOAuth2Api()).evaluate({
			dataCenter: option.value as string,
		});
		const [, name, site] = /^(.*) \((.*)\)$/.exec(option.name) ?? [];
		expect(rows.find(([country]) => country === name)).toEqual([
			name,
			site,
			`https://api-console.${site}`,
			String(resolved.authUrl).replace('/oauth/v2/auth', ''),
			resolved.apiUrl,
		]);
	}
});
