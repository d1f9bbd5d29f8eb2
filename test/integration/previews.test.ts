/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { resolveOutputSchemaPath } from 'n8n-core';

import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { operations } from '../../nodes/ZohoCrmPortals/resources';
import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { staleOf } from '../../tools/docs/stale';
import { collectSamples } from '../../tools/samples/collect';
import type { Sample } from '../../tools/samples/collect';
import { PREVIEWS, previewsOf } from '../../tools/samples/previews';
import { schemaOf } from '../../tools/samples/schema';

const root = path.join(__dirname, '../..');

let samples: Sample[];

beforeAll(async () => {
	samples = await collectSamples({
		node: new ZohoCrmPortals(),
		credential: new ZohoCrmPortalsOAuth2Api(),
	});
});

test('the output previews are what the operations put out; else run "npm run schemas"', () => {
	expect(staleOf(root, previewsOf(samples))).toEqual([]);
});

test('n8n finds a preview of every operation, and there are no others', () => {
	const nodeDir = path.join(root, 'nodes/ZohoCrmPortals');
	const found = Object.entries(operations).flatMap(([resource, ofResource]) =>
		ofResource.map(({ value: operation }) =>
			resolveOutputSchemaPath({ nodeDir, version: 1, resource, operation }),
		),
	);
	const files = readdirSync(path.join(root, PREVIEWS), { recursive: true })
		.map((name) => path.join(root, PREVIEWS, String(name)))
		.filter((name) => name.endsWith('.json'));
	expect(files.sort()).toEqual(found.sort());
});

test('a field that an operation puts out as well makes its preview stale', () => {
	const changed = samples.map((sample) =>
		sample.operation === 'invite'
			? { ...sample, items: [{ ...sample.items[0], mailed: true }] }
			: sample,
	);
	expect(staleOf(root, previewsOf(changed))).toEqual([`${PREVIEWS}/v1.0.0/portalUser/invite.json`]);
});

test('a schema has the types of all items, also where the first has nothing', () => {
	const items = [
		{ id: '1', manager: null, tags: [], count: 2, share: 0.5, none: null },
		{ id: '2', manager: { id: '1' }, tags: ['a'], active: true, none: null },
	];
	expect(schemaOf(items)).toEqual({
		type: 'object',
		properties: {
			id: { type: 'string' },
			manager: { type: 'object', properties: { id: { type: 'string' } } },
			tags: { type: 'array', items: { type: 'string' } },
			count: { type: 'integer' },
			share: { type: 'number' },
			none: { type: 'null' },
			active: { type: 'boolean' },
		},
	});
	expect(schemaOf([[]])).toEqual({ type: 'array', items: {} });
});
