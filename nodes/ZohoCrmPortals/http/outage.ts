import type { ZohoErrorData } from './error';
import { pause, pauseBefore, TRIES } from './pause';

/** Why a call failed, if the cause may be temporary. */
interface PassingFailure {
	error: ZohoErrorData;
	/** In ms. */
	retryAfter: number;
}

/** Permission to make a call. */
interface Permit {
	/** Reports the result: a temporary failure, or nothing for any answer. */
	end: (failure?: PassingFailure) => void;
}

/**
 * Detects an outage once for all calls of a run. While no call succeeds, calls are made one at a
 * time, with growing pauses. After as many failures as a single call would have tries, no more
 * calls are made.
 */
export class Outage {
	/** The number of calls that got an answer. */
	private answers = 0;

	/** Calls that have failed since the last answer; 0 if there is no outage. */
	private failures = 0;

	private down?: ZohoErrorData;

	private probe?: Promise<void>;

	private waited = 0;

	private retryAfter = 0;

	/** Whether there is an outage at the moment. */
	get known(): boolean {
		return this.failures > 0;
	}

	/**
	 * Waits until a call may be made. Returns `down` with the reason if no more calls may be made.
	 */
	async turn(signal?: AbortSignal): Promise<Permit | { down: ZohoErrorData }> {
		while (this.probe) await this.probe;
		if (this.down) return { down: this.down };
		if (!this.known) return this.usualTurn();
		let release = () => {};
		this.probe = new Promise((resolve) => (release = resolve));
		const length = pauseBefore(this.failures, this.waited, this.retryAfter);
		this.waited += length;
		await pause(length, signal);
		return {
			end: (failure) => {
				this.note(failure);
				this.probe = undefined;
				release();
			},
		};
	}

	private usualTurn(): Permit {
		const { answers } = this;
		return {
			end: (failure) => {
				// Other calls succeed, so the failure concerns this call only.
				if (failure && this.answers > answers) return;
				// Calls that failed at the same time as the first one add no information.
				if (failure && this.known) return;
				this.note(failure);
			},
		};
	}

	private note(failure: PassingFailure | undefined): void {
		if (failure) {
			this.failures++;
			this.retryAfter = failure.retryAfter;
			if (this.failures >= TRIES) this.down = failure.error;
		} else {
			this.answers++;
			this.failures = 0;
			this.waited = 0;
		}
	}
}
