import { everyOperation } from '../contract';
import type { DocumentedOperation } from '../contractTypes';

const API = '/crm/v8';

interface Match {
	operation?: DocumentedOperation;
	/** The values of the placeholders in the path. */
	path: Record<string, string>;
	query: URLSearchParams;
}

/** Fixed words before placeholders: `/settings/portals/meta` is not the name of a portal. */
const known = everyOperation
	.map((operation) => ({ operation, pattern: patternOf(operation.path) }))
	.sort((a, b) => placeholders(a.operation) - placeholders(b.operation));

/** The operation of a call. */
export function match(method: string, url: string): Match {
	const { pathname, searchParams: query } = new URL(url, 'http://emulator.invalid');
	for (const { operation, pattern } of known) {
		const found = pattern.exec(pathname);
		if (!found || operation.method !== method) continue;
		const path = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decode(text)]);
		return { operation, path: Object.fromEntries(path), query };
	}
	return { path: {}, query };
}

function patternOf(path: string): RegExp {
	return new RegExp(`^${API}${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}

function placeholders({ path }: DocumentedOperation): number {
	return path.split('{').length;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
