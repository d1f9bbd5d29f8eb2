/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test that does not ship */

/** How long a call waits for an answer, in ms: no pause of the node or of n8n is as long. */
export const TIMEOUT = 333;

/** Between these are the pauses of the node and of n8n, in ms. */
const SHORTEST = 100;
const LONGEST = 60_000;

/** Ends pauses at once, without touching the time limits of HTTP calls. Returns how to undo that. */
export function skipPauses(): () => void {
	const usual = globalThis.setTimeout;
	const fast = (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
		usual(work, isPause(ms) ? 0 : ms, ...args);
	globalThis.setTimeout = Object.assign(fast, usual);
	return () => {
		globalThis.setTimeout = usual;
	};
}

/** Whether a time that something waits for is a pause, not a limit. */
export function isPause(ms: number): boolean {
	return ms !== TIMEOUT && ms >= SHORTEST && ms < LONGEST;
}
