/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import type { Emulator } from '../../emulator/server';
import { liveCheck } from '../../tools/liveCheck/liveCheck';
import type { Report } from '../../tools/liveCheck/report';

interface Person {
	/** What is typed when it asks. */
	types?: string;
	/** What is pressed on the consent page. */
	decision?: 'accept' | 'reject';
	/** Done before the browser goes back to the address that Zoho sends it to. */
	before?: (callback: URL) => Promise<void>;
	secret?: string;
}

/** What a run left behind. */
interface Outcome {
	report: Report;
	/** Both files. */
	files: string;
	/** Everything on the terminal but the consent pages. */
	said: string;
	/** Scopes of each consent that was asked for. */
	consents: string[][];
}

/** Runs the command against an emulator, with a person who consents in a browser. */
export async function check(
	{ origin }: Pick<Emulator, 'origin'>,
	args: string[] = [],
	person: Person = {},
): Promise<Outcome> {
	const folder = mkdtempSync(path.join(tmpdir(), 'live-check-'));
	const lines: string[] = [];
	const consents: string[][] = [];
	const usual = [
		'--data-center',
		'custom',
		'--accounts-url',
		origin,
		'--port',
		'0',
		'--pause',
		'0',
	];
	try {
		const report = await liveCheck(
			[...usual, '--client-id', CLIENT_ID, '--out', folder, ...args],
			{ ZOHO_CLIENT_SECRET: person.secret ?? CLIENT_SECRET },
			{
				say: (line) => void lines.push(line),
				ask: async (question) => {
					lines.push(question);
					return await Promise.resolve(person.types ?? '');
				},
				open: (address) => {
					const { searchParams } = new URL(address);
					consents.push((searchParams.get('scope') ?? '').split(','));
					void consent(address, person);
				},
			},
		);
		const files = ['md', 'json'].map((kind) =>
			readFileSync(path.join(folder, `live-check-report.${kind}`), 'utf8'),
		);
		return { report, files: files.join('\n'), said: lines.join('\n'), consents };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Presses a button on the consent page, and goes where it leads. */
export async function consent(
	address: string,
	{ decision = 'accept', before }: Person = {},
): Promise<void> {
	const { origin, pathname, searchParams } = new URL(address);
	const page = await fetch(address);
	expect(await page.text()).toContain('Accept');
	const answer = await fetch(origin + pathname, {
		method: 'POST',
		body: new URLSearchParams([...searchParams, ['decision', decision]]),
		redirect: 'manual',
	});
	const callback = new URL(answer.headers.get('location') ?? '');
	await before?.(callback);
	await fetch(callback);
}

/** What a report says of a question: its answer with the emulator's switch, or undefined. */
export function answerIn({ results }: Report, id: string): [answer?: string, emulator?: string] {
	const found = results.find((result) => result.id === id);
	if (!found) throw new Error(`There is no question ${id}`);
	return [found.answer, found.emulator];
}
