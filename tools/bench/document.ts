/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = path.resolve(__dirname, '../../docs/performance.md');

/**
 * Replaces what one command wrote into docs/performance.md, between its markers, or adds it.
 * @param command such as `npm run bench`
 */
export function writePart(command: string, text: string): void {
	const [start, end] = [`<!-- ${command} -->`, `<!-- end of ${command} -->`];
	const part = `${start}\n\n${text}\n\n${end}`;
	const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '# Performance\n';
	const [from, to] = [before.indexOf(start), before.indexOf(end)];
	writeFileSync(
		FILE,
		from === -1
			? `${before}\n${part}\n`
			: before.slice(0, from) + part + before.slice(to + end.length),
	);
}
