import contract from './contract.json';

/** An error as Zoho's sources document it. */
export interface DocumentedError {
	http: number | null;
	code: string | null;
	/** Key of the array that holds the error; null when it is the body itself; "?" when unknown. */
	wrapper: string | null;
	details: Record<string, unknown> | null;
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

export interface DocumentedOperation {
	id: string;
	method: string;
	path: string;
	scopes: string[];
	success: DocumentedSuccess[];
	errors: DocumentedError[];
}

export const operations = contract.operations as unknown as DocumentedOperation[];
export const commonErrors = contract.commonErrors as unknown as DocumentedError[];
export const enums = contract.enums;

export function documented(id: string): DocumentedOperation {
	const operation = operations.find((candidate) => candidate.id === id);
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
