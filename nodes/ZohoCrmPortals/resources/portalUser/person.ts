import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { metIn } from '../../zoho/people';
import type { FoundRecord } from '../../zoho/recordSearch';

/** Name and email address of a person who was read, if there are any, for outcomes. */
export function personOf(read: IDataObject | FoundRecord = {}): IDataObject {
	const said = (value: unknown) => typeof value === 'string' && value !== '';
	const { name, email } = read;
	return {
		...(said(name) && { name: String(name) }),
		...(said(email) && { email: String(email) }),
	};
}

/** Name and email address of a portal user, if read while being changed or invited. */
export function personMet(connection: Connection, id: string): IDataObject | undefined {
	const user = metIn(connection, id);
	return user && personOf(user);
}
