/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command line tool that does not ship */
import { parseArgs } from 'node:util';

import { CUSTOM, DATA_CENTERS, siteOf } from '../../nodes/ZohoCrmPortals/http/dataCenter';
import { Stopped } from './answers';
import { APART, WRITES } from './questions';

const text = { type: 'string' } as const;

/** docs/live-check.md explains them. */
const OPTIONS = {
	...{ 'data-center': text, portal: text, out: text, emulator: text },
	...{ also: text, writes: text, people: text, 'user-type': text, 'target-user-type': text },
};

/** The user who runs the check. */
export interface Terminal {
	say(line: string): void;
	/** @param secret hides the input */
	ask(question: string, secret?: boolean): Promise<string>;
}

export type Options = Awaited<ReturnType<typeof readOptions>>;

/**
 * Reads the command line and the environment, and asks for missing values.
 *
 * @throws Stopped if the command line is invalid
 */
export async function readOptions(args: string[], env: NodeJS.ProcessEnv, terminal: Terminal) {
	const { values: given } = parseArgs({ args, options: OPTIONS });
	const also = known('also', list(given.also), Object.keys(APART));
	const writes = known('writes', list(given.writes), WRITES);
	const { emulator, portal, 'user-type': userType } = given;
	const targetUserType = given['target-user-type'] ?? userType;
	const people = list(given.people);
	const ids = [...people, userType, targetUserType].filter((id) => id !== undefined);
	if (ids.some((id) => !/^\d{12,}$/.test(id))) {
		throw new Stopped('IDs are numbers of 12 digits or more.');
	}
	if (writes.length > 0 && (people.length === 0 || userType === undefined)) {
		throw new Stopped('--writes needs --user-type and --people: records made for this.');
	}
	if (writes.includes('transfer') && targetUserType === userType) {
		throw new Stopped('--writes transfer needs --target-user-type.');
	}
	let dataCenter = CUSTOM;
	if (emulator === undefined) {
		dataCenter = given['data-center'] ?? (await terminal.ask('Data center (com, eu, …):'));
		const suffixes = DATA_CENTERS.map(({ suffix }) => suffix);
		known('data-center', [dataCenter], suffixes);
	}
	return {
		...{ dataCenter, portal, also, writes, people, userType, targetUserType },
		accounts: emulator ?? `https://accounts.${siteOf(dataCenter)}`,
		clientId: env.ZOHO_CLIENT_ID ?? (await terminal.ask('Client ID:')),
		clientSecret: env.ZOHO_CLIENT_SECRET ?? (await terminal.ask('Client secret:', true)),
		folder: given.out ?? '.',
		/** Milliseconds before each call. */
		pause: emulator === undefined ? 300 : 0,
	};
}

function list(text = ''): string[] {
	return [...new Set(text.split(',').flatMap((part) => part.trim() || []))];
}

/** The given values, in the order of all possible ones. */
function known<T extends string>(option: string, given: string[], all: readonly T[]): T[] {
	const unknown = given.find((name) => !all.some((one) => one === name));
	if (unknown === undefined) return all.filter((one) => given.includes(one));
	throw new Stopped(`--${option} does not know "${unknown}", but: ${all.join(', ')}.`);
}
