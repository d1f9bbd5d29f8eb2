import { isObject } from '../../nodes/ZohoCrmPortals/transport/exactJson';
import { isKnownWord } from './vocabulary';

/** Keys whose texts are Zoho's own words, wherever they are. */
const WORDS = ['status', 'type__s', 'Source__s', 'status_reason__s', 'paid_type'];

/** Keys whose texts are Zoho's own words in what says how something ended, and in its details. */
const RESULT_WORDS = [
	...WORDS,
	'api_name',
	'code',
	'expected_data_type',
	'json_path',
	'message',
	'param',
	'param_name',
	'permissions',
	'resource_path_index',
	'supported_domains',
	'supported_values',
	'unsupported_environment',
	'unsupported_login_user_type',
];

/** Rows of a list that are shown: of data few, as they are alike, and more of what tells outcomes. */
const MOST_ROWS = 2;
const MOST_RESULTS = 10;

/** Smaller numbers count or number something; longer ones may be ids. */
const LONG = 1_000_000;

const E_MAIL = /[^\s"<>()]+@[^\s"<>()]+/;
const ADDRESS = /https?:\/\/[^\s"<>]+/;
const DIGITS = /\d{6,}/;
const TIME = /^\d{4}-\d\d-\d\dT/;

/**
 * Replaces what may be personal by placeholders: "<id 3>" stands for the same id wherever it is. Of
 * texts only Zoho's own are kept, and of those only words that its documentation uses.
 */
export class Redactor {
	private readonly placeholders = new Map<string, string>();

	private readonly counts = new Map<string, number>();

	private readonly secrets: string[] = [];

	/** Something that must not be in a report in any form. */
	hide(secret: string): void {
		this.secrets.push(secret);
	}

	/** The same shape, with placeholders; long lists are cut. */
	shape(value: unknown, key = '', inResult = false): unknown {
		if (typeof value === 'string') {
			const kept = (inResult ? RESULT_WORDS : WORDS).includes(key);
			return kept ? this.text(value) : this.placeholder(value);
		}
		if (typeof value === 'number') {
			return Math.abs(value) < LONG ? value : `${this.placeholder(String(value))} as a number`;
		}
		if (Array.isArray(value)) {
			const rows = value.map((one) => this.shape(one, key, inResult));
			const most = value.some(isResult) ? MOST_RESULTS : MOST_ROWS;
			if (rows.length <= most || inResult) return rows;
			return [...rows.slice(0, most), `and ${rows.length - most} more`];
		}
		if (!isObject(value)) return value;
		const result = inResult || isResult(value);
		const entries = Object.entries(value).map(([name, inner]) => [
			this.key(name),
			this.shape(inner, name, result),
		]);
		return Object.fromEntries(entries);
	}

	/** What stands for a value. */
	placeholder(value: string): string {
		if (value === '') return '';
		if (TIME.test(value)) return '<time>';
		const known = this.placeholders.get(value);
		if (known !== undefined) return known;
		const kind = kindOf(value);
		const count = (this.counts.get(kind) ?? 0) + 1;
		this.counts.set(kind, count);
		const placeholder = `<${kind} ${count}>`;
		this.placeholders.set(value, placeholder);
		return placeholder;
	}

	/** A text of Zoho's without what it repeats of the data, and without words that are not Zoho's. */
	text(text: string): string {
		const personal = [E_MAIL, ADDRESS, DIGITS].reduce(
			(done, pattern) => done.replace(new RegExp(pattern, 'g'), (found) => this.placeholder(found)),
			this.withoutValues(text),
		);
		return personal.replace(/<[a-z-]+ \d+>|\p{L}+/gu, (found) =>
			found.startsWith('<') || isKnownWord(found) || isCode(text) ? found : '…',
		);
	}

	/** A text of ours with placeholders for the ids in it. */
	ids(text: string): string {
		return text.replace(new RegExp(DIGITS, 'g'), (id) => this.placeholder(id));
	}

	/** Keys are Zoho's own as long as they look like it. */
	key(key: string): string {
		const plain = /^[$A-Za-z][$\w]{0,60}$/.test(key) && !DIGITS.test(key);
		return plain && !this.placeholders.has(key) ? key : this.placeholder(key);
	}

	/** @throws where a report holds a secret, an email address or an id after all */
	check(report: string): void {
		const leaks = this.secrets.some((secret) => report.includes(secret));
		if (leaks || E_MAIL.test(report) || /\d{9,}/.test(report)) {
			throw new Error('The report holds personal data. It was not written; please report this.');
		}
	}

	/** Names and addresses of the data in a text. */
	private withoutValues(text: string): string {
		const values = [...this.placeholders].filter(
			([value]) => value.length > 2 && text.includes(value),
		);
		values.sort(([a], [b]) => b.length - a.length);
		return values.reduce((done, [value, placeholder]) => replaced(done, value, placeholder), text);
	}
}

function isResult(value: unknown): boolean {
	return isObject(value) && typeof value.code === 'string';
}

function kindOf(value: string): string {
	if (ADDRESS.test(value)) return 'address';
	if (E_MAIL.test(value)) return 'email';
	return /^\d+$/.test(value) ? 'id' : 'text';
}

/** Codes are one word in capitals, and are kept where nobody knows them yet. */
function isCode(text: string): boolean {
	return /^[A-Z]+(_[A-Z]+)+$/.test(text);
}

/** Replaces whole words only. */
function replaced(text: string, value: string, placeholder: string): string {
	const parts = text.split(value);
	return parts.reduce((done, part) => {
		const inside = /[\p{L}\d_]$/u.test(done) || /^[\p{L}\d_]/u.test(part);
		return done + (inside ? value : placeholder) + part;
	});
}
