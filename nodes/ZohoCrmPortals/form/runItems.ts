import type {
	IGetNodeParameterOptions,
	IHttpRequestMethods,
	INode,
	NodeParameterValueType,
} from 'n8n-workflow';

import { hasExpression } from './field';
import { segment } from '../zoho/paths';
import type { ZohoRequest } from '../http/request';
import type { Reference } from './reference';

/** The call that an operation comes down to. */
export interface DeclaredCall {
	method: IHttpRequestMethods;
	/** Path after the API version; `{portal}` stands for a portal. */
	path: string;
	/** OAuth scopes of all calls that the operation may make; the first is that of this one. */
	scopes: string[];
}

/**
 * The call that an operation declares, with what is known of its address; other placeholders stay.
 */
export function requestOf(
	{ method, path, scopes: [scope] }: DeclaredCall,
	known: Record<string, string | undefined>,
): ZohoRequest {
	const filled = path.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
		const value = known[name];
		return value === undefined ? placeholder : segment(value);
	});
	return { method, path: filled, scope };
}

/** Reads a parameter of an item, as the entry of n8n in use does. */
type ReadParameter = (
	index: number,
	parameter: string,
	fallback: unknown,
	options?: IGetNodeParameterOptions,
) => NodeParameterValueType | object;

/**
 * What the items of a run have in common. n8n takes long to read a parameter, so one without an
 * expression is read for one item only.
 */
export class RunItems {
	/** Whether rows that name nobody are skipped. */
	skipsBlank = false;

	/** What all items name by the same name, by parameter. */
	readonly references = new Map<string, Reference>();

	/** Values that are the same for all items, by parameter. */
	private readonly constants = new Map<string, unknown>();

	/** Parameters with an expression, which may give every item another value. */
	private readonly expressions = new Set<string>();

	constructor(
		readonly declared: DeclaredCall,
		readonly node: INode,
		private readonly read: ReadParameter,
	) {}

	/** What a parameter holds for an item. */
	given(index: number, parameter: string, fallback: unknown): unknown {
		if (this.constants.has(parameter)) return this.constants.get(parameter);
		const value = this.read(index, parameter, fallback);
		if (this.expressions.has(parameter)) return value;
		const raw = this.read(index, parameter, fallback, { rawExpressions: true });
		if (hasExpression(raw)) this.expressions.add(parameter);
		else this.constants.set(parameter, value);
		return value;
	}

	/** Whether a parameter that was read may hold something else for other items. */
	differs(parameter: string): boolean {
		return this.expressions.has(parameter);
	}
}
