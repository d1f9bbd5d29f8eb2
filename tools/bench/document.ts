/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { withPart } from '../docs/parts';

const FILE = path.resolve(__dirname, '../../docs/performance.md');

/**
 * Replaces the part of docs/performance.md that a command has written, or adds it.
 * @param command the command, such as `npm run bench`
 */
export function writePart(command: string, text: string): void {
	const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '# Performance\n';
	writeFileSync(FILE, withPart(before, command, text));
}
