import type { IDataObject } from 'n8n-workflow';

import { crmUserWith } from '../zoho/crmUsers';
import { dataOf, ZohoApiError } from '../http/error';
import { foundOnce } from './retryMemory';
import type { Run } from './run';

/** The key of the look-ups in the retry memory. */
const MEMORY = 'CRM users by email';

/**
 * The CRM user with an email address.
 *
 * @param field label of the field that names the user
 * @throws ZohoApiError if nobody or more than one user has the address, or the users cannot be read
 */
export async function findCrmUser(run: Run, email: string, field: string): Promise<IDataObject> {
	return await foundOnce(
		run.memory,
		MEMORY,
		email,
		async () =>
			await crmUserWith(run.connection, email).catch((caught: unknown) => {
				const data = dataOf(caught);
				run.note(data);
				throw new ZohoApiError({ ...data, details: { ...data.details, crm_user: email, field } });
			}),
	);
}
