/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a development tool that does not ship */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A page as it has to be on disk. */
export interface MadePage {
	/** From the root of the repository. */
	path: string;
	text: string;
}

/** The pages that are not on disk as they have to be, by their paths. */
export function staleOf(root: string, pages: MadePage[]): string[] {
	const isFresh = ({ path: name, text }: MadePage) => {
		const file = path.join(root, name);
		return existsSync(file) && readFileSync(file, 'utf8') === text;
	};
	return pages.filter((page) => !isFresh(page)).map(({ path: name }) => name);
}
