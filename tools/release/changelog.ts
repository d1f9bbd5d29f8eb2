const HEADING = '## [Unreleased]';

/** What stands under "Unreleased"; empty if there is nothing. */
export function unreleasedIn(changelog: string): string {
	const [, after = ''] = changelog.split(`${HEADING}\n`);
	return after.split(/^## |^\[[^\]]+\]: /m)[0].trim();
}

/**
 * The changelog with what was "Unreleased" under the version.
 *
 * @param date as in "2026-06-01"
 */
export function release(changelog: string, version: string, date: string): string {
	return changelog.replace(HEADING, `${HEADING}\n\n## [${version}] - ${date}`);
}
