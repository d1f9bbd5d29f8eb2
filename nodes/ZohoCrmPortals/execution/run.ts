import type { Connection } from '../transport/connection';
import type { ZohoErrorData } from '../transport/error';
import type { IDataObject } from 'n8n-workflow';

/** What became of one thing at Zoho: what the output says of it, or why it is not done. */
export type Result = { output: IDataObject } | { error: ZohoErrorData };

/** One run of the node. */
export interface Run {
	connection: Connection;
	/**
	 * What became of writes that are done, or may be done and must not be done twice; by what was
	 * asked and of whom. Set where n8n may run the node again after a failure ("Retry On Fail").
	 */
	memory?: (asked: string) => Map<string, Result>;
}
