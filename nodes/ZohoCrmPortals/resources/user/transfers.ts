import type { IDataObject } from 'n8n-workflow';

import { batch } from '../../execution/batch';
import { scheduled } from '../../execution/idResults';
import type { IdResults } from '../../execution/idResults';
import type { Strategy } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { outcomeOf } from '../../execution/perItem';
import type { Result } from '../../execution/result';
import type { Connection } from '../../transport/connection';
import { errorData } from '../../transport/error';
import { jobOptionsOf } from '../../execution/jobOptions';
import type { JobOptions } from '../../execution/jobOptions';
import { followJob, jobFailure } from '../../transport/job';
import { jobIdOf } from '../../transport/proof';
import { writeRow } from '../../transport/request';
import type { ZohoRequest } from '../../transport/request';
import { CHANGE_OWNER, USERS } from '../../transport/scopes';
import { usersByEmail } from './userByEmail';

/** What Zoho calls a transfer, in the address and in the body. */
type Transfer = 'transfer' | 'transfer_and_delete';

/**
 * Runs operations that hand over what users own, a job for each of them.
 *
 * @param done what the output says of a user for whom the job is done
 */
export function transfers(kind: Transfer, done: IDataObject): Strategy {
	return usersByEmail(
		batch({
			parameter: 'user',
			idKey: 'id',
			maxBatchSize: 1,
			group: (item) => ({
				request: { ...item.request('id'), body: transferBody(item, kind) },
				...jobOptionsOf(item),
			}),
			send: async (connection, group, [id]) =>
				await transferByJob(connection, kind, done, group, id),
		}),
	);
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
	const { request, waitForJob, jobTimeout } = group;
	const path = request.path.replace('{id}', id);
	const row = await writeRow(connection, { ...request, path }, id);
	const job_id = jobIdOf(row);
	const result = (one: Result): IdResults => ({ results: new Map([[id, one]]) });
	if (job_id === undefined) {
		return result({ error: { ...errorData(0, 'NO_JOB'), uncertain: true } });
	}
	if (!waitForJob) return result({ output: scheduled(row) });
	const read: ZohoRequest = {
		method: 'GET',
		path: `/users/actions/${kind}`,
		query: { job_id },
		scope: kind === 'transfer' ? CHANGE_OWNER.read : USERS.read,
	};
	const followed = await followJob(connection, read, job_id, jobTimeout);
	if ('error' in followed) return result(followed);
	if (followed.job.status === 'failed') return result({ error: jobFailure(job_id, followed.job) });
	return result({ output: { ...done, job_id, ...outcomeOf(row) } });
}
