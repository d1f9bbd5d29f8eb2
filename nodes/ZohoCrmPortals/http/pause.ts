import { sleep } from 'n8n-workflow';

/** How many times a failing call is made in total. */
export const TRIES = 7;

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** The total of all pauses of a call. Within a minute, an outage is over or reported. */
const LONGEST_WAIT = 55_000;

/**
 * How long to wait before a call is repeated, in ms. The time grows exponentially, is random ("full
 * jitter"), is at least the time that Zoho asks for, and is limited in total.
 *
 * @param repetition 1 for the first repetition
 * @param waited the time waited so far
 * @param retryAfter the time that Zoho asks for
 */
export function pauseBefore(repetition: number, waited: number, retryAfter: number): number {
	const backoff = Math.random() * FIRST_PAUSE * 2 ** (repetition - 1);
	return Math.min(LONGEST_PAUSE, LONGEST_WAIT - waited, Math.max(retryAfter, backoff));
}

/**
 * Waits. If the execution is stopped, it returns early, and the caller checks the signal. n8n's
 * `sleep` accepts a signal only since about version 2.21, hence the race.
 *
 * @param ms how long to wait
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted) return;
	if (!signal) return await sleep(ms);
	let stop = () => {};
	const stopped = new Promise<void>((resolve) => (stop = resolve));
	signal.addEventListener('abort', stop);
	await Promise.race([sleep(ms), stopped]);
	signal.removeEventListener('abort', stop);
}
