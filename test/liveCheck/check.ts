/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { DEALERS, PREMIUM } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { liveCheck } from '../../tools/liveCheck/run';
import type { Report } from '../../tools/liveCheck/run';

interface Person {
	/** What is typed as the name of the organization. */
	types?: string;
	/** What is pasted in place of the code. */
	code?: string;
	secret?: string;
}

/** Runs the command against an emulator, with a person who generates codes with a self client. */
export async function check(
	{ origin, world }: Emulator,
	args: string[] = [],
	{ types = world.organization, code, secret = CLIENT_SECRET }: Person = {},
) {
	const folder = mkdtempSync(path.join(tmpdir(), 'live-check-'));
	const lines: string[] = [];
	/** Scopes of each code that was asked for. */
	const scopes: string[][] = [];
	const ask = async (question: string) => {
		if (question !== 'Code:') return await Promise.resolve((lines.push(question), types));
		const [scope] = /\S+(?=\n$)/.exec(lines.at(-1) ?? '') ?? [''];
		scopes.push(scope.split(','));
		return code ?? (await generateCode(origin, scope));
	};
	try {
		const report = await liveCheck(
			['--emulator', origin, '--out', folder, ...args],
			{ ZOHO_CLIENT_ID: CLIENT_ID, ZOHO_CLIENT_SECRET: secret },
			{ say: (line) => void lines.push(line), ask },
		);
		const files = ['md', 'json'].map((kind) =>
			readFileSync(path.join(folder, `live-check-report.${kind}`), 'utf8'),
		);
		return { report, files: files.join('\n'), said: lines.join('\n'), scopes };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The options that name what may be written, and to whom. */
export function writing(writes: string, people: string[], userType = DEALERS): string[] {
	const types = ['--user-type', userType, '--target-user-type', PREMIUM];
	return ['--writes', writes, '--people', people.join(','), ...types];
}

/** Records that nobody invited. */
export function addRecords({ world }: Emulator, amount: number, module = 'Contacts'): string[] {
	return Array.from({ length: amount }, () => world.addRecord({ module }).id);
}

/** A code of the emulator, as Zoho's self client shows one: good for a refresh token, too. */
export async function generateCode(origin: string, scope: string): Promise<string> {
	const response = await fetch(`${origin}/emulator/code`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ scope }),
	});
	return ((await response.json()) as { code: string }).code;
}

/** The result of a question. */
export function resultOf({ results }: Report, id: string) {
	const found = results.find((result) => result.id === id);
	if (!found) throw new Error(`There is no question ${id}`);
	return found;
}
