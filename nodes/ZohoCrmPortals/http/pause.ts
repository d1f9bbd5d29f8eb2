import { sleep } from 'n8n-workflow';

/** How often a call that fails is made in all. */
export const TRIES = 7;

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** All pauses of a call together: within a minute an outage is over, or told as one. */
const LONGEST_WAIT = 55_000;

/**
 * How long to wait before a call is made again, in ms: exponentially longer each time, of random
 * length ("full jitter"), at least what Zoho asks for, and not for ever.
 *
 * @param repetition 1 for the first
 * @param waited what was waited before
 * @param retryAfter what Zoho asks for
 */
export function pauseBefore(repetition: number, waited: number, retryAfter: number): number {
	const backoff = Math.random() * FIRST_PAUSE * 2 ** (repetition - 1);
	return Math.min(LONGEST_PAUSE, LONGEST_WAIT - waited, Math.max(retryAfter, backoff));
}

/**
 * Waits; less long when the execution is stopped, which the caller sees at the signal. The `sleep`
 * of n8n takes a signal since 2.21 or so only, hence the race.
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
