/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { parseArgs } from 'node:util';

import { CUSTOM, DATA_CENTERS, siteOf } from '../../nodes/ZohoCrmPortals/transport/dataCenter';
import { APART, WRITES } from './questions';

const SUFFIXES = DATA_CENTERS.map(({ suffix }) => suffix);

const OPTIONS = {
	'data-center': `ending of the address at which you use Zoho: ${SUFFIXES.join(', ')}`,
	'client-id': 'ID of a self client; the check asks for its secret',
	portal: 'name of the portal, if there is more than one',
	also: `${Object.keys(APART).join(', ')}: each needs a code of its own`,
	writes: `any of ${WRITES.join(', ')}, on people who were made for this`,
	people: 'IDs of these people, which are CRM records',
	'user-type': 'ID of their user type',
	'target-user-type': 'ID of the user type to transfer to',
	out: 'folder for the report',
	pause: 'milliseconds before each call',
	'accounts-url': 'address of an emulator, with --data-center custom',
};

export const USAGE = `Usage: npm run live-check [-- options]

Asks a Zoho CRM organization what Zoho's sources leave open, and writes a report without personal
data. It only reads, unless --writes allows more. See docs/live-check.md.

${Object.entries(OPTIONS)
	.map(([name, help]) => `  --${name.padEnd(18)}${help}`)
	.join('\n')}

The environment may hold ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET.`;

/** The person who runs the check. */
export interface Terminal {
	say(line: string): void;
	/** @param secret hides what the person types */
	ask(question: string, secret?: boolean): Promise<string>;
}

/** The command line makes no sense. */
export class UsageError extends Error {}

export type Options = Awaited<ReturnType<typeof readOptions>>;

/**
 * Reads the command line and the environment, and asks for what is missing.
 *
 * @throws UsageError
 */
export async function readOptions(args: string[], env: NodeJS.ProcessEnv, terminal: Terminal) {
	const option = valuesOf(args);
	const also = known('also', list(option('also')), Object.keys(APART));
	const named = known('writes', list(option('writes')), WRITES);
	const [people, userType] = [list(option('people')), option('user-type')];
	const targetUserType = option('target-user-type') ?? userType;
	if (
		[...people, userType ?? [], targetUserType ?? []].flat().some((id) => !/^\d{12,}$/.test(id))
	) {
		throw new UsageError('IDs are numbers of 12 digits or more.');
	}
	if (named.length > 0 && (people.length === 0 || userType === undefined)) {
		throw new UsageError('--writes needs --user-type and --people: records made for this.');
	}
	if (named.includes('transfer') && targetUserType === userType) {
		throw new UsageError('--writes transfer needs --target-user-type.');
	}
	const pause = Number(option('pause') ?? 300);
	if (!(pause >= 0)) throw new UsageError('--pause is a number.');
	const dataCenter = option('data-center') ?? (await terminal.ask('Data center (com, eu, …):'));
	const isCustom = dataCenter === CUSTOM;
	if (!isCustom) known('data-center', [dataCenter], SUFFIXES);
	const accounts = isCustom ? option('accounts-url') : `https://accounts.${siteOf(dataCenter)}`;
	if (!accounts) throw new UsageError('--data-center custom needs --accounts-url.');
	return {
		dataCenter,
		accounts: new URL(accounts).origin,
		clientId: option('client-id') ?? env.ZOHO_CLIENT_ID ?? (await terminal.ask('Client ID:')),
		clientSecret: env.ZOHO_CLIENT_SECRET ?? (await terminal.ask('Client secret:', true)),
		portal: option('portal'),
		also,
		writes: WRITES.filter((write) => named.includes(write)),
		people,
		userType,
		targetUserType,
		folder: option('out') ?? '.',
		pause,
	};
}

function valuesOf(args: string[]): (name: keyof typeof OPTIONS) => string | undefined {
	const options = Object.keys(OPTIONS).map((name) => [name, { type: 'string' as const }]);
	try {
		const { values }: { values: Record<string, unknown> } = parseArgs({
			args,
			options: Object.fromEntries(options),
		});
		return (name) => (values[name] === undefined ? undefined : String(values[name]));
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

function list(text = ''): string[] {
	return [...new Set(text.split(',').flatMap((part) => part.trim() || []))];
}

function known(option: string, given: string[], all: readonly string[]): string[] {
	const unknown = given.find((name) => !all.includes(name));
	if (unknown === undefined) return given;
	throw new UsageError(`--${option} does not know "${unknown}", but: ${all.join(', ')}.`);
}
