import type { Json } from './answers';

/** Work that goes on after the call that it was asked for by. */
export interface Job {
	id: string;
	status: string;
	/** Reads of the job until it is done. */
	readsLeft: number;
	/** Counts against the number of jobs of its kind that may run at once. */
	limited?: boolean;
	finish: () => Json[] | null;
	/** What it came to; null while it runs, and when it failed without a word on any. */
	rows: Json[] | null;
	reason?: string;
}

/**
 * Counts a read of a job, and lets the job finish when it has been read often enough.
 *
 * @param fails what the job comes to: failed or completed
 */
export function advance(job: Job, fails: boolean): void {
	if (job.status !== 'scheduled' && job.status !== 'in_progress') return;
	if (job.readsLeft-- > 0) {
		job.status = 'in_progress';
		return;
	}
	job.rows = job.finish();
	job.status = fails ? 'failed' : 'completed';
}
