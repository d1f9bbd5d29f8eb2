import { isFinal } from '../errors/messages';
import type { Connection } from '../http/connection';
import { unsentBecause } from '../http/error';
import type { ZohoErrorData } from '../http/error';
import type { RetryMemory } from './retryMemory';
import type { Settings } from './settings';

/** One run of the node: what its batches and items share. */
export class Run {
	/** An error that every further call of the run would meet as well. */
	private final?: ZohoErrorData;

	constructor(
		readonly connection: Connection,
		readonly settings: Settings,
		/** What must not be done again; set where n8n may run the node again. */
		readonly memory?: RetryMemory,
		/** Whether an agent runs the node as its tool, so that a model reads the output. */
		readonly isTool = false,
	) {}

	/** Why a call need not be made. */
	get obstacle(): ZohoErrorData | undefined {
		return this.final && unsentBecause(this.final);
	}

	/** Takes note of an error that a call has met. */
	note(error: ZohoErrorData): void {
		if (isFinal(error)) this.final ??= error;
	}
}
