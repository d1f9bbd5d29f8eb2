import { sleep } from 'n8n-workflow';

import type { ZohoResponse } from './response';

/**
 * May a call be made again when nobody knows whether the first one was carried out?
 * - `safe`: reads, and writes that end in the same state however often they run (update);
 * - `ambiguous`: the second answer may contradict what the first call did (delete: "no such user");
 * - `unsafe`: it would happen twice (an invitation mails a person, a creation makes a twin).
 */
export type RetrySafety = 'safe' | 'ambiguous' | 'unsafe';

/** What came of one try of a call. */
export interface Attempt {
	response: ZohoResponse;
	/** `Retry-After` of the answer, in ms. */
	retryAfter?: number;
	/** Whether Zoho can have carried the call out. Unset: what the HTTP status says. */
	reached?: 'no' | 'maybe';
}

/** Tries in all, the first included. */
const TRIES = 7;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

/** Refused before any work is done, for calls in flight or used-up credits. */
const TOO_MANY_REQUESTS = 429;
/** A front server gave up waiting; the work behind it may have been done. */
const GATEWAY_STATUSES = new Set([502, 503, 504]);

/**
 * Makes a call and repeats it while that is safe and useful, with exponentially growing pauses of
 * random length ("full jitter"), at least the pause that Zoho asks for.
 *
 * @returns the last answer; `doubtful` when a refusal in it does not prove that nothing was done
 */
export async function withRetries(
	safety: RetrySafety,
	makeCall: () => Promise<Attempt>,
	signal?: AbortSignal,
): Promise<{ response: ZohoResponse; doubtful: boolean }> {
	let doubted = false;
	for (let attempt = 1; ; attempt++) {
		const { response, retryAfter, reached } = await makeCall();
		const maybeDone = reached ? reached === 'maybe' : GATEWAY_STATUSES.has(response.httpStatus);
		const passing = maybeDone || reached === 'no' || response.httpStatus === TOO_MANY_REQUESTS;
		const mayRepeat = !maybeDone || safety !== 'unsafe';
		if (!passing || !mayRepeat || attempt === TRIES || signal?.aborted) {
			return { response, doubtful: maybeDone || (doubted && safety === 'ambiguous') };
		}
		doubted ||= maybeDone;
		const backoff = Math.random() * FIRST_PAUSE * 2 ** (attempt - 1);
		await pause(Math.min(LONGEST_PAUSE, Math.max(retryAfter ?? 0, backoff)), signal);
	}
}

/** Waits; less long when the execution is stopped, which the caller sees at the signal. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	try {
		await sleep(ms, signal);
	} catch {
		// n8n's way to end the pause.
	}
}
