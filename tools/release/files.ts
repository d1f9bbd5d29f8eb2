/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a development tool that does not ship */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { PackageFile } from './identity';

/** package.json of the package in a folder. */
export function packageIn(root: string): PackageFile {
	return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as PackageFile;
}

/** Files beside package.json that name author or repository: the license, and what n8n links to. */
export function identityFiles(root: string): string[] {
	const shipped = ['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.(?:node|credentials)\.(?:ts|json)$/.test(name))
			.map((name) => path.join(folder, name)),
	);
	return ['LICENSE.md', ...shipped];
}
