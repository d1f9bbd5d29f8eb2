/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Credentials } from '../support/credentials';
import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';

const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');

/** Cells of all table rows, without padding. */
const rows = readme
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
