const { existsSync, realpathSync } = require('node:fs');
const path = require('node:path');
const tsx = require('tsx/cjs/api');

const { recipes } = tsx.require('../../harness/cores/install.ts', __filename);
const { folderOf, versionOf } = tsx.require('../../harness/npmInstallation.ts', __filename);
const usual = require('../../jest.config.js');

/** What depends on n8n's engine: answers, errors, tokens, cancelled runs, outputs, tools. */
const FILES = [
	'batch',
	'bulkStatus',
	'everyVersion',
	'faults',
	'portalUser',
	'tool',
	'trigger',
	'triggerCheap',
	'triggerSettings',
	'userType',
];

/** The usual tests on n8n's engine, with its n8n-core and n8n-workflow from another folder. */
module.exports = {
	// Most of the time goes into loading n8n-core for every file.
	maxWorkers: '100%',
	// Not taken from the projects.
	testTimeout: usual.testTimeout,
	projects: recipes.map(toProject),
};

function toProject(recipe) {
	const installed = folderOf(recipe);
	// Modules are resolved by their real path. knip reads this file where nothing is installed yet.
	const folder = existsSync(installed) ? realpathSync(installed) : installed;
	return {
		...usual,
		rootDir: path.resolve(__dirname, '../..'),
		displayName: `${recipe.dependency} ${versionOf(recipe)}`,
		roots: ['<rootDir>/test/integration'],
		testMatch: FILES.map((name) => `**/${name}.test.ts`),
		testPathIgnorePatterns: ['/node_modules/'],
		setupFiles: [require.resolve('../../harness/cores/setup.js')],
		moduleNameMapper: {
			'^(n8n-(?:core|workflow))($|/.*)': `${folder}/node_modules/$1$2`,
		},
		globals: { N8N_FOLDER: folder },
	};
}
