/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import path from 'node:path';

import { run } from '../command';
import { nodeOf } from '../node/install';
import { asScript, install as installRecipe, npm, versionOf } from '../npmInstallation';
import type { Recipe } from '../npmInstallation';

/** The full n8n, in a version that this package is tested with, ready to start. */
export interface Installation {
	series: Series;
	version: string;
	/** The path of Node.js. */
	node: string;
	/** The script of the command line. */
	n8n: string;
	/** The environment variables that it needs. */
	env: NodeJS.ProcessEnv;
}

export type Series = keyof typeof VERSIONS;

/** `ownNode`: n8n needs a newer Node.js than this package; it is part of the installation. */
const VERSIONS = {
	'2.41': {
		size: 2.4,
		ownNode: true,
		// This module would read a list from the internet.
		env: { N8N_DISABLED_MODULES: 'mcp-registry' },
	},
	'1.123': {
		size: 1.8,
		ownNode: false,
		// Otherwise, n8n needs a native module that has no build for older versions of Node.js.
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
	},
};

export const ALL_SERIES = Object.keys(VERSIONS) as Series[];

/** Installs n8n if it is missing. An existing installation has already been checked. */
export async function install(series: Series, signal?: AbortSignal): Promise<Installation> {
	const recipe: Recipe = {
		source: path.join(__dirname, 'versions', series),
		dependency: 'n8n',
		size: VERSIONS[series].size,
		time: 'about four minutes',
		finish: async (folder) => {
			// The only native module that n8n needs to start and that includes no binary.
			await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], folder, signal);
			await answers(installation(series, versionOf(recipe), folder), signal);
		},
	};
	return installation(series, versionOf(recipe), await installRecipe(recipe, signal));
}

function installation(series: Series, version: string, folder: string): Installation {
	const modules = path.join(folder, 'node_modules');
	const { ownNode, env } = VERSIONS[series];
	return {
		series,
		version,
		node: ownNode ? nodeOf(modules) : process.execPath,
		n8n: path.join(modules, 'n8n/bin/n8n'),
		env,
	};
}

async function answers(
	{ node, n8n, env, version }: Installation,
	signal?: AbortSignal,
): Promise<void> {
	const options = { env: { ...process.env, ...env }, signal };
	const output = await run(node, [n8n, '--version'], options);
	if (!output.includes(version)) throw new Error(`n8n does not tell its version: ${output}`);
}

if (require.main === module) {
	void asScript(async (signal) => {
		await Promise.all(ALL_SERIES.map(async (series) => await install(series, signal)));
	});
}
