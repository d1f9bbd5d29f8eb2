import { allOperations, commonErrors, enums } from '../../emulator/contract';
import { isObject } from '../../nodes/ZohoCrmPortals/http/exactJson';

/** Keys whose values are Zoho's own names: of fields, types, codes and states. */
const NAMING = [
	...['api_name', 'code', 'expected_data_type', 'owner_status', 'paid_type', 'param', 'param_name'],
	...['parent_api_name', 'permissions', 'Source__s', 'status', 'supported_domains', 'type__s'],
	...['unsupported_environment', 'unsupported_login_user_type'],
];

/** Names in Zoho's sources. The values of their examples are personal data and not included. */
const names = new Set<string>();

function learn(value: unknown, isName = false): void {
	if (typeof value === 'string' && isName) names.add(value);
	if (Array.isArray(value)) value.forEach((one) => learn(one, isName));
	if (!isObject(value)) return;
	for (const [key, inner] of Object.entries(value)) {
		names.add(key);
		learn(inner, NAMING.includes(key));
	}
}

for (const { success, errors, pathParams, query, body, jobStatuses, rowCodes } of allOperations) {
	learn([...success, body, errors]);
	for (const { name, values } of [...pathParams, ...query]) learn([name, values], true);
	learn([errors.map(({ wrapper }) => wrapper), jobStatuses, rowCodes], true);
}
learn(commonErrors);
learn(Object.values(enums), true);

/** Whether a name is in Zoho's sources, so that it reveals nothing about an organization. */
export function isDocumented(name: string): boolean {
	return names.has(name);
}

/**
 * Keeps only those parts of answers that Zoho's sources name: fields, types, codes and states.
 * Placeholders replace all other text: "<id 3>" is the same ID everywhere. Other values are
 * replaced with their type.
 */
export class Redactor {
	private readonly placeholders = new Map<string, string>();

	/** Values that must not be in a report in any form. */
	readonly secrets: string[] = [];

	/** The same structure with placeholders. Long lists are cut. */
	shape(value: unknown, key = ''): unknown {
		if (Array.isArray(value)) {
			const isResult = (row: unknown) => isObject(row) && typeof row.code === 'string';
			// Rows of data are similar to each other, but results are not.
			const most = value.some(isResult) ? 10 : 2;
			const rows = value.slice(0, most).map((row) => this.shape(row, key));
			return value.length > most ? [...rows, `and ${value.length - most} more`] : rows;
		}
		if (isObject(value)) {
			const entries = Object.entries(value);
			return Object.fromEntries(
				entries.map(([name, one]) => [this.name(name), this.shape(one, name)]),
			);
		}
		if (typeof value !== 'string') return value === null ? null : `<${typeof value}>`;
		if (key === 'json_path') return this.path(value);
		return NAMING.includes(key) ? this.name(value) : this.placeholder(value);
	}

	/** A name from Zoho's sources, or its placeholder. */
	name(name: string): string {
		return isDocumented(name) ? name : this.placeholder(name);
	}

	/** A path as a JSON pointer or in Zoho's notation, without the position in a list. */
	path(path: string): string {
		return path.replace(/[^/.[\]$]+/g, (part) => (/^[\d*]+$/.test(part) ? '*' : this.name(part)));
	}

	/** The placeholder for a text. */
	placeholder(text: string): string {
		if (text === '') return '';
		const kind = /^\d+$/.test(text) ? 'id' : 'text';
		const count = [...this.placeholders.values()].filter((one) =>
			one.startsWith(`<${kind} `),
		).length;
		const placeholder = this.placeholders.get(text) ?? `<${kind} ${count + 1}>`;
		this.placeholders.set(text, placeholder);
		return placeholder;
	}

	/** A text of this tool, with placeholders for the IDs in it. */
	ids(text: string): string {
		return text.replace(/\d{12,}/g, (id) => this.placeholder(id));
	}

	/** @throws if a report still contains a secret, an email address or an ID */
	check(report: string): void {
		const leaks = this.secrets.some((secret) => report.includes(secret));
		if (leaks || /[^\s"<>()]@[^\s"<>()]/.test(report) || /\d{9,}/.test(report)) {
			throw new Error('The report holds personal data. It was not written; please report this.');
		}
	}
}
