/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
/** Work that continues after the answer was sent. */
export interface LaterWork {
	/** The number of further calls after which it is done: 0 for at once, `Infinity` for never. */
	calls: number;
	act: () => void;
}

/** Work that waits for further calls. Each call counts when it has ended. */
export class Later {
	private waiting: LaterWork[] = [];

	add(calls: number, act: () => void): void {
		if (calls <= 0) setImmediate(act);
		else this.waiting.push({ calls, act });
	}

	/** The work that is waiting now, to be passed to `pass` when a call has ended. */
	now(): readonly LaterWork[] {
		return [...this.waiting];
	}

	/**
	 * Counts a call that has ended for the work that was waiting when it started, and does the work
	 * that is due.
	 */
	pass(known: readonly LaterWork[]): void {
		for (const one of known) {
			if (!this.waiting.includes(one) || --one.calls > 0) continue;
			this.waiting.splice(this.waiting.indexOf(one), 1);
			one.act();
		}
	}

	clear(): void {
		this.waiting = [];
	}
}
