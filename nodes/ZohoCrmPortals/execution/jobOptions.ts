import type { ItemParameters } from './parameters';

/** Whether and how long to wait for a job, as the user set it. */
export interface JobOptions {
	waitForJob: boolean;
	/** In seconds. */
	jobTimeout: number;
}

/** How long a job is followed unless the user says otherwise, in seconds. */
const DEFAULT_JOB_TIMEOUT = 300;

export function jobOptionsOf(item: ItemParameters): JobOptions {
	const { waitForJob = true, jobTimeout = DEFAULT_JOB_TIMEOUT } = item.value<{
		waitForJob?: boolean;
		jobTimeout?: unknown;
	}>('options', {});
	return { waitForJob, jobTimeout: item.duration('jobTimeout', jobTimeout) };
}
