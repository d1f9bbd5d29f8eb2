import type { IDataObject } from 'n8n-workflow';

import type { ZohoErrorData } from '../http/error';

/** What became of one thing at Zoho: what the output says of it, or why it is not done. */
export type Result = { output: IDataObject } | { error: ZohoErrorData };
