import type { IDataObject } from 'n8n-workflow';

import type { ZohoErrorData } from '../http/error';

/** The result for one object: the output, or why the change was not made. */
export type Result = { output: IDataObject } | { error: ZohoErrorData };
