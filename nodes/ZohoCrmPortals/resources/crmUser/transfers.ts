import type { IDataObject } from 'n8n-workflow';

import type { Group } from '../../run/batchRun';
import { scheduled } from '../../run/idResults';
import type { IdResults } from '../../run/idResults';
import type { Strategy } from '../../run/operation';
import { answerIn } from '../../run/perItem';
import type { Result } from '../../run/result';
import type { Connection } from '../../http/connection';
import { errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { jobOptionsOf } from '../fields';
import type { JobOptions } from '../fields';
import { followJob, jobFailure } from '../../zoho/job';
import { jobIdOf } from '../../http/proof';
import { writeRow } from '../../http/request';
import { jobSettings } from './fields';
import { foreseeTransfer } from './foresee';
import { onCrmUsers } from './onCrmUsers';
import { handoverOf, transferBody, transferJob } from './handover';
import type { Handover, Transfer } from './handover';

interface TransferJobGroup extends Group, JobOptions {
	handover: Handover;
}

interface Transfers {
	/** The action, as a dry run names it. */
	action: string;
	/** The output for a user whose job is done. */
	done: IDataObject;
	/** Asks Zoho whether there is a reason not to transfer the data of a user this way. */
	check?: (
		connection: Connection,
		id: string,
		handover: Handover,
	) => Promise<ZohoErrorData | undefined>;
	/** The properties of the user that the transfer affects. */
	changes?: IDataObject;
}

/** Runs operations that transfer the data of users, with one job per user. */
export function transfers(
	kind: Transfer,
	{ action, done, check, changes = {} }: Transfers,
): Strategy {
	return onCrmUsers<TransferJobGroup>({
		maxBatchSize: 1,
		group: (item) => {
			const handover = handoverOf(item);
			return {
				request: { ...item.request(), body: transferBody(kind, handover) },
				handover,
				...jobOptionsOf(item.read(jobSettings)),
			};
		},
		others: ({ handover: { targetUser, targetManager } }) =>
			[targetUser, targetManager].flatMap((one) => one ?? []),
		...(check && {
			check: async (connection, { handover }, id) => await check(connection, id, handover),
		}),
		send: async (connection, group, [id]) => await transferByJob(connection, kind, done, group, id),
		action,
		foresee: ({ handover }, user, users) => foreseeTransfer(kind, handover, user, users),
		changes: () => changes,
	});
}

/** Starts a transfer and waits for its job. */
async function transferByJob(
	connection: Connection,
	kind: Transfer,
	done: IDataObject,
	group: TransferJobGroup,
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
	const read = transferJob(kind, job_id);
	const followed = await followJob(connection, read, job_id, jobTimeout);
	if ('error' in followed) return result(followed);
	if (followed.job.status === 'failed') return result({ error: jobFailure(job_id, followed.job) });
	return result({ output: { ...done, job_id, ...answerIn(row) } });
}
