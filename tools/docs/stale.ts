/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a development tool that does not ship */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A page with its expected content. */
export interface MadePage {
	/** From the root of the repository. */
	path: string;
	text: string;
}

/** The paths of the pages whose files differ from the expected content. */
export function staleOf(root: string, pages: MadePage[]): string[] {
	const isFresh = ({ path: name, text }: MadePage) => {
		const file = path.join(root, name);
		return existsSync(file) && readFileSync(file, 'utf8') === text;
	};
	return pages.filter((page) => !isFresh(page)).map(({ path: name }) => name);
}
