import { NodeOperationError } from 'n8n-workflow';

import { isObject, parseJson } from '../transport/exactJson';
import type { ZohoRequest } from '../transport/request';
import { PARAMETER_KINDS } from './parameterKinds';
import { Reference } from './reference';
import type { RunParameters } from './runParameters';

/** People, as an item names them. */
export interface People {
	by: 'id' | 'email';
	/** Without repetitions; e-mails in lower case. */
	values: string[];
	/** What the item calls the one whom it names, where it says so. */
	name?: string;
}

/** A parameter that names a CRM user by an e-mail, in lower case. */
export interface Addressed {
	parameter: string;
	email: string;
}

/**
 * One input item of a node run: its parameters, read and checked. A run may have a great many, so
 * that one has a collection only for what it needs.
 */
export class ItemParameters {
	/** What it names, and not all items do, by a name that Zoho does not address it by; by parameter. */
	private byName?: Map<string, Reference>;

	/** CRM users who are named by e-mail and not looked up yet. */
	private byEmail?: Addressed[];

	/** What expressions have given, each of which takes n8n long to evaluate. */
	private own?: Map<string, unknown>;

	/** Whether something was read that may be another for other items; see `reading`. */
	private readOwn = false;

	/** IDs of CRM users by e-mail, once they were looked up. */
	private crmUsers?: ReadonlyMap<string, string>;

	constructor(
		private readonly run: RunParameters,
		/** Position among the input items. */
		readonly index: number,
	) {}

	/** What it names by a name that has to be looked up. */
	get references(): Reference[] {
		return [...this.run.references.values(), ...(this.byName?.values() ?? [])];
	}

	/** CRM users whom it names by e-mail and who are not looked up yet, in the order of reading. */
	get addressed(): readonly Addressed[] {
		return this.byEmail ?? [];
	}

	/** Reads something of it, and tells whether all items would give the same. */
	reading<T>(read: (item: ItemParameters) => T): { value: T; isSame: boolean } {
		this.readOwn = false;
		const value = read(this);
		return { value, isSame: !this.readOwn };
	}

	/** What a parameter holds; a resource locator as it is. */
	private given(parameter: string, fallback?: unknown): unknown {
		if (this.own?.has(parameter)) {
			this.readOwn = true;
			return this.own.get(parameter);
		}
		const value = this.run.given(this.index, parameter, fallback);
		if (this.run.differs(parameter)) {
			this.readOwn = true;
			(this.own ??= new Map()).set(parameter, value);
		}
		return value;
	}

	/** The value of a parameter; of a resource locator what was chosen in it. */
	value<T = unknown>(parameter: string, fallback?: T): T {
		return chosen(this.given(parameter, fallback)) as T;
	}

	/**
	 * A parameter that must not be empty and must fit its kind, as text. What is named by another name
	 * than Zoho addresses it by is returned as it was given, until it was looked up.
	 *
	 * @throws ZohoApiError where the look-up found nothing
	 */
	text(parameter: string): string {
		const found = this.referenceOf(parameter);
		if (found) return found.result();
		const given = this.given(parameter, '');
		const value = chosen(given);
		const { reference } = PARAMETER_KINDS[parameter];
		const isOpen = reference === 'portal' ? isEmpty(value) : modeOf(given) === 'name';
		if (!reference || !isOpen) return this.checked(parameter, given);
		if (reference === 'userType' && isEmpty(value)) throw this.invalid(parameter, 'is empty');
		const name = String(value ?? '').trim();
		// User types are looked up in the portal.
		this.given('portal', '');
		const isSame = !this.run.differs(parameter) && !this.run.differs('portal');
		const references = isSame ? this.run.references : (this.byName ??= new Map());
		references.set(parameter, new Reference(reference, name));
		this.readOwn ||= !isSame;
		return name;
	}

	private referenceOf(parameter: string): Reference | undefined {
		const own = this.byName?.get(parameter);
		if (own) this.readOwn = true;
		return own ?? this.run.references.get(parameter);
	}

	/**
	 * What people call what a locator names: as it was chosen from the list, or typed. Lists show people
	 * as "Mina Shah (mina@example.com)", of which the name is taken.
	 */
	nameOf(parameter: string): string | undefined {
		const given = this.given(parameter, '');
		const mode = modeOf(given);
		if (!isObject(given) || this.run.differs(parameter)) return undefined;
		if (mode === 'name') return String(given.value);
		if (mode !== 'list' || typeof given.cachedResultName !== 'string') return undefined;
		return given.cachedResultName.replace(/ \(\S+@\S+\).*$/, '');
	}

