/** Polls in a row that may be in doubt about what they read before it is believed. */
const POLLS = 5;

/**
 * Polls in a row that were in doubt, by whose they are. Kept in the process and not in the static
 * data, since n8n may drop what a failed poll wrote there; after a restart it counts anew.
 */
const doubts = new Map<string, number>();

/** Whether a poll is to fail where it is in doubt; otherwise it believes what it read. */
export function isPatient(key: string): boolean {
	return (doubts.get(key) ?? 0) < POLLS;
}

export function noteDoubt(key: string): void {
	doubts.set(key, (doubts.get(key) ?? 0) + 1);
}

export function forgetDoubts(key: string): void {
	doubts.delete(key);
}
