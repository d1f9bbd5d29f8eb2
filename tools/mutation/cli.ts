/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a development tool that does not ship */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';

import { withPart } from '../docs/parts';
import { table } from '../table';

const NODE = 'nodes/ZohoCrmPortals';

/**
 * The files that make decisions without using n8n or the network. Each has tests in test/unit,
 * under its name.
 */
const FILES = [
	'http/proof',
	'http/response',
	'http/retry',
	'http/outage',
	'run/batchRun',
	'resources/portalUser/matchJobRows',
	'resources/portalUser/syncPlan',
	'resources/userType/differences',
	'trigger/believe',
	'trigger/compare',
];

const PAGE = 'docs/reliability.md';
const GOAL = 85;

interface Score {
	file: string;
	mutants: number;
	killed: number;
}

/** Mutates one file in all ways that Stryker supports, and runs its tests for each mutant. */
async function scoreOf(file: string): Promise<Score> {
	const { Stryker } = await import('@stryker-mutator/core');
	const stryker = new Stryker({
		mutate: [`${NODE}/${file}.ts`],
		testRunner: 'jest',
		jest: {
			config: {
				// Loading a test takes longer than running it, and happens for each mutant.
				testMatch: [`<rootDir>/test/unit/${path.basename(file)}.test.ts`],
				moduleNameMapper: { '^n8n-workflow$': '<rootDir>/tools/mutation/n8nWorkflow.ts' },
			},
		},
		coverageAnalysis: 'perTest',
		concurrency: 1,
		ignorePatterns: [
			'/*',
			'!/{emulator,harness,nodes,test,tools}/**',
			'!/{package,tsconfig}.json',
			'!/*.config.js',
		],
		tempDirName: 'coverage/stryker',
		reporters: ['clear-text', 'progress-append-only'],
		clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: false },
		allowConsoleColors: false,
	});
	const tried = (await stryker.runMutationTest()).filter(isTried);
	const killed = tried.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
	return { file, mutants: tried.length, killed };
}

/** Mutants that a comment excludes, or that cannot be run, are not counted. */
function isTried({ status }: { status: string }): boolean {
	return ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status);
}

const percent = ({ killed, mutants }: Score): number => Math.floor((100 * killed) / mutants);

/**
 * `npm run mutation` mutates all files, and writes their scores to docs/reliability.md.
 *
 * `npm run mutation -- retry ...` mutates only these files, and writes nothing.
 */
async function main(names: string[]): Promise<void> {
	const chosen = FILES.filter((file) => names.length === 0 || names.includes(path.basename(file)));
	const scores: Score[] = [];
	for (const file of chosen) scores.push(await scoreOf(file));
	const text = table(
		['file', 'mutants', 'killed', 'score'],
		scores.map((score) => [
			`${path.basename(score.file)}.ts`,
			score.mutants,
			score.killed,
			`${percent(score)} %`,
		]),
	);
	console.log(`\n${text}`);
	if (names.length === 0) {
		const page = withPart(readFileSync(PAGE, 'utf8'), 'npm run mutation', text);
		const options = { ...(await resolveConfig(PAGE)), filepath: PAGE };
		writeFileSync(PAGE, await format(page, options));
	}
	const low = scores.filter((score) => percent(score) < GOAL);
	if (low.length > 0 || scores.length === 0) process.exitCode = 1;
}

void main(process.argv.slice(2));
