import type { IDataObject } from 'n8n-workflow';

import type { PortalUser } from '../../transport/people';
import type { FoundRecord } from '../../transport/recordSearch';
import { previousOf } from './onPortalUsers';

/** What outcomes say of somebody who was read: name and email address, as far as there are any. */
export function personOf(read: IDataObject | FoundRecord = {}): IDataObject {
	const said = (value: unknown) => typeof value === 'string' && value !== '';
	const { name, email } = read;
	return {
		...(said(name) && { name: String(name) }),
		...(said(email) && { email: String(email) }),
	};
}

/** How a user is before the run. The time tells whoever was removed and invited again. */
export function previousOfUser(user: PortalUser): IDataObject {
	return { ...previousOf(user, user.user_type_name), invited_time: user.invited_time };
}
