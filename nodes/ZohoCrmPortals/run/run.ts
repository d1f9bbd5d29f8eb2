import { isFinal } from '../errors/messages';
import type { Connection } from '../http/connection';
import { unsentBecause } from '../http/error';
import type { ZohoErrorData } from '../http/error';
import type { RetryMemory } from './retryMemory';
import type { Settings } from './settings';

/** One run of the node, with the state that its batches and items share. */
export class Run {
	/** An error that every other call of the run would meet as well. */
	private final?: ZohoErrorData;

	constructor(
		readonly connection: Connection,
		readonly settings: Settings,
		/** Changes that must not be repeated; set if n8n may run the node again. */
		readonly memory?: RetryMemory,
		/** Whether an agent runs the node as its tool, so a model reads the output. */
		readonly isTool = false,
	) {}

	/** Why no more calls have to be made. */
	get obstacle(): ZohoErrorData | undefined {
		return this.final && unsentBecause(this.final);
	}

	/** Stores an error that a call has met, if it is final. */
	note(error: ZohoErrorData): void {
		if (isFinal(error)) this.final ??= error;
	}
}
