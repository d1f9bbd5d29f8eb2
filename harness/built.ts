/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { createRequire } from 'node:module';
import path from 'node:path';

import type { ICredentialType, INodeType } from 'n8n-workflow';

import packageJson from '../package.json';

const root = path.resolve(__dirname, '..');

/** Loads the output of `npm run build`, by the paths in package.json that n8n uses. */
export function loadBuilt(): {
	node: INodeType;
	trigger: INodeType;
	credential: ICredentialType;
} {
	return {
		node: load(packageJson.n8n.nodes[0]) as INodeType,
		trigger: load(packageJson.n8n.nodes[1]) as INodeType,
		credential: load(packageJson.n8n.credentials[0]) as ICredentialType,
	};
}

/** The file exports a class with its own name, as n8n expects. */
function load(file: string): unknown {
	const className = path.basename(file).replace(/\..*$/, '');
	const exported = createRequire(__filename)(path.join(root, file)) as Record<
		string,
		new () => unknown
	>;
	return new exported[className]();
}
