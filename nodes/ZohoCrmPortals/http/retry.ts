import { errorData, unsentBecause } from './error';
import type { ZohoErrorData } from './error';
import type { Outage } from './outage';
import { pause, pauseBefore, TRIES } from './pause';
import { blamesServer, isSuccess } from './proof';
import { errorOfRead, rowError } from './response';
import type { ZohoResponse } from './response';

/**
 * Whether a call may be repeated if it is not known whether the first try was carried out:
 * - `safe`: reads;
 * - `ambiguous`: the final state is the same, but the second answer may contradict the first call
 *   (deletion: "no such user");
 * - `unsafe`: the change would happen twice (an invitation emails a person, a creation makes a
 *   duplicate).
 */
export type RetrySafety = 'safe' | 'ambiguous' | 'unsafe';

/** The result of one try of a call. */
export interface Attempt {
	response: ZohoResponse;
	/** `Retry-After` of the answer, in ms. */
	retryAfter?: number;
	/** Set if there was no answer for a reason that may be temporary. */
	passing?: true;
}

/** Too many calls in flight or no credits left (429), or a front server that got no answer. */
const PASSING_STATUSES = new Set([429, 502, 503, 504]);

/**
 * Makes a call and repeats it while that is safe and useful. The pauses grow exponentially, are
 * random ("full jitter"), and are at least as long as Zoho asks for.
 *
 * @param outage the outage that other calls of the run have detected; no call is made during one
 * @returns the last answer, `doubted` if an earlier try may have been carried out
 */
export async function withRetries(
	safety: RetrySafety,
	makeCall: () => Promise<Attempt>,
	outage: Outage,
	signal?: AbortSignal,
): Promise<ZohoResponse> {
	let last: ZohoResponse | undefined;
	let doubted = false;
	let waited = 0;
	for (let tried = 1; ; tried++) {
		const turn = await outage.turn(signal);
		if ('down' in turn) return last ?? noResponse(unsentBecause(turn.down));
		const { response: answer, retryAfter = 0, passing } = await makeCall();
		const response = withWait(answer, retryAfter);
		last = doubted ? { ...response, doubted } : response;
		const passes = passing === true || mayPass(response, safety);
		turn.end(passes ? { error: errorOf(response), retryAfter } : undefined);
		const doubtful = isDoubtful(response);
		const repeat = !doubtful || safety !== 'unsafe';
		if (!passes || !repeat || tried === TRIES || signal?.aborted) return last;
		doubted ||= doubtful && safety !== 'safe';
		if (!outage.known) {
			const length = pauseBefore(tried, waited, retryAfter);
			waited += length;
			await pause(length, signal);
		}
	}
}

/** The response that stands for a missing answer. */
export function noResponse(error: ZohoErrorData): ZohoResponse {
	return { httpStatus: error.httpStatus, rows: [], info: {}, error };
}

/** Adds the pause that Zoho asks for, so that callers can pass it on. */
function withWait(response: ZohoResponse, retryAfter: number): ZohoResponse {
	const { error } = response;
	return error && retryAfter > 0 ? { ...response, error: { ...error, retryAfter } } : response;
}

/**
 * Whether the cause may be temporary. Reads are also repeated after a server error, whatever its
 * status, and after a body that proves nothing.
 */
function mayPass(response: ZohoResponse, safety: RetrySafety): boolean {
	const { httpStatus } = response;
	if (PASSING_STATUSES.has(httpStatus)) return true;
	if (safety !== 'safe') return false;
	const error = errorOfRead(response);
	if (httpStatus === 500 || (error && blamesServer(error.code))) return true;
	return isSuccess(httpStatus) && error?.uncertain === true;
}

/** Whether the call may have been carried out even though this answer does not say so. */
function isDoubtful(response: ZohoResponse): boolean {
	const { error, rows } = response;
	if (error) return error.uncertain === true;
	return rows.some((row) => rowError(response, row)?.uncertain === true);
}

function errorOf(response: ZohoResponse): ZohoErrorData {
	const { httpStatus } = response;
	return errorOfRead(response) ?? errorData(httpStatus, `HTTP_${httpStatus}`);
}
