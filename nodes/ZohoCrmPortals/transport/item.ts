import { NodeOperationError } from 'n8n-workflow';
import type { IGetNodeParameterOptions, INode, NodeParameterValueType } from 'n8n-workflow';

import { isObject } from './answer';
import { parseJson } from './json';
import type { Operation } from './operation';
import type { ZohoRequest } from './send';

/** What a parameter may hold, and what to call it when it holds something else. */
interface Kind {
	displayName: string;
	pattern?: RegExp;
	/** Ends the sentence "'User Type' is "x", which …". */
	otherwise?: string;
	example?: string;
}

const ID = {
	pattern: /^\d{1,19}$/,
	otherwise: 'is not an ID',
	example: 'IDs of Zoho CRM consist of digits only, like 7310000000000310002.',
};

const API_NAME = {
	pattern: /^[A-Za-z]\w*$/,
	otherwise: 'is not the API name of a module',
	example: 'API names consist of letters, digits and underscores, like Contacts.',
};

const PORTAL_NAME = {
	pattern: /^[A-Za-z0-9][A-Za-z0-9 _-]*$/,
	otherwise: 'is not the name of a portal',
	example: 'Portals are addressed by name, which consists of letters and digits: AcmeClients.',
};

/** Parameters that are checked before anything is sent. */
const KINDS: Record<string, Kind> = {
	email: { displayName: 'Email' },
	first_name: { displayName: 'First Name' },
	jobId: { displayName: 'Job ID', ...ID },
	jobKind: { displayName: 'Kind of Job' },
	module: { displayName: 'Module', ...API_NAME },
	modulesJson: { displayName: 'Modules (JSON)' },
	modulesUi: { displayName: 'Modules', ...ID },
	name: { displayName: 'Name', example: 'Enter a name, or an expression that gives one.' },
	otherFields: { displayName: 'Other Fields (JSON)' },
	personalityIds: { displayName: 'Personality IDs', ...ID },
	personalityModule: { displayName: 'Personality Module', ...API_NAME },
	portal: { displayName: 'Portal', ...PORTAL_NAME },
	profile: { displayName: 'Profile', ...ID },
	recordIds: { displayName: 'Record IDs', ...ID },
	Reporting_To: { displayName: 'Reporting To', ...ID },
	role: { displayName: 'Role', ...ID },
	targetManager: { displayName: 'New Manager of Subordinates', ...ID },
	targetPortal: { displayName: 'Target Portal', ...PORTAL_NAME },
	targetUser: { displayName: 'Transfer To', ...ID },
	targetUserType: { displayName: 'Target User Type', ...ID },
	updateFields: { displayName: 'Update Fields' },
	user: { displayName: 'User', ...ID },
	userType: { displayName: 'User Type', ...ID },
};

type Read = (
	parameter: string,
	fallback: unknown,
	options?: IGetNodeParameterOptions,
) => NodeParameterValueType | object;

/** One input item of a node run: its parameters, read and checked. */
export class Item {
	constructor(
		private readonly operation: Pick<Operation, 'method' | 'path'>,
		private readonly node: INode,
		/** Position among the input items. */
		readonly index: number,
		/** Values of parameters without an expression, which are the same for all items. */
		private readonly constants: Map<string, unknown>,
		private readonly read: Read,
	) {}

	/** The value of a parameter; of a resource locator what was chosen in it. */
	value<T = unknown>(parameter: string, fallback?: T): T {
		if (this.constants.has(parameter)) return this.constants.get(parameter) as T;
		const raw = this.read(parameter, fallback, { rawExpressions: true });
		const value = chosen(this.read(parameter, fallback));
		if (!JSON.stringify(raw ?? '').includes('"=')) this.constants.set(parameter, value);
		return value as T;
	}

	/** A parameter that must not be empty and must fit its kind, as text. */
	text(parameter: string): string {
		return this.checked(parameter, this.value(parameter, ''));
	}

	/** Like `text`, for a parameter that may be left empty. */
	optionalText(parameter: string): string | undefined {
		const value = this.value(parameter, '');
		return isEmpty(value) ? undefined : this.checked(parameter, value);
	}

	/** A parameter that takes one ID, a comma-separated list or an array; without repetitions. */
	ids(parameter: string): string[] {
		const value = this.value<unknown>(parameter, '');
		const parts = Array.isArray(value)
			? value
			: typeof value === 'string'
				? value
						.replace(/[[\]"']/g, ' ')
						.split(/[\s,;]+/)
						.filter(Boolean)
				: [value];
		if (parts.length === 0) throw this.refuse(parameter, 'is empty');
		return [...new Set(parts.map((part) => this.checked(parameter, part)))];
	}

	/** What a value out of a parameter says in JSON; what is no text is taken as it is. */
	json(parameter: string, value: unknown): unknown {
		if (typeof value !== 'string') return value;
		try {
			return parseJson(value);
		} catch (error) {
			throw this.refuse(parameter, 'is not valid JSON', (error as Error).message);
		}
	}

	/**
	 * The request that the operation declares, the {placeholders} of its path filled from the
	 * parameters of the same name and encoded.
	 *
	 * @param open a placeholder that is filled later
	 */
	request(open?: string): ZohoRequest {
		const { method, path } = this.operation;
		return {
			method,
			path: path.replace(/\{(\w+)\}/g, (placeholder, parameter: string) =>
				parameter === open ? placeholder : encodeURIComponent(this.text(parameter)),
			),
		};
	}

	/** An error about a parameter, as the user sees it, for input that must not be sent. */
	refuse(parameter: string, complaint: string, description?: string): NodeOperationError {
		const displayName = KINDS[parameter]?.displayName ?? parameter;
		return new NodeOperationError(this.node, `'${displayName}' ${complaint} [item ${this.index}]`, {
			itemIndex: this.index,
			description: description ?? KINDS[parameter]?.example,
		});
	}

	/** A value out of a parameter, as text. */
	checked(parameter: string, given: unknown): string {
		const value = chosen(given);
		if (isEmpty(value)) throw this.refuse(parameter, 'is empty');
		if (typeof value === 'number' && !Number.isSafeInteger(value)) {
			throw this.refuse(
				parameter,
				`is the number ${value}, which has lost digits`,
				'IDs of Zoho CRM are longer than a number can be exact. Pass them as text.',
			);
		}
		const text = String(value).trim();
		const { pattern, otherwise } = KINDS[parameter];
		if (pattern && !pattern.test(text)) {
			throw this.refuse(parameter, `is "${text}", which ${otherwise}`);
		}
		return text;
	}
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || String(value).trim() === '';
}

/** What was chosen in a resource locator; any other value as it is. */
function chosen(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.value : value;
}
