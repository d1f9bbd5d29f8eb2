import { NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	IGetNodeParameterOptions,
	IHttpRequestMethods,
	INode,
	NodeParameterValueType,
} from 'n8n-workflow';

import { isObject, parseJson } from '../transport/exactJson';
import type { ZohoRequest } from '../transport/request';
import { PARAMETER_KINDS } from './parameterKinds';

/** Reads a parameter of an item, as the entry of n8n in use does. */
export type ReadParameter = (
	parameter: string,
	fallback: unknown,
	options?: IGetNodeParameterOptions,
) => NodeParameterValueType | object;

/** The call that an operation comes down to. */
export interface DeclaredCall {
	method: IHttpRequestMethods;
	/** Path after the API version; `{portal}` stands for the parameter `portal`, encoded. */
	path: string;
	/** OAuth scopes of all calls that the operation may make; the first is that of this one. */
	scopes: string[];
}

/** A parameter that names somebody by an email address in place of an ID. */
export interface Addressed {
	parameter: string;
	email: string;
}

/** One input item of a node run: its parameters, read and checked. */
export class ItemParameters {
	/** Who of those that were read is named by an email address, in the order of reading. */
	readonly addressed: Addressed[] = [];

	/** IDs by email address in lower case, once they were looked up. */
	private idsByEmail?: ReadonlyMap<string, string>;

	constructor(
		private readonly declared: DeclaredCall,
		private readonly node: INode,
		/** Position among the input items. */
		readonly index: number,
		/** Values of parameters without an expression, which are the same for all items. */
		private readonly constants: Map<string, unknown>,
		private readonly read: ReadParameter,
	) {}

	/** The value of a parameter; of a resource locator what was chosen in it. */
	value<T = unknown>(parameter: string, fallback?: T): T {
		return chosen(this.given(parameter, fallback)) as T;
	}

	/** The value of a parameter as n8n gives it; of a resource locator also how it was chosen. */
	private given(parameter: string, fallback?: unknown): unknown {
		if (this.constants.has(parameter)) return this.constants.get(parameter);
		const raw = this.read(parameter, fallback, { rawExpressions: true });
		const value: unknown = this.read(parameter, fallback);
		if (!JSON.stringify(raw ?? '').includes('"=')) this.constants.set(parameter, value);
		return value;
	}

	/**
	 * A parameter that must not be empty and must fit its kind, as text. Who is named by an email
	 * address comes as their ID once that was looked up; as the address before.
	 */
	text(parameter: string): string {
		return this.checked(parameter, this.given(parameter, ''));
	}

	/** Like `text`, for a parameter that may be left empty. */
	optionalText(parameter: string): string | undefined {
		const given = this.given(parameter, '');
		return isEmpty(chosen(given)) ? undefined : this.checked(parameter, given);
	}

	/** Takes the IDs of those who are named by an email address; what is read from then on has them. */
	resolve(idsByEmail: ReadonlyMap<string, string>): void {
		this.idsByEmail = idsByEmail;
	}

	/** A whole number out of a parameter or a collection, which an expression may give as text. */
	amount(parameter: string, given: unknown, least = 1): number {
		const value = numberIn(given);
		if (value !== undefined && Number.isInteger(value) && value >= least) return value;
		const bound = least === -Infinity ? '' : ` of at least ${least}`;
		throw this.noNumber(parameter, given, `a whole number${bound}`);
	}

	/** A duration out of a parameter or a collection, in the unit that its label says. */
	duration(parameter: string, given: unknown): number {
		const value = numberIn(given);
		if (value !== undefined && Number.isFinite(value) && value > 0) return value;
		throw this.noNumber(parameter, given, 'a number above 0');
	}

	private noNumber(parameter: string, given: unknown, expected: string): NodeOperationError {
		return this.invalid(
			parameter,
			`is ${JSON.stringify(given)}, which is not ${expected}`,
			'Enter a number, or an expression that gives one.',
		);
	}

