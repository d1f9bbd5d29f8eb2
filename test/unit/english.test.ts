/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs on Node and does not ship */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What can be checked of the English of this repository: American spelling, as in n8n's interface, and
 * no sentence that begins with a relative clause in place of its subject ("Who is invited gets …").
 */

const root = path.resolve(__dirname, '../..');

const SPELLING: Array<[wrong: RegExp, right: string]> = [
	[/\be-mail/i, 'email'],
	[/\blicence/i, 'license'],
	[/\bdata[ -]centre/i, 'data center'],
	[/\bcancell(?:ed|ing)\b/, 'canceled, canceling'],
	[/\bcolour/i, 'color'],
	[/\borganis/i, 'organiz…'],
	[/\brecognis/i, 'recogniz…'],
	[/\bhonour/i, 'honor'],
	[/(?<!\/)\bbehaviour/i, 'behavior'],
];

const BARE_WHO =
	/(?:^|[.:;!] )Who (?:is|are|was|has|have|had|can|cannot|does|did|will|would|no)\b/m;

const files = execFileSync('git', ['ls-files', '*.md', '*.ts', '*.yml', '*.html'], { cwd: root })
	.toString()
	.split('\n')
	.filter((file) => file !== '' && !file.endsWith('english.test.ts'));

/** The places of a pattern in a text, as lines with their numbers. */
function placesIn(file: string, pattern: RegExp): string[] {
	const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
	return lines.flatMap((line, index) =>
		pattern.test(line) ? [`${file}:${index + 1} ${line}`] : [],
	);
}

test.each(SPELLING)('%s is not how it is written', (wrong) => {
	expect(files.flatMap((file) => placesIn(file, wrong))).toEqual([]);
});

test('every sentence has a subject', () => {
	expect(files.flatMap((file) => placesIn(file, BARE_WHO))).toEqual([]);
});

test('what is wrong would be found', () => {
	expect('an e-mail').toMatch(SPELLING[0][0]);
	expect('a licence for').toMatch(SPELLING[1][0]);
	expect('Nobody. Who is invited gets one').toMatch(BARE_WHO);
});
