import type { IDataObject } from 'n8n-workflow';

/** A copy of an object with only some of its keys. */
export function pick(object: IDataObject, keys: string[]): IDataObject {
	return Object.fromEntries(keys.filter((key) => key in object).map((key) => [key, object[key]]));
}
