/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { identityFiles, packageIn } from './files';
import { withIdentity } from './identity';

/** Writes author and repository of package.json into the other files that name them. */
const root = process.cwd();
const packageFile = packageIn(root);
for (const name of identityFiles(root)) {
	const file = path.join(root, name);
	const before = readFileSync(file, 'utf8');
	const after = withIdentity(before, packageFile);
	if (after === before) continue;
	writeFileSync(file, after);
	console.log(name);
}
