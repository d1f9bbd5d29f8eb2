/** The number of consecutive polls that may doubt their reading before it is accepted. */
const POLLS = 5;

/**
 * Consecutive polls that were in doubt, by trigger. Kept in the process and not in the static data,
 * because n8n may discard what a failed poll stored there. After a restart, counting starts again.
 */
const doubts = new Map<string, number>();

/** Whether a poll should fail if it is in doubt; otherwise it accepts its reading. */
export function isPatient(key: string): boolean {
	return (doubts.get(key) ?? 0) < POLLS;
}

export function noteDoubt(key: string): void {
	doubts.set(key, (doubts.get(key) ?? 0) + 1);
}

export function forgetDoubts(key: string): void {
	doubts.delete(key);
}
