/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command line tool that does not ship */
import { parseArgs } from 'node:util';

import { CUSTOM, DATA_CENTERS, siteOf } from '../../nodes/ZohoCrmPortals/http/dataCenter';
import { Stopped } from './client';
import { APART, WRITES } from './questions';

const SUFFIXES = DATA_CENTERS.map(({ suffix }) => suffix);

const text = (help: string) => ({ type: 'string', help }) as const;

const OPTIONS = {
	'data-center': text(`ending of the address at which you use Zoho: ${SUFFIXES.join(', ')}`),
	portal: text('name of the portal, if there is more than one'),
	also: text(`${Object.keys(APART).join(', ')}: each needs a code of its own`),
	writes: text(`any of ${WRITES.join(', ')}, on people who were made for this`),
	people: text('IDs of these people, which are CRM records'),
	'user-type': text('ID of their user type'),
	'target-user-type': text('ID of the user type to transfer to'),
	out: text('folder for the report'),
	emulator: text('address of an emulator, in place of a data center'),
};

export const USAGE = `Usage: npm run live-check [-- options]

Asks a Zoho CRM organization what Zoho's sources leave open, and writes a report without personal
data. It only reads, unless --writes allows more. See docs/live-check.md.

${Object.entries(OPTIONS)
	.map(([name, { help }]) => `  --${name.padEnd(18)}${help}`)
	.join('\n')}

The environment may hold ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET.`;

/** The person who runs the check. */
export interface Terminal {
	say(line: string): void;
	/** @param secret hides what the person types */
	ask(question: string, secret?: boolean): Promise<string>;
}

export type Options = Awaited<ReturnType<typeof readOptions>>;

/**
 * Reads the command line and the environment, and asks for what is missing.
 *
 * @throws Stopped where the command line makes no sense
 */
export async function readOptions(args: string[], env: NodeJS.ProcessEnv, terminal: Terminal) {
	const { values: given } = parseArgs({ args, options: OPTIONS });
	const also = known('also', list(given.also), Object.keys(APART));
	const writes = known('writes', list(given.writes), WRITES);
	const { 'user-type': userType, 'target-user-type': targetUserType = userType } = given;
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
	const { emulator } = given;
	let dataCenter = CUSTOM;
	if (emulator === undefined) {
		dataCenter = given['data-center'] ?? (await terminal.ask('Data center (com, eu, …):'));
		known('data-center', [dataCenter], SUFFIXES);
	}
	return {
		dataCenter,
		accounts: emulator ?? `https://accounts.${siteOf(dataCenter)}`,
		clientId: env.ZOHO_CLIENT_ID ?? (await terminal.ask('Client ID:')),
		clientSecret: env.ZOHO_CLIENT_SECRET ?? (await terminal.ask('Client secret:', true)),
		portal: given.portal,
		also,
		writes,
		people,
		userType,
		targetUserType,
		folder: given.out ?? '.',
		/** Milliseconds before each call. */
		pause: emulator === undefined ? 300 : 0,
	};
}

function list(text = ''): string[] {
	return [...new Set(text.split(',').flatMap((part) => part.trim() || []))];
}

/** What was given, in the order of all that there is. */
function known<T extends string>(option: string, given: string[], all: readonly T[]): T[] {
	const isKnown = (name: string) => all.some((one) => one === name);
	const unknown = given.find((name) => !isKnown(name));
	if (unknown === undefined) return all.filter((one) => given.includes(one));
	throw new Stopped(`--${option} does not know "${unknown}", but: ${all.join(', ')}.`);
}
