/**
 * The import rule: imports go one way. Why, and what lives where: docs/architecture.md.
 * A planted violation of each rule is in test/unit/importRule.test.ts.
 */

const NODE = '^nodes/ZohoCrmPortals';
const OWN_CODE = '^(nodes|credentials|emulator|harness|test|tools)/';

/** The layers of what ships, from the top down: where each lives and what it may import. */
const LAYERS = {
	node: {
		path: `${NODE}/[^/]+\\.node\\.ts$`,
		imports: [
			'resources',
			'routing',
			'methods',
			'trigger',
			'run',
			'form',
			'errors',
			'zoho',
			'http',
		],
	},
	resources: {
		path: `${NODE}/resources/`,
		imports: ['resources', 'routing', 'run', 'form', 'errors', 'zoho', 'http'],
	},
	routing: {
		path: `${NODE}/routing\\.ts$`,
		imports: ['run', 'form', 'errors', 'zoho', 'http'],
	},
	run: { path: `${NODE}/run/`, imports: ['run', 'form', 'errors', 'zoho', 'http'] },
	form: { path: `${NODE}/form/`, imports: ['form', 'zoho', 'http'] },
	methods: { path: `${NODE}/methods/`, imports: ['methods', 'form', 'errors', 'zoho', 'http'] },
	trigger: { path: `${NODE}/trigger/`, imports: ['trigger', 'form', 'errors', 'zoho', 'http'] },
	errors: { path: `${NODE}/errors/`, imports: ['errors', 'http'] },
	zoho: { path: `${NODE}/zoho/`, imports: ['zoho', 'http'] },
	http: { path: `${NODE}/http/`, imports: ['http'] },
	credentials: { path: '^credentials/', imports: ['zoho', 'http'] },
};

const layerRules = Object.entries(LAYERS).map(([layer, { path, imports }]) => ({
	name: `layer-${layer}`,
	comment: `Of this repository, ${layer} may import only: ${imports.join(', ')}.`,
	severity: 'error',
	from: { path },
	to: { path: OWN_CODE, pathNot: imports.map((name) => LAYERS[name].path) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...layerRules,
		{
			name: 'layer-unknown',
			comment: 'Every file that ships belongs to a layer; a new folder needs an entry here.',
			severity: 'error',
			from: {
				path: '^(nodes|credentials)/',
				pathNot: Object.values(LAYERS).map(({ path }) => path),
			},
			to: {},
		},
		{
			name: 'resources-apart',
			comment: 'Resources do not know one another; only index and connection/ know them all.',
			severity: 'error',
			from: { path: `${NODE}/resources/([^/]+)/`, pathNot: `${NODE}/resources/connection/` },
			to: { path: `${NODE}/resources/[^/]+/`, pathNot: `${NODE}/resources/$1/` },
		},
		{
			name: 'resources-shared',
			comment: 'What resources share knows none of them.',
			severity: 'error',
			from: { path: `${NODE}/resources/[^/]+\\.ts$`, pathNot: `${NODE}/resources/index\\.ts$` },
			to: { path: `${NODE}/resources/([^/]+/|index\\.ts$)` },
		},
		{
			name: 'two-entries',
			comment: "Only routing.ts runs operations: it alone knows n8n's two entries.",
			severity: 'error',
			from: { path: OWN_CODE, pathNot: LAYERS.routing.path },
			to: { path: `${NODE}/run/execute\\.ts$` },
		},
		{
			name: 'shipped-packages',
			comment: 'What ships has no runtime dependency but n8n itself, and runs on no Node module.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { pathNot: [OWN_CODE, '(^|/)node_modules/n8n-workflow/', '^n8n-workflow$'] },
		},
		{
			name: 'emulator-alone',
			comment: 'The emulator is a tool of its own, for anyone.',
			severity: 'error',
			from: { path: '^emulator/' },
			to: {
				pathNot: ['^emulator/', '(^|/)node_modules/(?!@n8n/|n8n-)'],
				dependencyTypesNot: ['core'],
			},
		},
		{
			name: 'harness-apart',
			comment: 'What tests and tools share knows neither.',
			severity: 'error',
			from: { path: '^harness/' },
			to: { path: '^(test|tools)/' },
		},
		{
			name: 'tools-without-tests',
			comment: 'A tool needs no test; what both need is in harness/.',
			severity: 'error',
			from: { path: '^tools/' },
			to: { path: '^test/' },
		},
		{
			name: 'no-circle',
			comment: 'No circle, not even of types.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'resolvable',
			comment: 'An import that cannot be followed would escape every other rule.',
			severity: 'error',
			from: {},
			to: { couldNotResolve: true },
		},
	],
	options: {
		// Imports of types count, though TypeScript leaves them out of what it writes.
		tsPreCompilationDeps: true,
		// What a package names in its package.json counts, too.
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['require', 'node', 'default'],
		},
		tsConfig: { fileName: 'tsconfig.json' },
		doNotFollow: { path: '(^|/)node_modules/' },
		exclude: { path: '^harness/[^/]+/versions/' },
	},
};
