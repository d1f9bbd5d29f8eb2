/* eslint-disable no-console, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import packageJson from '../../package.json';

const root = path.resolve(__dirname, '../..');

/** The files that n8n loads, and the files that npm always adds. */
const SHIPPED = [
	/^package\.json$/,
	/^README\.md$/,
	/^LICENSE\.md$/,
	/^dist\/(?:nodes|credentials)\/.*\.js$/,
	/^dist\/nodes\/.*\.node\.json$/,
	/^dist\/nodes\/.*\/__schema__\/.*\.json$/,
	/^dist\/icons\/.*\.svg$/,
];

const MAX_BYTES = 140_000;

interface ScanResult {
	passed: boolean;
	message?: string;
	details?: string;
}

interface Scanner {
	analyzePackage: (directory: string, patterns?: string[]) => Promise<ScanResult>;
	SOURCE_FILE_PATTERNS: string[];
}

/** Packs the package and returns its problems; none if it may be published. */
async function check(): Promise<string[]> {
	const directory = mkdtempSync(path.join(tmpdir(), 'package-'));
	try {
		const [packed] = JSON.parse(
			execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', directory], {
				cwd: root,
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'ignore'],
			}),
		) as Array<{ filename: string; files: Array<{ path: string }> }>;
		const tarball = path.join(directory, packed.filename);
		const { size } = statSync(tarball);
		const files = packed.files.map((file) => file.path);
		console.log(`${packed.filename}: ${files.length} files, ${size} bytes`);

		const problems = files
			.filter((file) => !SHIPPED.some((pattern) => pattern.test(file)))
			.map((file) => `ships ${file}, which n8n does not load`);
		const entries = [...packageJson.n8n.nodes, ...packageJson.n8n.credentials];
		for (const file of entries) {
			if (!files.includes(file)) problems.push(`does not ship ${file}`);
		}
		if (size > MAX_BYTES) problems.push(`is larger than ${MAX_BYTES} bytes`);

		execFileSync('tar', ['-xzf', tarball, '-C', directory]);
		provide(path.join(directory, 'node_modules'), 'n8n-workflow');
		for (const file of entries) {
			const complaint = complaintOfLoading(path.join(directory, 'package', file));
			if (complaint) problems.push(`cannot be loaded: ${file}\n${complaint}`);
		}
		const scanner = (await import('@n8n/scan-community-package/scanner/scanner.mjs')) as Scanner;
		const shipped = await scanner.analyzePackage(path.join(directory, 'package'), ['**/*.js']);
		const source = await scanner.analyzePackage(root, scanner.SOURCE_FILE_PATTERNS);
		for (const [what, result] of Object.entries({ shipped, source })) {
			if (!result.passed) {
				problems.push(
					`n8n's scanner on the ${what} code: ${result.message} ${result.details ?? ''}`,
				);
			}
		}
		return problems;
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
}

/** Adds one of the packages installed here to a folder of packages. */
function provide(modules: string, name: string): void {
	mkdirSync(modules);
	symlinkSync(realpathSync(path.join(root, 'node_modules', name)), path.join(modules, name), 'dir');
}

/** Why n8n cannot load a file; the file must export a class with its own name. */
function complaintOfLoading(file: string): string | undefined {
	const load = 'new (require(process.argv[1])[process.argv[2]])()';
	const args = ['-e', load, file, path.basename(file).replace(/\..*$/, '')];
	const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
	return status === 0 ? undefined : stderr;
}

void check().then((problems) => {
	for (const problem of problems) console.error(`The package ${problem}`);
	if (problems.length === 0)
		console.log("Only what n8n loads, and n8n's scanner has no objections");
	process.exitCode = problems.length === 0 ? 0 : 1;
});
