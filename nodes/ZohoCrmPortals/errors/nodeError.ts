import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INode, JsonObject } from 'n8n-workflow';

import type { ZohoErrorData } from '../http/error';
import { blamesServer } from '../http/proof';
import { isOwn, wordsFor } from './messages';
import type { OperationLabels, Words } from './messages';
import { inDigits, said, upper } from './words';

/** One action that failed. */
export interface Failure {
	/** Identifies the object: `{ personality_id: '…' }`. */
	subject: IDataObject;
	error: ZohoErrorData;
	/** The name of the object, if known: "Mina Shah". */
	name?: string;
	/** Labels that differ from those of the operation because they depend on the parameters. */
	labels?: Partial<OperationLabels>;
	/** The texts of an earlier run about this failure, unchanged. */
	said?: Pick<ErrorTexts, 'message' | 'description'>;
}

interface ErrorTexts {
	message: string;
	description: string;
	reason: string;
}

/** Describes one failure: what happened and to whom, then what to do and Zoho's code. */
export function describe(failure: Failure, operation: OperationLabels): ErrorTexts {
	const { error } = failure;
	if (failure.said) {
		const { message } = failure.said;
		return { ...failure.said, reason: message.replace(/^.*? (?:could|would) not be \w+: /, '') };
	}
	const labels = { ...operation, ...failure.labels };
	const { reason, remedy }: Words = wordsFor(error, labels);
	const name = `${labels.thing}${nameOfSubject(failure)}`;
	// After a call without a clear answer, Zoho may refuse the repetition because of what the first
	// call did.
	const contradicts = !isOwn(error.code) && !blamesServer(error.code) && error.httpStatus < 500;
	const before = error.stopped
		? 'an earlier try may have done it, and this one did not get that far: '
		: contradicts
			? 'the first call got no clear answer, and Zoho refused the repetition: '
			: '';
	const scopes = [error.details.missing_scopes ?? []].flat().join(', ');
	const lacking =
		scopes === '' ? '' : ` The credential lacks scopes to look up what is missing: ${scopes}.`;
	const zoho = isOwn(error.code)
		? ''
		: ` Zoho ${error.foreseen ? 'would answer' : 'answered'} ${error.code}${said(error.message)}.`;
	return {
		message: isUncertain(failure, labels)
			? `It is not certain whether ${name} ${wasOrWere(labels)} ${labels.done}: ${before}${reason}`
			: `${upper(name)} ${couldNot(labels)} ${labels.done}: ${reason}`,
		description: `${error.unsent ? 'Not sent, since Zoho refused an earlier call of this run. ' : ''}${remedy}${lacking}${zoho}`,
		reason,
	};
}

/** Whether the change may have been written despite the failure. A dry run never writes. */
export function isUncertain({ error }: Failure, { dryRun }: OperationLabels): boolean {
	return error.uncertain === true && !dryRun;
}

/** The members of an account or a view are several: "portal users of account". */
function wasOrWere({ thing, things = `${thing}s` }: OperationLabels): string {
	return thing.startsWith(things) ? 'were' : 'was';
}

function couldNot({ dryRun }: OperationLabels): string {
	return dryRun ? 'would not be' : 'could not be';
}

/** How many IDs, and how many remedies, a summary lists; `context.zoho` has all IDs. */
const LISTED = 10;

/** The outcomes of a run other than its failures. */
export interface OtherOutcomes {
	/** Outputs of the changes that were made. */
	succeeded: IDataObject[];
	/** Outputs of the changes that a Zoho job will make. */
	scheduled: IDataObject[];
	/** Outputs of people who were to be removed and were kept because of the failures. */
	heldBack: IDataObject[];
	/**
	 * People who were not changed, because the run ended before it wrote anything or was a dry run.
	 */
	untouched: IDataObject[];
	/** Whether the run should have written or planned changes, but has written nothing. */
	unwritten: boolean;
}

export function nothingElse(): OtherOutcomes {
	return { succeeded: [], scheduled: [], heldBack: [], untouched: [], unwritten: false };
}

/**
 * Builds the error that ends a node run. It counts all outcomes, because completed changes remain.
 *
 * @param failures at least one
 */
export function nodeError(
	node: INode,
	labels: OperationLabels,
	failures: Failure[],
	others: OtherOutcomes = nothingElse(),
): NodeApiError {
	const { succeeded, scheduled, heldBack, untouched } = others;
	const uncertain = failures.filter((one) => isUncertain(one, labels));
	const failed = failures.filter((one) => !isUncertain(one, labels));
	const [first] = [...failed, ...uncertain];
	// The rows of a list have no subject, so there is nothing to count.
	const total = totalOf(failures, others);
	const isSummary = total > 1 && idOf(first.subject) !== '';
	const { message, description } = isSummary
		? summary(labels, failed, uncertain, others)
		: describe(first, labels);
	const { httpStatus, code, message: zohoMessage, details } = first.error;
	const error = new NodeApiError(node, { code, message: zohoMessage, details } as JsonObject, {
		message,
		description:
			heldBack.length === 0
				? description
				: `${description} Because of that, nobody was removed; context.zoho.heldBack lists the people who stay (${inDigits(heldBack.length)}).`,
		// n8n shows this as the "Error code". Some refusals have the status 200, and some calls
		// never reached Zoho.
		httpCode: httpStatus >= 400 ? String(httpStatus) : code,
	});
	// The constructor replaces a message that contains a system code ("EPERM") with its own text.
	error.message = message;
	error.context.zoho = {
		httpStatus,
		code,
		message: zohoMessage,
		details,
		...(isSummary && {
			succeeded: succeeded.map(idOf),
			...(scheduled.length > 0 && { scheduled: scheduled.map(idOf) }),
			failed: failed.map(({ subject }) => idOf(subject)),
			uncertain: uncertain.map(({ subject }) => idOf(subject)),
			...(untouched.length > 0 && { untouched: untouched.map(idOf) }),
		}),
		...(!isSummary && uncertain.length > 0 && { uncertain: true }),
		...(heldBack.length > 0 && { heldBack: heldBack.map(idOf) }),
	};
	return error;
}

