import type { IDataObject } from 'n8n-workflow';

/** The object with some of its keys only. */
export function pick(object: IDataObject, keys: string[]): IDataObject {
	return Object.fromEntries(keys.filter((key) => key in object).map((key) => [key, object[key]]));
}
