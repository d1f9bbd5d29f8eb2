/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { identityFiles, packageIn } from './files';
import { placeholdersIn, withIdentity } from './identity';

/** Why the package in a folder must not be published. */
export function obstaclesIn(root: string): string[] {
	const packageFile = packageIn(root);
	const foreign = identityFiles(root).filter((name) => {
		const text = readFileSync(path.join(root, name), 'utf8');
		return withIdentity(text, packageFile) !== text;
	});
	return [
		...placeholdersIn(packageFile),
		...foreign.map((name) => `${name} is not as package.json says: run "npm run identity"`),
	];
}

/** Prints obstacles; the command fails if there are any. Whether there are none. */
export function refuse(obstacles: string[]): boolean {
	for (const obstacle of obstacles) console.error(`Not released: ${obstacle}`);
	process.exitCode = obstacles.length === 0 ? 0 : 1;
	return obstacles.length === 0;
}
