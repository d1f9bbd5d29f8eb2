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

/** The call that an operation declares. */
export interface DeclaredCall {
	method: IHttpRequestMethods;
	/** Path after the API version; `{portal}` is a placeholder for a portal. */
	path: string;
	/**
	 * OAuth scopes of all calls that the operation may make; the first one is for the declared
	 * call.
	 */
	scopes: string[];
}

/**
 * The call that an operation declares, with the known placeholders filled in; other placeholders
 * stay.
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

/** Reads a parameter of an item, with the function of the n8n entry point in use. */
type ReadParameter = (
	index: number,
	parameter: string,
	fallback: unknown,
	options?: IGetNodeParameterOptions,
) => NodeParameterValueType | object;

/**
 * What the items of a run share. n8n takes long to read a parameter, so a parameter without an
 * expression is read for one item only.
 */
export class RunItems {
	/** Whether rows that name nobody are skipped. */
	skipsBlank = false;

	/** References to names that are the same in all items, by parameter. */
	readonly references = new Map<string, Reference>();

	/** Values that are the same for all items, by parameter. */
	private readonly constants = new Map<string, unknown>();

	/** Parameters with an expression, whose values may differ between items. */
	private readonly expressions = new Set<string>();

	constructor(
		readonly declared: DeclaredCall,
		readonly node: INode,
		private readonly read: ReadParameter,
	) {}

	/** The value of a parameter for an item. */
	given(index: number, parameter: string, fallback: unknown): unknown {
		if (this.constants.has(parameter)) return this.constants.get(parameter);
		const value = this.read(index, parameter, fallback);
		if (this.expressions.has(parameter)) return value;
		const raw = this.read(index, parameter, fallback, { rawExpressions: true });
		if (hasExpression(raw)) this.expressions.add(parameter);
		else this.constants.set(parameter, value);
		return value;
	}

	/** Whether a parameter that was read may have a different value in other items. */
	differs(parameter: string): boolean {
		return this.expressions.has(parameter);
	}
}
