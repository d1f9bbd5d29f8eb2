/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The placeholders of author and repository until they are set, and the text of the README until
 * then.
 */
const PLACEHOLDERS = [
	/not on npm yet/,
	/before it is published/,
	/n8n-nodes-zoho-crm-portals contributors/,
	/[\w.-]+@[\w.-]+\.example\b/,
	/github\.com[/:]n8n-nodes-zoho-crm-portals\/n8n-nodes-zoho-crm-portals\b/,
];

/** Files that name author or repository, or that npm shows. */
function identityFiles(root: string): string[] {
	const shipped = ['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.(?:node|credentials)\.(?:ts|json)$/.test(name))
			.map((name) => path.join(folder, name)),
	);
	return ['package.json', 'LICENSE.md', 'README.md', ...shipped];
}

/** Refuses to publish the package in this folder until author and repository are set. */
const root = process.cwd();
for (const name of identityFiles(root)) {
	const text = readFileSync(path.join(root, name), 'utf8');
	for (const [found] of PLACEHOLDERS.map((pattern) => pattern.exec(text) ?? [])) {
		if (found === undefined) continue;
		console.error(`Not published: ${name} has the placeholder "${found}". Replace it.`);
		process.exitCode = 1;
	}
}
