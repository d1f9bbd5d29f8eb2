import type { DocumentedOperation, DocumentedSuccess } from '../contractTypes';
import { documentedErrors, errorGroups } from './errors';
import type { ErrorGroup } from './errors';
import { answerExceptions, isAbout, switchedExceptions } from './exceptions';
import { anyOf, objectOf } from './json';
import type { Schema } from './json';
import { hintsFor } from './loose';
import { shapeOf } from './shapes';
import { toldInWords } from './words';

/** One of the possible formats of the answer of an operation. */
export interface Form {
	/** "getUsers/success/0 (oas-example)" */
	name: string;
	http: number;
	/** Schema of `{ status, body }`, without `body` if the answer is empty. */
	schema: Schema;
	/** Why it is tolerated although it is not in the contract. */
	exception?: string;
}

/** All formats of an operation's answers; without an operation, those of any call. */
export function formsOf(operation?: DocumentedOperation): Form[] {
	const errors = documentedErrors(operation).map((group) => errorForm(operation?.id, group));
	if (!operation) return errors;
	const { id, empty, headers = [] } = operation;
	return [
		...successForms(operation),
		...(empty ? [form(`${id}/empty`, empty.http)] : []),
		...headers.map(({ name, answer }) => form(`${id}/${name}`, Number.parseInt(answer))),
		...errors,
		...exceptionForms(operation),
	];
}

function successForms(operation: DocumentedOperation): Form[] {
	const { id, success, rowCodes } = operation;
	// The rows of one job may have several of the documented formats.
	if (rowCodes) return [successForm(`${id}/success`, operation, success)];
	return [...success, ...toldInWords(id)].map((one, index) =>
		successForm(`${id}/success/${index} (${one.basis})`, operation, [one]),
	);
}

function exceptionForms(operation: DocumentedOperation): Form[] {
	const { id, success: documentedSuccess, rowCodes = [], jobStatuses = [] } = operation;
	const name = `${id}/exception`;
	return [...answerExceptions, ...switchedExceptions]
		.filter((one) => isAbout(one, id))
		.map(({ why: exception, success, error, rowCode, jobStatus, front, rows }): Form => {
			if (rows) return { ...mixedForm(name, operation, rows), exception };
			if (front) return { ...form(name, front, { type: 'string' }), exception };
			if (error) return { ...errorForm(name, errorGroups([error], null)[0]), exception };
			const more = {
				...operation,
				...(rowCode && { rowCodes: [...rowCodes, rowCode] }),
				...(jobStatus && { jobStatuses: [...jobStatuses, jobStatus] }),
			};
			return { ...successForm(name, more, success ? [success] : documentedSuccess), exception };
		});
}

function successForm(
	name: string,
	{ id, rowCodes, jobStatuses }: DocumentedOperation,
	examples: DocumentedSuccess[],
): Form {
	const bodies = examples.map(({ body }) => body);
	return form(name, examples[0].http, shapeOf(bodies, { ...hintsFor(id), rowCodes, jobStatuses }));
}

/**
 * Rows that are either a success or one of the errors of the operation, wherever these usually are.
 */
function mixedForm(name: string, operation: DocumentedOperation, http: number): Form {
	const { id, success, errors } = operation;
	const wrapper = success[0].wrapper ?? '';
	const [{ row }] = errorGroups(
		errors.map((error) => ({ ...error, http, wrapper })),
		wrapper,
	);
	const shown = success.flatMap(({ body }) => body[wrapper]);
	const items = anyOf([shapeOf(shown, hintsFor(id), `/${wrapper}/*`), row]);
	return form(name, http, objectOf({ [wrapper]: { type: 'array', minItems: 1, items } }));
}

function errorForm(id = 'commonErrors', { http, wrapper, row }: ErrorGroup): Form {
	if (wrapper === null) return form(`${id}/errors/${http}`, http, row);
	const body = objectOf({ [wrapper]: { type: 'array', minItems: 1, items: row } });
	return form(`${id}/errors/${http}/${wrapper}`, http, body);
}

function form(name: string, http: number, body?: Schema): Form {
	const status = { const: http };
	return { name, http, schema: objectOf({ status, ...(body && { body }) }) };
}
