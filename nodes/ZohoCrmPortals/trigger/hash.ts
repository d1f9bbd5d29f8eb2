import { isObject } from '../http/exactJson';

/**
 * A 32-bit hash (FNV-1a over UTF-16 units, with the mixing of MurmurHash 3) for detecting changes:
 * one change in four billion is missed. It is not secret and protects nothing.
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

/** JSON that does not depend on the order of keys and arrays, because Zoho guarantees none. */
export function unorderedJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(unorderedJson).sort().join(',')}]`;
	if (!isObject(value)) return JSON.stringify(value ?? null);
	const pairs = Object.entries(value)
		.filter(([, one]) => one !== undefined)
		.map(([key, one]) => `${JSON.stringify(key)}:${unorderedJson(one)}`);
	return `{${pairs.sort().join(',')}}`;
}
