/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { parseArgs } from 'node:util';

import { CUSTOM, DATA_CENTERS } from '../../nodes/ZohoCrmPortals/transport/dataCenter';
import { accountsOriginOf, usualApiOrigin } from './origins';
import { WRITES } from './question';
import type { Write } from './question';
import { apartQuestions } from './questions';
import type { Terminal } from './terminal';

export const USAGE = `Usage: npm run live-check [-- options]

Asks a real Zoho CRM organization what Zoho's sources do not tell, and writes a report without
personal data. It reads only, unless --writes names what else it may do. See docs/live-check.md.

  --data-center SUFFIX    ${DATA_CENTERS.map(({ suffix }) => suffix).join(', ')}
  --client-id ID          of a server-based client; the secret is asked for
  --port NUMBER           of the callback, http://localhost:8085/callback
  --portal NAME           where there is more than one
  --also NAMES            ${apartQuestions.map(({ id }) => id).join(', ')}: each wants a consent of its own
  --writes NAMES          ${WRITES.join(', ')}
  --user-type ID          user type that writes are about
  --target-user-type ID   user type to transfer to
  --people IDS            CRM records made for this, which writes are done to
  --out FOLDER            where the report goes
  --pause MS              between two calls
  --help

The environment may hold ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET.`;

export interface Options {
	dataCenter: string;
	/** Origins of the accounts server and of the API. */
	accounts: string;
	api: string;
	clientId: string;
	clientSecret: string;
	/** Of the callback; 0: any that is free. */
	port: number;
	portal?: string;
	/** Ids of questions that are asked only by name. */
	also: string[];
	/** In the order in which they are done. */
	writes: Write[];
	userType?: string;
	targetUserType?: string;
	people: string[];
	folder: string;
	/** Before each call, in ms. */
	pause: number;
}

/** What was asked for makes no sense. */
export class UsageError extends Error {}

/**
 * Reads the command line and the environment, and asks for what is missing.
 *
 * @param args without node and the script
 * @throws UsageError
 */
export async function readOptions(
	args: string[],
	env: NodeJS.ProcessEnv,
	terminal: Terminal,
): Promise<Options> {
	const values = parsed(args);
	const writes = names('--writes', values.writes, [...WRITES]);
	const also = names(
		'--also',
		values.also,
		apartQuestions.map(({ id }) => id),
	);
	const people = [...new Set(split(values.people))];
	for (const id of [...people, values['user-type'] ?? '0', values['target-user-type'] ?? '0']) {
		if (!/^\d+$/.test(id)) throw new UsageError('IDs have digits only.');
	}
	if (writes.length > 0 && (people.length === 0 || values['user-type'] === undefined)) {
		throw new UsageError('--writes needs --user-type and --people: records made for this.');
	}
	if (writes.includes('transfer') && values['target-user-type'] === undefined) {
		throw new UsageError('--writes transfer needs --target-user-type.');
	}
	const dataCenter = values['data-center'] ?? (await terminal.ask('Data center (com, eu, …):'));
	const origins = originsOf(dataCenter, values['accounts-url'], values['api-url']);
	const clientId = values['client-id'] ?? env.ZOHO_CLIENT_ID ?? (await terminal.ask('Client ID:'));
	const clientSecret = env.ZOHO_CLIENT_SECRET ?? (await terminal.ask('Client secret:', true));
	return {
		dataCenter,
		...origins,
		clientId,
		clientSecret,
		port: numberOf('--port', values.port, 8085),
		portal: values.portal,
		also,
		writes: WRITES.filter((write) => writes.includes(write)),
		userType: values['user-type'],
		targetUserType: values['target-user-type'],
		people,
		folder: values.out ?? '.',
		pause: numberOf('--pause', values.pause, 300),
	};
}

function parsed(args: string[]) {
	const option = { type: 'string' } as const;
	try {
		return parseArgs({
			args,
			options: {
				'data-center': option,
				// For an emulator, with --data-center custom.
				'accounts-url': option,
				'api-url': option,
				'client-id': option,
				port: option,
				portal: option,
				also: option,
				writes: option,
				'user-type': option,
				'target-user-type': option,
				people: option,
				out: option,
				pause: option,
			},
		}).values;
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

function originsOf(dataCenter: string, accounts = '', api = accounts) {
	if (dataCenter === CUSTOM) {
		if (!accounts) throw new UsageError('--data-center custom needs --accounts-url.');
		return { accounts: new URL(accounts).origin, api: new URL(api).origin };
	}
	if (!DATA_CENTERS.some(({ suffix }) => suffix === dataCenter)) {
		const known = DATA_CENTERS.map(({ suffix }) => suffix).join(', ');
		throw new UsageError(`There is no data center "${dataCenter}", but: ${known}.`);
	}
	return { accounts: accountsOriginOf(dataCenter), api: usualApiOrigin(dataCenter) };
}

function split(text = ''): string[] {
	return text.split(',').flatMap((part) => part.trim() || []);
}

function names(option: string, text: string | undefined, known: string[]): string[] {
	const given = split(text);
	const unknown = given.find((name) => !known.includes(name));
	if (unknown !== undefined) {
		throw new UsageError(`${option} does not know "${unknown}", but: ${known.join(', ')}.`);
	}
	return given;
}

function numberOf(option: string, text: string | undefined, usual: number): number {
	if (text === undefined) return usual;
	if (!/^\d{1,6}$/.test(text)) throw new UsageError(`${option} is a number.`);
	return Number(text);
}
