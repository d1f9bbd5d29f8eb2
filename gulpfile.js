const { readdir, rm } = require('node:fs/promises');
const path = require('node:path');

/**
 * What n8n loads: compiled nodes and credentials, their codex files, output previews and icons. The
 * build leaves more: type declarations, source maps, a copy of every picture in the repository.
 */
const LOADED = [
	/^(?:nodes|credentials)\/.*\.js$/,
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
		if (!LOADED.some((pattern) => pattern.test(name))) await rm(file);
	}
}

exports.default = prune;
