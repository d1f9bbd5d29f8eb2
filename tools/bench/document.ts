/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = path.resolve(__dirname, '../../docs/performance.md');

/**
 * Replaces what one command wrote into docs/performance.md, or adds it.
 * @param command such as `npm run bench`
 */
export function writePart(command: string, text: string): void {
	const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '# Performance\n';
	writeFileSync(FILE, withPart(before, command, text));
}

/** A page with another text between the markers of a part; at its end where it has none. */
export function withPart(page: string, name: string, text: string): string {
	const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
	const part = `${start}\n\n${text}\n\n${end}`;
	const [from, to] = [page.indexOf(start), page.indexOf(end)];
	return from === -1
		? `${page}\n${part}\n`
		: page.slice(0, from) + part + page.slice(to + end.length);
}
