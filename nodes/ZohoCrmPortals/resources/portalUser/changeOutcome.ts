import type { IDataObject } from 'n8n-workflow';

import type { OperationLabels } from '../../errors/messages';
import type { Failure } from '../../errors/nodeError';
import type { Outcome } from '../../run/operation';
import type { Result } from '../../run/result';
import type { UserType } from '../../zoho/directory';
import type { PortalUser } from '../../zoho/people';
import type { ZohoErrorData } from '../../http/error';
import { pick } from '../../http/pick';
import type { Action, Change, Unchanged } from './change';
import { statusLabels } from './changeStatus';
import type { FoundRecord } from '../../zoho/recordSearch';
import { previousOf } from './onPortalUsers';
import { personOf } from './person';

/** The known facts about a person before any change. */
export interface Known {
	/** The state before the run; undefined for people who were not in the portal. */
	user?: PortalUser;
	/** The record that is invited, if it was read. */
	record?: FoundRecord;
	/** The user types of the portal. */
	types?: UserType[];
	/** Name and email in the items, for people who were not read. */
	said?: IDataObject;
}

/** A user type by ID and name, if known: `{ user_type_id, user_type_name }`. */
function typeOf(key: 'user_type' | 'target_user_type', id: string, { types }: Known): IDataObject {
	const name = types?.find((type) => type.id === id)?.name;
	return { [`${key}_id`]: id, ...(name !== undefined && { [`${key}_name`]: name }) };
}

/** The subject of an outcome. */
function subjectOfChange(id: string, { user, record, said }: Known): IDataObject {
	return { personality_id: id, ...personOf(user ?? record ?? said) };
}

/** The outcome of a change. */
export function outcomeOf(change: Change, result: Result, known: Known): Outcome {
	if ('error' in result) return failureOf(change, result.error, known);
	return {
		subject: subjectOfChange(change.id, known),
		json: doneJson(change, result.output, known),
	};
}

/** The failure for a change that is not made. */
export function failureOf({ id, action }: Change, error: ZohoErrorData, known: Known): Failure {
	return failure(id, error, known, labelsOf(action));
}

/** The item of a change that was made. */
export function doneJson(change: Change, output: IDataObject, known: Known): IDataObject {
	const { action, id, userType, target } = change;
	return {
		action: output.unchanged === true ? 'unchanged' : action,
		...subjectOfChange(id, known),
		...typeOf('user_type', target ?? userType, known),
		...previous(known),
		...pick(output, ['unchanged', 'scheduled', 'job_id', 'code', 'message']),
	};
}

/**
 * The outcome of a change in a dry run.
 *
 * @param more additional properties of an invitation
 */
export function plannedOutcome(
	{ action, id, userType, target }: Change,
	known: Known,
	more: IDataObject = {},
): Outcome {
	const subject = subjectOfChange(id, known);
	return {
		subject,
		json: {
			action,
			...subject,
			planned: true,
			...typeOf('user_type', known.user?.user_type_id ?? userType, known),
			...(target !== undefined && typeOf('target_user_type', target, known)),
			...more,
			...previous(known),
		},
	};
}

/** The outcome of a person who stays unchanged. */
export function unchangedOutcome(
	{ id, unconfirmed }: Unchanged,
	known: Known,
	dryRun: boolean,
): Outcome {
	const json = unchangedJson(id, known, dryRun);
	if (!unconfirmed) return { json };
	const message =
		'The user has not accepted the invitation and cannot be deactivated, only deleted';
	return { json: { ...json, message } };
}

/** The outcome of a person who is kept because removals are held back. */
export function heldBackOutcome(
	{ id }: Change,
	known: Known,
	dryRun: boolean,
	why: string,
): Outcome {
	const message = `Nobody was removed, because ${why}`;
	const json = { ...unchangedJson(id, known, dryRun), heldBack: true, message };
	return { subject: subjectOfChange(id, known), json };
}

export function failure(
	id: string,
	error: ZohoErrorData,
	known: Known,
	labels?: Partial<OperationLabels>,
): Failure {
	return { subject: subjectOfChange(id, known), error, name: nameOfPerson(known), labels };
}

function unchangedJson(id: string, known: Known, dryRun: boolean): IDataObject {
	return {
		action: 'unchanged',
		...subjectOfChange(id, known),
		...(dryRun && { planned: true }),
		...(known.user && typeOf('user_type', known.user.user_type_id, known)),
		...previous(known),
		unchanged: true,
		code: 'UNCHANGED',
	};
}

function previous({ user }: Known): IDataObject {
	return { previous: user ? previousOf(user, user.user_type_name) : null };
}

/** The name of a person. */
export function nameOfPerson({ user, record, said }: Known): string | undefined {
	const { name } = personOf(user ?? record ?? said);
	return typeof name === 'string' ? name : undefined;
}

export function labelsOf(action: Action): Partial<OperationLabels> {
	if (action === 'activated' || action === 'deactivated') {
		return statusLabels(action === 'activated');
	}
	return { done: action === 'reinvited' ? 'invited again' : action };
}
