/** An error as Zoho's sources document it. */
export interface DocumentedError {
	http: number | null;
	code: string | null;
	/** Key of the array that holds the error; null when it is the body itself; "?" when unknown. */
	wrapper: string | null;
	details: Record<string, unknown> | null;
	/** Without details: true when Zoho leaves the key out, false when nobody says what is in it. */
	detailsKnown?: boolean;
	message: string | null;
	when: string;
	basis: string;
	template?: boolean;
}

/** An error of Zoho's OpenAPI files that is the body itself. */
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
	/** In a query: yes or no, or `docs-X/oas-Y` where the sources differ. */
	required?: boolean | string;
	/** What it may be: a list, or where in the contract there is one. */
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
	 * Any one of them is enough: what one source names, or ALL of its area. `{module}` stands for what
	 * scopes call the module in the path.
	 */
	scopes: string[];
	/** Any one of these is needed besides. */
	alsoScopes?: string[];
	/** What each source names, a remark behind it where there is one. */
	scopesBySource?: Record<string, string[]>;
	pathParams: DocumentedParameter[];
	query: DocumentedParameter[];
	/** What the body is, in the contract's own notation; null for none. */
	body: unknown;
	success: DocumentedSuccess[];
	/** The answer without a body, where there is one. */
	empty: { http: number; when: string } | null;
	errors: DocumentedError[];
	/** How many ids one call may name; where more become a job, those below that. */
	limits: { idsMax?: number; syncIdsMax?: number };
	/** Words that the status of a job may be. */
	jobStatuses?: string[];
	/** Codes that the rows of a job may have. */
	rowCodes?: string[];
	/** Rules for the keys of the body, from which errors marked `template` are filled. */
	validation?: Array<Record<string, unknown> & { json_path: string }>;
}
