/** A page with a new text between the markers of a part; at its end if it has no such markers. */
export function withPart(page: string, name: string, text: string): string {
	const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
	const part = `${start}\n\n${text}\n\n${end}`;
	const [from, to] = [page.indexOf(start), page.indexOf(end)];
	return from === -1
		? `${page}\n${part}\n`
		: page.slice(0, from) + part + page.slice(to + end.length);
}

/**
 * Problems of a page outside its parts: a part that the code does not generate, or an operation
 * (`delete`, before `delete: reference`) without any hand-written text.
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
