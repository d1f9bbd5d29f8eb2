/** A text as code inside a line. */
export function code(text: string): string {
	return `\`${text}\``;
}
