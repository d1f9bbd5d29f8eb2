import { errorsPage } from './errors';
import { limitsPage } from './limits';
import { scopesPage } from './scopes';

/** A page of the documentation that is made from the code, by `npm run docs`. */
export interface Page {
	/** Where it is, from the root of the repository: "docs/scopes.md". */
	path: string;
	/** Markdown; prettier has the last word about its form. */
	text: () => Promise<string> | string;
}

/** Every page that is made. What else is in docs/ is written by hand. */
export const pages: Page[] = [
	{ path: 'docs/errors.md', text: errorsPage },
	{ path: 'docs/limits.md', text: limitsPage },
	{ path: 'docs/scopes.md', text: scopesPage },
];
