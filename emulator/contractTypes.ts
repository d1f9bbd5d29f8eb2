/** An error as Zoho's sources document it. */
export interface DocumentedError {
	http: number | null;
	code: string | null;
	/**
	 * Key of the array that contains the error; null if the error is the body itself; "?" if
	 * unknown.
	 */
	wrapper: string | null;
	details: Record<string, unknown> | null;
	/** Without details: true if Zoho leaves out the key, false if its content is unknown. */
	detailsKnown?: boolean;
	message: string | null;
	when: string;
	basis: string;
	template?: boolean;
}

/** An error of Zoho's OpenAPI files that is the whole body. */
export function openApiError(
	code: string,
	details: DocumentedError['details'],
	message: string,
	when: string,
	http = 400,
): DocumentedError {
	return { http, code, wrapper: null, details, message, when, basis: 'oas' };
}

export interface DocumentedSuccess {
	http: number;
	wrapper: string | null;
	basis: string;
	note?: string;
	body: Record<string, unknown>;
}

/** A parameter in the path or the query. */
export interface DocumentedParameter {
	name: string;
	/** "string", "string(digits)", "integer", "boolean", "string, comma list" */
	type: string;
	/** For queries: yes or no, or `docs-X/oas-Y` if the sources differ. */
	required?: boolean | string;
	/** The allowed values: a list, or a reference to a list in the contract. */
	values?: string[] | string;
	max?: number | string;
	maxLength?: number;
	note?: string;
}

export interface DocumentedOperation {
	id: string;
	method: string;
	path: string;
	/**
	 * Any one of them is sufficient: the scope of one source, or ALL of its area. `{module}` stands
	 * for the name that scopes use for the module in the path.
	 */
	scopes: string[];
	/** Any one of these is required in addition. */
	alsoScopes?: string[];
	/** The scopes that each source names, some with a remark. */
	scopesBySource?: Record<string, string[]>;
	pathParams: DocumentedParameter[];
	query: DocumentedParameter[];
	/** The body in the contract's own notation; null for none. */
	body: unknown;
	success: DocumentedSuccess[];
	/** Headers of the request that change the answer. */
	headers?: Array<{ name: string; answer: string }>;
	/** The answer without a body, if there is one. */
	empty: { http: number; when: string } | null;
	errors: DocumentedError[];
	/** The most IDs in one call; if more of them become a job, the most below that. */
	limits: { idsMax?: number; syncIdsMax?: number };
	/** Possible values for the status of a job. */
	jobStatuses?: string[];
	/** Codes that the rows of a job may have. */
	rowCodes?: string[];
	/** Rules for the keys of the body, which fill in the errors marked `template`. */
	validation?: Array<Record<string, unknown> & { json_path: string }>;
}
