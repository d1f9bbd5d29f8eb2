import { isObject } from '../http/exactJson';

/**
 * A hash of 32 bits (FNV-1a over UTF-16 units, mixed like MurmurHash 3), to see that something
 * changed: one change in four billion is missed. It is no secret and protects nothing.
 */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}

/** JSON in which neither the order of keys nor that of arrays counts: Zoho promises none. */
export function unorderedJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(unorderedJson).sort().join(',')}]`;
	if (!isObject(value)) return JSON.stringify(value ?? null);
	const pairs = Object.entries(value)
		.filter(([, one]) => one !== undefined)
		.map(([key, one]) => `${JSON.stringify(key)}:${unorderedJson(one)}`);
	return `{${pairs.sort().join(',')}}`;
}
