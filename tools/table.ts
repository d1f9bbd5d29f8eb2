/** A Markdown table, with numbers aligned to the right. */
export function table(head: string[], rows: Array<Array<string | number>>): string {
	const align = head.map((_, column) =>
		rows.every((row) => /^[\d.,<≈ ×%+-]*( (ms|s|kB|MB|µs))?$/.test(String(row[column])))
			? '--:'
			: '---',
	);
	return [head, align, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

export const count = (amount: number): string => amount.toLocaleString('en-US');

export const times = (value: number, reference: number): string =>
	`${(value / reference).toFixed(2)} ×`;

/** A text as inline code. */
export const code = (text: string): string => `\`${text}\``;
