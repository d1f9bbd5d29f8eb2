import type { ZohoErrorData } from './error';
import { pause, pauseBefore, TRIES } from './pause';

/** Why a call failed, where that may pass. */
interface PassingFailure {
	error: ZohoErrorData;
	/** In ms. */
	retryAfter: number;
}

/** Leave to make a call. */
interface Permit {
	/** Tells what came of it: a failure that may pass, or nothing for any answer. */
	end: (failure?: PassingFailure) => void;
}

/**
 * Finds an outage out once for all calls of a run. While nothing gets through, calls go one at a
 * time, each after a longer pause than the one before; when as many have failed as a single call
 * would be tried, no more are made.
 */
export class Outage {
	/** Answers that came through. */
	private answers = 0;

	/** Calls that failed since nothing gets through; 0 while all is well. */
	private failures = 0;

	private down?: ZohoErrorData;

	private probe?: Promise<void>;

	private waited = 0;

	private retryAfter = 0;

	/** Whether nothing gets through at the moment. */
	get known(): boolean {
		return this.failures > 0;
	}

	/** Waits until a call may be made; `down` says why none is any more. */
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
				// Others get through: the failure is this call's alone.
				if (failure && this.answers > answers) return;
				// The others of a crowd that failed at the same time tell nothing new.
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
