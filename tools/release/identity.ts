/** What package.json says about whose package it is. */
export interface PackageFile {
	name: string;
	version: string;
	homepage: string;
	author: { name: string; email: string };
	repository: { url: string };
}

/** Where author and repository are set; everything else follows, by `npm run identity`. */
const WHERE = 'set it in package.json, then run "npm run identity"';

/** What author and repository were before anybody published the package. */
const PLACEHOLDER = {
	name: /^n8n-nodes-zoho-crm-portals contributors$/,
	email: /\.example$/,
	repository: /github\.com[/:]n8n-nodes-zoho-crm-portals\/n8n-nodes-zoho-crm-portals\b/,
};

/** Why a package must not be published under its name: placeholders that nobody has replaced. */
export function placeholdersIn({ author, homepage, repository }: PackageFile): string[] {
	const { name, email } = author;
	return [
		...(PLACEHOLDER.name.test(name) ? [`the author is the placeholder "${name}": ${WHERE}`] : []),
		...(PLACEHOLDER.email.test(email)
			? [`the author's email is the placeholder "${email}": ${WHERE}`]
			: []),
		...[repository.url, homepage]
			.filter((url) => PLACEHOLDER.repository.test(url))
			.map((url) => `the repository is the placeholder "${url}": ${WHERE}`),
	];
}

/** A file with the author and the links of package.json in place of those that it has. */
export function withIdentity(text: string, { author, homepage }: PackageFile): string {
	const repository = homepage.replace(/#.*$/, '');
	return text
		.replace(/https:\/\/github\.com\/[\w.-]+\/[\w.-]+/g, () => repository)
		.replace(/^(Copyright \(c\) \d+) .*$/m, (_, years: string) => `${years} ${author.name}`);
}
