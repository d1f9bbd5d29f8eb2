/** A page with another text between the markers of a part; at its end where it has none. */
export function withPart(page: string, name: string, text: string): string {
	const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
	const part = `${start}\n\n${text}\n\n${end}`;
	const [from, to] = [page.indexOf(start), page.indexOf(end)];
	return from === -1
		? `${page}\n${part}\n`
		: page.slice(0, from) + part + page.slice(to + end.length);
}

/**
 * What is wrong with a page around its parts: a part that the code does not make, or one of an
 * operation (`delete`, before `delete: reference`) on which nobody has written a word.
 */
export function problemsOf(page: string, parts: string[]): string[] {
	const marked = [...page.matchAll(/<!-- end of (.*?) -->/g)].map(([, name]) => name);
	const silent = [...page.matchAll(/<!-- end of (.*?) -->\s*<!-- \1: /g)].map(([, name]) => name);
	return [
		...marked
			.filter((name) => !parts.includes(name))
			.map((name) => `has a part "${name}" that is not made any more: remove it`),
		...silent.map((name) => `does not explain "${name}": write about it between its two parts`),
	];
}
