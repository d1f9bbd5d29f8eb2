const { readdir, rm } = require('node:fs/promises');
const path = require('node:path');
const { rolldown } = require('rolldown');

const { n8n } = require('./package.json');

/** What n8n loads, without `dist/` and `.js`. */
const ENTRIES = [...n8n.nodes, ...n8n.credentials].map((file) => file.slice('dist/'.length, -3));

/**
 * What ships beside the code: codex files, output previews and icons. The build leaves more: a file
 * for every module, type declarations, source maps, a copy of every picture in the repository.
 */
const SHIPPED = [
	/^nodes\/.*\.node\.json$/,
	/^nodes\/.*\/__schema__\/.*\.json$/,
	/^icons\/.*\.svg$/,
];

/** Deletes from dist what must not ship. */
async function prune() {
	const entries = await readdir('dist', { recursive: true, withFileTypes: true });
	for (const entry of entries.filter((one) => one.isFile())) {
		const file = path.join(entry.parentPath, entry.name);
		const name = path.relative('dist', file).split(path.sep).join('/');
		if (!SHIPPED.some((pattern) => pattern.test(name))) await rm(file);
	}
}

/**
 * Puts all modules into one file for each node and credential, and one for what they share: n8n
 * loads a few files sooner than many, and they are smaller. The code stays readable.
 */
async function bundle() {
	const bundled = await rolldown({
		input: Object.fromEntries(ENTRIES.map((name) => [name, `${name}.ts`])),
		external: ['n8n-workflow'],
		platform: 'node',
	});
	await bundled.write({
		dir: 'dist',
		format: 'cjs',
		strict: true,
		comments: false,
		entryFileNames: '[name].js',
		chunkFileNames: 'nodes/ZohoCrmPortals/[name].js',
		codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
	});
	await bundled.close();
}

exports.default = async () => {
	await prune();
	await bundle();
};