	/** Like `text`, for a parameter that may be left empty. */
	optionalText(parameter: string): string | undefined {
		return isEmpty(this.value(parameter, '')) ? undefined : this.text(parameter);
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

	/** A date and time out of a parameter or a collection, as ISO text. */
	dateTime(parameter: string, given: unknown): string {
		const text = given instanceof Date ? given.toISOString() : String(given).trim();
		if (!Number.isNaN(Date.parse(text))) return text;
		throw this.invalid(parameter, `is "${text}", which is not a date`);
	}

	private noNumber(parameter: string, given: unknown, expected: string): NodeOperationError {
		return this.invalid(
			parameter,
			`is ${JSON.stringify(given)}, which is not ${expected}`,
			'Enter a number, or an expression that gives one.',
		);
	}

	/**
	 * Takes the IDs of CRM users who are named by e-mail: what is read from now on has them in place
	 * of the e-mails.
	 */
	resolveCrmUsers(idsByEmail: ReadonlyMap<string, string>): void {
		this.crmUsers = idsByEmail;
	}

	/** A parameter that takes one ID, a comma-separated list or an array; without repetitions. */
	ids(parameter: string): string[] {
		const given = this.given(parameter, '');
		if (modeOf(given) === 'email') return [this.checked(parameter, given)];
		return this.several(parameter, (part) => this.checked(parameter, part));
	}

	/** Like `ids`, for people who may be named by ID or by e-mail. */
	people(parameter: string): People {
		const { crmUser } = PARAMETER_KINDS[parameter];
		if (crmUser || modeOf(this.given(parameter)) !== 'email') {
			return { by: 'id', values: this.ids(parameter), name: this.nameOf(parameter) };
		}
		const values = this.several(parameter, (part) => this.email(parameter, part));
		return { by: 'email', values };
	}

	private several(parameter: string, check: (part: unknown) => string): string[] {
		const value = this.value<unknown>(parameter, '');
		const parts = Array.isArray(value)
			? value
			: typeof value === 'string'
				? value
						.replace(/[[\]"]/g, ' ')
						.split(/[\s,;]+/)
						.map((part) => part.replace(/^'|'$/g, ''))
						.filter(Boolean)
				: [value];
		if (parts.length === 0) throw this.invalid(parameter, 'is empty');
		return [...new Set(parts.map(check))];
	}

	private email(parameter: string, given: unknown): string {
		const text = String(given ?? '').trim();
		if (/^[^\s@]+@[^\s@]+$/.test(text)) return text.toLowerCase();
		throw this.invalid(
			parameter,
			`is "${text}", which is not an email address`,
			'Enter an email address, or choose By ID.',
		);
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
	 * @param open placeholders that are filled later
	 */
	request(...open: string[]): ZohoRequest {
		const { method, path, scopes } = this.run.declared;
		return {
			method,
			scope: scopes[0],
			path: path.replace(/\{(\w+)\}/g, (placeholder, parameter: string) =>
				open.includes(parameter) ? placeholder : encodeURIComponent(this.text(parameter)),
			),
		};
	}

	/** An error about a parameter, as the user sees it, for input that must not be sent. */
	invalid(parameter: string, complaint: string, description?: string): NodeOperationError {
		const displayName = PARAMETER_KINDS[parameter]?.displayName ?? parameter;
		return new NodeOperationError(
			this.run.node,
			`'${displayName}' ${complaint} [item ${this.index}]`,
			{
				itemIndex: this.index,
				description: description ?? PARAMETER_KINDS[parameter]?.example,
			},
		);
	}

	/** What was thrown while the item was read, as an error about the item. */
	mistake(error: unknown): NodeOperationError {
		return new NodeOperationError(this.run.node, error as Error, { itemIndex: this.index });
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
		const { pattern, otherwise, byEmail, crmUser } = PARAMETER_KINDS[parameter];
		if (crmUser && modeOf(given) === 'email') {
			return this.idOf({ parameter, email: this.email(parameter, text) });
		}
		if (pattern && !pattern.test(text)) {
			const isEmail = byEmail && text.includes('@');
			throw this.invalid(
				parameter,
				`is "${text}", which ${otherwise}`,
				isEmail
					? 'It looks like an email address: choose By Email, which finds people by it.'
					: undefined,
			);
		}
		return text;
	}

	/** The ID of a CRM user; the e-mail while nobody has looked it up. */
	private idOf(user: Addressed): string {
		this.readOwn = true;
		if (!this.crmUsers) (this.byEmail ??= []).push(user);
		return this.crmUsers?.get(user.email) ?? user.email;
	}
}

function numberIn(given: unknown): number | undefined {
	const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
	return typeof value === 'number' ? value : undefined;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || String(value).trim() === '';
}

/** What was chosen in a resource locator; any other value as it is. */
function chosen(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.value : value;
}

/** How something was chosen in a resource locator; undefined for any other value. */
function modeOf(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.mode : undefined;
}