	/** A parameter that takes one ID, a comma-separated list or an array; without repetitions. */
	ids(parameter: string): string[] {
		const given = this.given(parameter, '');
		if (isByEmail(given)) return [this.checked(parameter, given)];
		const value = chosen(given);
		const parts = Array.isArray(value)
			? value
			: typeof value === 'string'
				? value
						.replace(/[[\]"']/g, ' ')
						.split(/[\s,;]+/)
						.filter(Boolean)
				: [value];
		if (parts.length === 0) throw this.invalid(parameter, 'is empty');
		return [...new Set(parts.map((part) => this.checked(parameter, part)))];
	}

	/** What a value out of a parameter says in JSON; what is no text is taken as it is. */
	json(parameter: string, value: unknown): unknown {
		if (typeof value !== 'string') return value;
		try {
			return parseJson(value);
		} catch (error) {
			throw this.invalid(parameter, 'is not valid JSON', (error as Error).message);
		}
	}

	/**
	 * The request that the operation declares, the {placeholders} of its path filled from the
	 * parameters of the same name and encoded.
	 *
	 * @param open a placeholder that is filled later
	 */
	request(open?: string): ZohoRequest {
		const { method, path, scopes } = this.declared;
		return {
			method,
			scope: scopes[0],
			path: path.replace(/\{(\w+)\}/g, (placeholder, parameter: string) =>
				parameter === open ? placeholder : encodeURIComponent(this.text(parameter)),
			),
		};
	}

	/** An error about a parameter, as the user sees it, for input that must not be sent. */
	invalid(parameter: string, complaint: string, description?: string): NodeOperationError {
		const displayName = PARAMETER_KINDS[parameter]?.displayName ?? parameter;
		return new NodeOperationError(this.node, `'${displayName}' ${complaint} [item ${this.index}]`, {
			itemIndex: this.index,
			description: description ?? PARAMETER_KINDS[parameter]?.example,
		});
	}

	/** What was thrown while the item was read, as an error about the item. */
	mistake(error: unknown): NodeOperationError {
		return new NodeOperationError(this.node, error as Error, { itemIndex: this.index });
	}

	/** A value out of a parameter, as text. */
	checked(parameter: string, given: unknown): string {
		const value = chosen(given);
		if (isEmpty(value)) throw this.invalid(parameter, 'is empty');
		if (typeof value === 'number' && !Number.isSafeInteger(value)) {
			throw this.invalid(
				parameter,
				`is the number ${value}, which has lost digits`,
				'IDs of Zoho CRM are longer than a number can be exact. Pass them as text.',
			);
		}
		const text = String(value).trim();
		const { pattern, otherwise, takesEmail } = PARAMETER_KINDS[parameter];
		if (takesEmail && isByEmail(given)) return this.idOf(parameter, text);
		if (pattern && !pattern.test(text)) {
			const instead = takesEmail && EMAIL.test(text) ? CHOOSE_BY_EMAIL : undefined;
			throw this.invalid(parameter, `is "${text}", which ${otherwise}`, instead);
		}
		return text;
	}

	/** The ID of who is named by an email address; the address while nobody has looked it up. */
	private idOf(parameter: string, email: string): string {
		if (!EMAIL.test(email)) {
			throw this.invalid(
				parameter,
				`is "${email}", which is not an email address`,
				'Enter one email address, like name@email.com.',
			);
		}
		if (!this.idsByEmail) this.addressed.push({ parameter, email });
		return this.idsByEmail?.get(email.toLowerCase()) ?? email;
	}
}

const EMAIL = /^[^\s@,;]+@[^\s@,;]+$/;

const CHOOSE_BY_EMAIL =
	'To name somebody by email address, choose "By Email" in place of "By ID" or "From List" in front of the field.';

function numberIn(given: unknown): number | undefined {
	const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
	return typeof value === 'number' ? value : undefined;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || String(value).trim() === '';
}

/** What was chosen in a resource locator; any other value as it is. */
function chosen(value: unknown): unknown {
	return isLocator(value) ? value.value : value;
}

function isByEmail(value: unknown): boolean {
	return isLocator(value) && value.mode === 'email';
}

function isLocator(value: unknown): value is IDataObject {
	return isObject(value) && value.__rl === true;
}
