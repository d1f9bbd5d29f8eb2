import contract from './contract.json';
import { metadataOperations } from './metadataContract';

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
	scopes: string[];
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

export const operations = contract.operations as unknown as DocumentedOperation[];
export const commonErrors = contract.commonErrors as unknown as DocumentedError[];
export const enums = contract.enums;

/** An operation of the contract, or one of the calls for metadata. */
export function documented(id: string): DocumentedOperation {
	const all = [...operations, ...metadataOperations];
	const operation = all.find((candidate) => candidate.id === id);
	if (!operation) throw new Error(`The contract has no operation ${id}`);
	return operation;
}

/**
 * Finds a documented error by code and a part of its cause.
 *
 * @throws when the contract has none, so that the emulator answers nothing that is not documented
 */
export function documentedError(id: string, code: string, cause = ''): DocumentedError {
	const found = [...documented(id).errors, ...commonErrors].find(
		(error) => error.code === code && error.when.includes(cause),
	);
	if (!found) throw new Error(`The contract documents no ${code} ("${cause}") for ${id}`);
	return found;
}

/** The errors of an operation, those marked as template once for every key of the body they fit. */
export function allErrors({ errors, validation = [] }: DocumentedOperation): DocumentedError[] {
	return errors.flatMap((error) => {
		if (!error.template) return [error];
		return validation.flatMap((rule) => filled(error, rule) ?? []);
	});
}

function filled(
	error: DocumentedError,
	rule: Record<string, unknown> & { json_path: string },
): DocumentedError | undefined {
	if (error.code === 'MANDATORY_NOT_FOUND' && rule.required !== true) return undefined;
	const details: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(error.details ?? {})) {
		const placeholder = /^\{(\w+)\}$/.exec(String(value))?.[1];
		if (placeholder && rule[placeholder] === undefined) return undefined;
		details[key] = placeholder ? rule[placeholder] : value;
	}
	// Examples print [*] where live answers have the position.
	details.json_path = rule.json_path.replace(/\[\*\]/g, '[0]');
	return { ...error, details, when: `${error.when}: ${rule.json_path}` };
}
