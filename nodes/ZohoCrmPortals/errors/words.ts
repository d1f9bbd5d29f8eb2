/** A text of Zoho's behind a sentence: ` ("the text")`; nothing where there is none. */
export function said(message: string): string {
	return message === '' ? '' : ` ("${message}")`;
}

export function count(amount: number): string {
	return amount.toLocaleString('en-US');
}

export function upper(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

export function lower(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
