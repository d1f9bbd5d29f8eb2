/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { isDeepStrictEqual } from 'node:util';

import { sleep } from 'n8n-workflow';

/** In ms; looking more often would keep n8n from its work. */
const PAUSE = 200;

/** How long `eventually` looks. */
const SECONDS = 30;

/** Asks again and again until there is an answer; fails after `seconds`, naming what was waited for. */
export async function until<T>(
	what: string,
	seconds: number,
	ask: () => Promise<T | undefined>,
): Promise<T> {
	const answer = await watch(seconds, ask, (seen) => seen !== undefined);
	if (answer === undefined) throw new Error(`Waited ${seconds} s in vain: ${what}`);
	return answer;
}

/** Looks again and again until it sees what is expected; otherwise tells what it saw last. */
export async function eventually<T>(look: () => Promise<T>, expected: T): Promise<void> {
	const seen = await watch(SECONDS, look, (one) => isDeepStrictEqual(one, expected));
	expect(seen).toEqual(expected);
}

/** Looks until it has seen enough, or the time is over; returns what it saw last. */
async function watch<T>(
	seconds: number,
	look: () => Promise<T>,
	enough: (seen: T) => boolean,
): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		const seen = await look();
		if (enough(seen) || Date.now() > deadline) return seen;
		await sleep(PAUSE);
	}
}
