/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
/** Work that goes on once the answer is out. */
export interface LaterWork {
	/** Further calls after which it is done: 0 for at once, `Infinity` for never. */
	calls: number;
	act: () => void;
}

/** Work that waits for further calls, each of which counts once it is over. */
export class Later {
	private waiting: LaterWork[] = [];

	add(calls: number, act: () => void): void {
		if (calls <= 0) setImmediate(act);
		else this.waiting.push({ calls, act });
	}

	/** What waits for further calls at this moment, to be handed to `pass` when a call is over. */
	now(): readonly LaterWork[] {
		return [...this.waiting];
	}

	/** Counts a call that is over for what waited when it came, and does what has waited enough. */
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
