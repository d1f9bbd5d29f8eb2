import type { IDataObject } from 'n8n-workflow';

import type { FoundRecord } from '../../zoho/recordSearch';

/** What outcomes say of somebody who was read: name and email address, as far as there are any. */
export function personOf(read: IDataObject | FoundRecord = {}): IDataObject {
	const said = (value: unknown) => typeof value === 'string' && value !== '';
	const { name, email } = read;
	return {
		...(said(name) && { name: String(name) }),
		...(said(email) && { email: String(email) }),
	};
}
