import type { Json } from './answers';

/** Work that continues after the call that requested it. */
export interface Job {
	id: string;
	/** Only the call for this kind of jobs reads it. */
	kind: 'invite' | 'transfer' | 'transfer_and_delete';
	/** The module whose records are invited. */
	module?: string;
	status: string;
	/** The remaining reads until the job is done. */
	readsLeft: number;
	/** Whether it was read before. */
	seen?: boolean;
	/** Whether it counts toward the number of jobs of its kind that may run at once. */
	limited?: boolean;
	finish: () => Json[] | null;
	/** The result; null while the job runs, or if it failed without any rows. */
	rows: Json[] | null;
	reason?: string;
}

/**
 * Counts a read of a job, and ends the job after the last one.
 *
 * @param fails whether the job fails instead of completing
 */
export function advance(job: Job, fails: boolean): void {
	if (job.status !== 'scheduled' && job.status !== 'in_progress') return;
	if (job.readsLeft-- > 0) {
		// The first of several reads comes before the job starts.
		if (job.seen || job.readsLeft === 0) job.status = 'in_progress';
		job.seen = true;
		return;
	}
	job.rows = job.finish();
	job.status = fails ? 'failed' : 'completed';
}
