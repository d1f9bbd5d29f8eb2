import { resources } from '../../nodes/ZohoCrmPortals/resources';
import { errorsPage } from './errors';
import { limitsPage } from './limits';
import { operationsTable, triggerParameters } from './parts';
import { fileOf, resourcePage } from './resourcePage';
import { scopesPage } from './scopes';

/** A page of the documentation that is made from the code, by `npm run docs`. */
export interface Page {
	/** Where it is, from the root of the repository: "docs/scopes.md". */
	path: string;
	/** The part of a page written by hand that is made, as its markers name it; else all of it. */
	part?: string;
	/** Markdown; prettier has the last word about its form. */
	text: () => Promise<string> | string;
}

/** Every page that is made, or a part of it. What else is in docs/ is written by hand. */
export const pages: Page[] = [
	...resources.map((resource) => ({
		path: fileOf(resource.name),
		text: async () => await resourcePage(resource),
	})),
	{ path: 'docs/trigger.md', part: 'parameters', text: triggerParameters },
	{ path: 'README.md', part: 'operations', text: operationsTable },
	{ path: 'docs/errors.md', text: errorsPage },
	{ path: 'docs/limits.md', text: limitsPage },
	{ path: 'docs/scopes.md', text: scopesPage },
];
