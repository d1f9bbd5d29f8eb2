/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { portalOperations } from '../../nodes/ZohoCrmPortals/resources/portal';
import { portalUserOperations } from '../../nodes/ZohoCrmPortals/resources/portalUser';
import { userOperations } from '../../nodes/ZohoCrmPortals/resources/user';
import { userTypeOperations } from '../../nodes/ZohoCrmPortals/resources/userType';
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

test('the table of operations tells what the node declares', () => {
	const declared = Object.entries({
		Portal: portalOperations,
		'User Type': userTypeOperations,
		'Portal User': portalUserOperations,
		'CRM User': userOperations,
	}).flatMap(([resource, operations]) =>
		operations.map(({ name, method, path: address, scope, limit }) => [
			resource,
			name,
			`\`${method} ${address}\``,
			`\`${scope}\``,
			limit,
		]),
	);
	const told = rows.filter(([resource]) => declared.some(([one]) => one === resource));
	expect(told).toEqual(declared);
});

test('the table of data centers tells where the credential goes', () => {
	const [{ options = [] }] = new ZohoCrmPortalsOAuth2Api().properties;
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
