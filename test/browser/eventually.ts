/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { isDeepStrictEqual } from 'node:util';

import { sleep } from 'n8n-workflow';

const SECONDS = 30;

/** Looks again and again until it sees what is expected; otherwise tells what it saw last. */
export async function eventually<T>(look: () => Promise<T>, expected: T): Promise<void> {
	const deadline = Date.now() + SECONDS * 1000;
	let seen = await look();
	while (!isDeepStrictEqual(seen, expected) && Date.now() < deadline) {
		await sleep(100);
		seen = await look();
	}
	expect(seen).toEqual(expected);
}