function totalOf(failures: Failure[], { succeeded, scheduled, untouched }: OtherOutcomes): number {
	return failures.length + succeeded.length + scheduled.length + untouched.length;
}

/** Counts the failed, uncertain, scheduled and completed changes, and lists IDs with reasons. */
function summary(
	operation: OperationLabels,
	failed: Failure[],
	uncertain: Failure[],
	others: OtherOutcomes,
): Pick<ErrorTexts, 'message' | 'description'> {
	const { succeeded, scheduled, unwritten } = others;
	const failures = [...failed, ...uncertain];
	const [first] = failures;
	const { done } = operation;
	const isSame = failures.every(({ labels: { done: one } = {} }) => one === first.labels?.done);
	const labels = { ...operation, ...first.labels, ...(!isSame && { done }) };
	const total = totalOf(failures, others);
	const things = `${inDigits(total)} ${labels.things ?? `${labels.thing}s`}`;
	const what = failures.every(isMissing)
		? 'could not be found'
		: `${couldNot(labels)} ${labels.done}`;
	const parts =
		failed.length > 0
			? [`${inDigits(failed.length)} of ${things} ${what}`]
			: [
					`It is not certain whether ${inDigits(uncertain.length)} of ${things} ${were(uncertain)} ${labels.done}`,
				];
	if (failed.length > 0 && uncertain.length > 0)
		parts.push(`${inDigits(uncertain.length)} ${are(uncertain)} uncertain`);
	if (scheduled.length > 0) parts.push(`${inDigits(scheduled.length)} ${are(scheduled)} scheduled`);
	if (succeeded.length > 0)
		parts.push(
			`${inDigits(succeeded.length)} ${succeeded.length === 1 ? 'is done and stays so' : 'are done and stay so'}`,
		);
	const nothing = unwritten ? '; nothing was written' : '';
	return { message: `${parts.join(', ')}${nothing}`, description: inDetail(failures, operation) };
}

/** Lists IDs with their reasons, and each remedy after the IDs that share it. */
function inDetail(failures: Failure[], operation: OperationLabels): string {
	const byRemedy = new Map<string, string[]>();
	for (const one of failures) {
		const { reason, description } = describe(one, operation);
		const listed = byRemedy.get(description) ?? [];
		byRemedy.set(description, listed);
		listed.push(`${nameOfSubject(one).trim()}: ${reason}`);
	}
	const parts = [...byRemedy].slice(0, LISTED).map(([remedy, listed]) => {
		const more = listed.length > LISTED ? [`and ${inDigits(listed.length - LISTED)} more`] : [];
		return `${[...listed.slice(0, LISTED), ...more].join('; ')}. ${remedy}`;
	});
	const left = [...byRemedy.values()].slice(LISTED).flat().length;
	if (left > 0) parts.push(`${inDigits(left)} more have other reasons.`);
	return parts.join(' ');
}

/** Whether the error is that the named object itself does not exist. */
function isMissing({ subject, error: { code, details } }: Failure): boolean {
	const { user_type, crm_user: email } = details;
	const named = user_type ?? email ?? idOf(subject);
	return code === 'NOT_FOUND' && named === idOf(subject);
}

function are({ length }: unknown[]): string {
	return length === 1 ? 'is' : 'are';
}

function were({ length }: unknown[]): string {
	return length === 1 ? 'was' : 'were';
}

/**
 * Builds the item for a failed change, used when the node is set to continue. The subject, the code
 * and `uncertain` are in the same places as in the item of a successful change.
 */
export function errorJson(failure: Failure, labels: OperationLabels): IDataObject {
	const { message, description } = describe(failure, labels);
	const { httpStatus, code, message: zohoMessage, details } = failure.error;
	return {
		...failure.subject,
		error: message,
		code,
		...(isUncertain(failure, labels) && { uncertain: true }),
		...(details.job_id !== undefined && { job_id: details.job_id }),
		message: description,
		details: { httpStatus, message: zohoMessage, details },
	};
}

function idOf(subject: IDataObject): string {
	return String(Object.values(subject)[0] ?? '');
}

function nameOfSubject({ subject, name }: Failure): string {
	const id = idOf(subject);
	if (id === '') return '';
	const called = name ?? subject.name;
	const known = typeof called !== 'string' || called === id ? '' : ` (${called})`;
	return `${/^\d+$/.test(id) ? ` ${id}` : ` "${id}"`}${known}`;
}
