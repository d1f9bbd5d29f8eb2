import contract from './contract.json';
import type { DocumentedError, DocumentedOperation } from './contractTypes';
import { metadataOperations } from './metadataContract';
import { organizationOperation } from './organizationContract';
import { recordOperations } from './recordsContract';
import { searchOperation } from './searchContract';

export const operations = contract.operations as unknown as DocumentedOperation[];
/** The operations of the contract, and those that are described separately. */
export const allOperations = [
	...operations,
	...metadataOperations,
	organizationOperation,
	searchOperation,
];

/**
 * The same with the lists of records, the only operations that need nothing but scopes of modules.
 */
export const everyOperation = [...allOperations, ...recordOperations];

export const commonErrors = contract.commonErrors as unknown as DocumentedError[];
export const enums = contract.enums;

/** An operation of the contract, or one of the separate ones. */
export function documented(id: string): DocumentedOperation {
	const operation = everyOperation.find((candidate) => candidate.id === id);
	if (!operation) throw new Error(`The contract has no operation ${id}`);
	return operation;
}

/** An error that every operation can return. */
export function commonError(code: string): DocumentedError {
	const error = commonErrors.find((candidate) => candidate.code === code);
	if (!error) throw new Error(`The contract has no common error ${code}`);
	return error;
}

/**
 * Finds a documented error by code and part of its cause.
 *
 * @throws if the contract has none, so that the emulator returns only documented errors
 */
export function documentedError(id: string, code: string, cause = ''): DocumentedError {
	const found = [...documented(id).errors, ...commonErrors].find(
		(error) => error.code === code && error.when.includes(cause),
	);
	if (!found) throw new Error(`The contract documents no ${code} ("${cause}") for ${id}`);
	return found;
}

/**
 * The errors of an operation, with one copy of each template error for every key of the body that
 * it fits.
 */
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
	// Examples have [*] where live answers have the position.
	details.json_path = rule.json_path.replace(/\[\*\]/g, '[0]');
	return { ...error, details, when: `${error.when}: ${rule.json_path}` };
}
