import type { IDataObject } from 'n8n-workflow';

import { batch } from '../../execution/batch';
import type { IdResults } from '../../execution/batch';
import type { Strategy } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { outcomeOf } from '../../execution/perItem';
import type { Connection } from '../../transport/connection';
import { errorData, ZohoApiError } from '../../transport/error';
import { isObject } from '../../transport/exactJson';
import { DEFAULT_JOB_TIMEOUT, followJob } from '../../transport/job';
import type { JobOptions } from '../../transport/job';
import { sendForRow } from '../../transport/request';
import type { ZohoRequest } from '../../transport/request';

/** What Zoho calls a transfer, in the address and in the body. */
type Transfer = 'transfer' | 'transfer_and_delete';

/**
 * Runs operations that hand over what users own, a job for each of them.
 *
 * @param done what the output says of a user for whom the job is done
 */
export function transfers(kind: Transfer, done: IDataObject): Strategy {
	return batch({
		parameter: 'user',
		idKey: 'id',
		maxBatchSize: 1,
		group: (item) => {
			const { waitForJob = true, jobTimeout } = item.value<JobOptions>('options', {});
			return {
				request: { ...item.request('id'), body: transferBody(item, kind) },
				waitForJob,
				jobTimeout,
			};
		},
		send: async (connection, group, [id]) => await transferByJob(connection, kind, done, group, id),
	});
}

/** Who takes over what, as Zoho takes it; at least one of both must be named. */
function transferBody(item: ItemParameters, kind: Transfer): IDataObject {
	const targetUser = item.optionalText('targetUser');
	const targetManager = item.optionalText('targetManager');
	const what = item.value<string[]>('transferWhat', []);
	if (!targetUser && !targetManager) {
		throw item.invalid(
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

/** Starts a transfer and follows its job. */
async function transferByJob(
	connection: Connection,
	kind: Transfer,
	done: IDataObject,
	group: JobOptions & { request: ZohoRequest },
	id: string,
): Promise<IdResults> {
	const { request, waitForJob, jobTimeout = DEFAULT_JOB_TIMEOUT } = group;
	const path = request.path.replace('{id}', id);
	const row = await sendForRow(connection, { ...request, path });
	const details = isObject(row.details) ? row.details : {};
	// Zoho's documentation says jobId, its OpenAPI file job_id.
	const job_id = String(details.job_id ?? details.jobId);
	const result = (output: IDataObject): IdResults => ({
		results: new Map([[id, { output: { ...output, job_id, ...outcomeOf(row) } }]]),
	});
	if (!waitForJob) return result({ scheduled: true });
	const query = { job_id };
	const read = { method: 'GET' as const, path: `/users/actions/${kind}`, query };
	const job = await followJob(connection, read, job_id, jobTimeout);
	if (job.status === 'failed') {
		const { reason } = job;
		throw new ZohoApiError(errorData(200, 'JOB_FAILED', { details: { job_id, reason } }));
	}
	return result(done);
}
