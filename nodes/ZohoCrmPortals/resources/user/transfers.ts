import type { IDataObject } from 'n8n-workflow';

import { isObject, refusal } from '../../transport/answer';
import { batch } from '../../transport/batch';
import type { Exchange } from '../../transport/batch';
import { Refused } from '../../transport/errors';
import type { Item } from '../../transport/item';
import { DEFAULT_JOB_TIMEOUT, followJob } from '../../transport/jobs';
import type { JobOptions } from '../../transport/jobs';
import type { Handling } from '../../transport/operation';
import { send } from '../../transport/send';
import { onlyRow } from '../../transport/single';

/** What Zoho calls a transfer, in the address and in the body. */
type Transfer = 'transfer' | 'transfer_and_delete';

/**
 * Handles operations that hand over what users own, a job for each of them.
 *
 * @param done what the output says of a user for whom the job is done
 */
export function transfers(kind: Transfer, done: IDataObject): Handling {
	return batch({
		parameter: 'user',
		idKey: 'id',
		most: 1,
		request: (item) => ({ body: transferBody(item, kind) }),
		settings: jobSettings,
		exchange: () => transferByJob(kind, done),
	});
}

/** Who takes over what, as Zoho takes it; at least one of both must be named. */
function transferBody(item: Item, kind: Transfer): IDataObject {
	const targetUser = item.optionalText('targetUser');
	const targetManager = item.optionalText('targetManager');
	const what = item.value<string[]>('transferWhat', []);
	if (!targetUser && !targetManager) {
		throw item.refuse(
			'targetUser',
			'is empty, and so is the new manager of the subordinates',
			'Choose who takes over the records, who becomes the manager of the subordinates, or both.',
		);
	}
	const transfer = {
		id: targetUser,
		records: what.includes('records'),
		assignment: what.includes('assignment'),
		criteria: what.includes('criteria'),
	};
	return {
		[kind]: [
			{
				...(targetUser && { transfer }),
				...(targetManager && { move_subordinate: { id: targetManager } }),
			},
		],
	};
}

/** What the options say about the job, which all items of a batch agree on. */
function jobSettings(item: Item): IDataObject {
	const { waitForJob = true, jobTimeout } = item.value<JobOptions>('options', {});
	return { waitForJob, jobTimeout };
}

/** Starts a transfer and follows its job. */
function transferByJob(kind: Transfer, done: IDataObject): Exchange {
	return async (connection, request, [id], settings) => {
		const { waitForJob, jobTimeout = DEFAULT_JOB_TIMEOUT } = settings as JobOptions;
		const path = request.path.replace('{id}', id);
		const row = onlyRow(await send(connection, { ...request, path }), false);
		const details = isObject(row.details) ? row.details : {};
		// Zoho's documentation says jobId, its OpenAPI file job_id.
		const job_id = String(details.job_id ?? details.jobId);
		if (!waitForJob) return { verdicts: new Map([[id, { row, output: waiting(job_id) }]]) };
		const query = { job_id };
		const read = { method: 'GET' as const, path: `/users/actions/${kind}`, query };
		const job = await followJob(connection, read, job_id, jobTimeout);
		if (job.status === 'failed') {
			const { reason } = job;
			throw new Refused(refusal(200, 'JOB_FAILED', { details: { job_id, reason } }));
		}
		return { verdicts: new Map([[id, { row, output: { ...done, job_id } }]]) };
	};
}

function waiting(job_id: string): IDataObject {
	return { scheduled: true, job_id };
}
