/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a development tool that does not ship */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import packageJson from '../../package.json';
import { median, table } from '../table';

const root = path.resolve(__dirname, '../..');

const ROUNDS = 15;

/**
 * Time to load the built node, in addition to n8n-workflow, which n8n has already loaded, and
 * package size.
 */
export function measureLoad(): string {
	const script = `
		require('n8n-workflow');
		const started = performance.now();
		for (const file of ${JSON.stringify([...packageJson.n8n.nodes, ...packageJson.n8n.credentials])}) {
			const exported = require('./' + file);
			for (const type of Object.values(exported)) if (typeof type === 'function') new type();
		}
		console.log(performance.now() - started);`;
	const loads = Array.from({ length: ROUNDS }, () =>
		Number(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' })),
	);
	const [packed] = JSON.parse(
		execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	) as Array<{ size: number; unpackedSize: number }>;
	return table(
		['', ''],
		[
			['loading node and credential (`require`)', `${median(loads).toFixed(1)} ms`],
			['package, packed', `${(packed.size / 1000).toFixed(1)} kB`],
			['package, unpacked', `${(packed.unpackedSize / 1000).toFixed(1)} kB`],
		],
	);
}
