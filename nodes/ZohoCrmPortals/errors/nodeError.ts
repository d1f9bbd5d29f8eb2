import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INode, JsonObject } from 'n8n-workflow';

import type { ZohoErrorData } from '../transport/error';
import { isOwn, wordsFor } from './messages';
import type { OperationLabels, Words } from './messages';
import { count, said, upper } from './words';

/** One thing that could not be done. */
export interface Failure {
	/** Names it: `{ personality_id: '…' }`. */
	subject: IDataObject;
	error: ZohoErrorData;
	/** What differs from the operation's labels, where that depends on the parameters. */
	labels?: Partial<OperationLabels>;
}

interface ErrorTexts {
	message: string;
	description: string;
	reason: string;
}

/** Puts one failure into words: what happened and to whom, then what to do and Zoho's code. */
export function describe(
	{ subject, error, labels: special }: Failure,
	operation: OperationLabels,
): ErrorTexts {
	const labels = { ...operation, ...special };
	const { reason, remedy }: Words = wordsFor(error, labels);
	const name = `${labels.thing}${nameOf(subject)}`;
	// After a call without a clear answer, Zoho can refuse the second for what the first one did.
	const contradicts = !isOwn(error.code) && error.httpStatus < 500;
	const zoho = isOwn(error.code) ? '' : ` Zoho answered ${error.code}${said(error.message)}.`;
	return {
		message: error.uncertain
			? `It is not certain whether ${name} was ${labels.done}: ${contradicts ? 'a first call got no clear answer, and asked again Zoho says: ' : ''}${reason}`
			: `${upper(name)} could not be ${labels.done}: ${reason}`,
		description: `${error.unsent ? 'Not sent, since Zoho refused an earlier call of this run. ' : ''}${remedy}${zoho}`,
		reason,
	};
}

/** How many ids a summary spells out; `context.zoho` holds them all. */
const LISTED = 10;

/**
 * The error that ends a node run. It counts both sides, because what was done stays done.
 *
 * @param failures at least one
 * @param succeeded what was done before or beside
 */
export function nodeError(
	node: INode,
	labels: OperationLabels,
	failures: Failure[],
	succeeded: IDataObject[],
): NodeApiError {
	const [first] = failures;
	const texts = describe(first, labels);
	const total = failures.length + succeeded.length;
	// The rows of a list have no subject: there is nothing to count.
	const summary = total > 1 && idOf(first.subject) !== '';
	if (summary) {
		texts.message = `${count(failures.length)} of ${count(total)} ${labels.things ?? `${labels.thing}s`} could not be ${first.labels?.done ?? labels.done}`;
		const listed = failures
			.slice(0, LISTED)
			.map((one) => `${nameOf(one.subject).trim()}: ${describe(one, labels).reason}`);
		if (failures.length > LISTED) listed.push(`and ${count(failures.length - LISTED)} more`);
		const done =
			succeeded.length > 0 ? ` The other ${count(succeeded.length)} are done and stay so.` : '';
		texts.description = `${listed.join('; ')}. ${texts.description}${done}`;
	}
	const { httpStatus, code, message, details } = first.error;
	const error = new NodeApiError(node, { code, message, details } as JsonObject, {
		message: texts.message,
		description: texts.description,
		httpCode: String(httpStatus),
	});
	// The constructor swaps a message in which it spots a system code ("EPERM") for its own text.
	error.message = texts.message;
	error.context.zoho = { httpStatus, code, message, details };
	if (summary) {
		Object.assign(error.context.zoho, {
			succeeded: succeeded.map(idOf),
			failed: failures.map(({ subject }) => idOf(subject)),
		});
	}
	return error;
}

/** The item that stands for something that could not be done, when the node is set to continue. */
export function errorJson(failure: Failure, labels: OperationLabels): IDataObject {
	const { message, description } = describe(failure, labels);
	const { httpStatus, code, message: zohoMessage, details, uncertain } = failure.error;
	// Only the keys error, message and details let n8n recognize the item and keep its data:
	// https://github.com/n8n-io/n8n, WorkflowExecute.handleNodeErrorOutput
	return {
		error: message,
		message: description,
		details: {
			...failure.subject,
			code,
			httpStatus,
			message: zohoMessage,
			details,
			...(uncertain && { uncertain }),
		},
	};
}

function idOf(subject: IDataObject): string {
	return String(Object.values(subject)[0] ?? '');
}

function nameOf(subject: IDataObject): string {
	const id = idOf(subject);
	if (id === '') return '';
	return /^\d+$/.test(id) ? ` ${id}` : ` "${id}"`;
}
