/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { isDeepStrictEqual } from 'node:util';

import { sleep } from 'n8n-workflow';

/** In ms. Shorter pauses would slow n8n down. */
const PAUSE = 200;

/** How long `eventually` tries. */
const SECONDS = 30;

/**
 * Repeats a query until it has an answer; fails after `seconds` with the name of the missing
 * result.
 */
export async function until<T>(
	what: string,
	seconds: number,
	ask: () => Promise<T | undefined>,
): Promise<T> {
	const answer = await watch(seconds, ask, (seen) => seen !== undefined);
	if (answer === undefined) throw new Error(`Waited ${seconds} s in vain: ${what}`);
	return answer;
}

/** Repeats a check until it has the expected result; otherwise fails with the last result. */
export async function eventually<T>(look: () => Promise<T>, expected: T): Promise<void> {
	const seen = await watch(SECONDS, look, (one) => isDeepStrictEqual(one, expected));
	expect(seen).toEqual(expected);
}

/** Repeats a check until the result is sufficient or the time is over; returns the last result. */
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
