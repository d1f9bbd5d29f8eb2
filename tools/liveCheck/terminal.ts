/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** The person who runs the check. */
export interface Terminal {
	say(line: string): void;
	/** @param secret what is typed is not shown */
	ask(question: string, secret?: boolean): Promise<string>;
	/** Has the person open the consent page, whose client must know the redirect address. */
	open(address: string, redirectUri: string): void;
}

/** The terminal of this process. */
export const terminal: Terminal = {
	say: (line) => console.log(line),
	ask: async (question, secret = false) => {
		if (secret) process.stdout.write(`${question} `);
		const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
		const reader = createInterface({
			input: process.stdin,
			output: secret ? silent : process.stdout,
			terminal: process.stdin.isTTY,
		});
		try {
			return (await reader.question(secret ? '' : `${question} `)).trim();
		} finally {
			reader.close();
			if (secret) process.stdout.write('\n');
		}
	},
	open: (address, redirectUri) => {
		console.log(`\nThe client's redirect address has to be ${redirectUri}`);
		console.log(`Open this page in a browser, and consent:\n\n${address}\n`);
	},
};
