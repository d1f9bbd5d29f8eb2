import type { IDataObject } from 'n8n-workflow';

import type { OperationLabels } from '../../errors/messages';
import type { Failure } from '../../errors/nodeError';
import type { Outcome } from '../../execution/operation';
import type { Result } from '../../execution/result';
import type { PortalUser } from '../../transport/people';
import type { ZohoErrorData } from '../../transport/error';
import { pick } from '../pick';
import { statusLabels } from './changeStatus';
import { previousOf } from './onPortalUsers';
import type { Action, Change, Unchanged } from './syncPlan';

/** What is known of a person before anything is done. */
export interface Known {
	/** Undefined for who is not in the portal. */
	user?: PortalUser;
	/** What people call them, where that is known. */
	name?: string;
}

/** What became of a change. */
export function outcomeOf(change: Change, result: Result, known: Known): Outcome {
	const { action, id, userType, target } = change;
	const subject = { personality_id: id };
	if ('error' in result) return failure(id, result.error, known, labelsOf(action));
	const { output } = result;
	return {
		subject,
		json: {
			action: output.unchanged === true ? 'unchanged' : action,
			...subject,
			user_type_id: target ?? userType,
			...previous(known),
			...pick(output, ['unchanged', 'scheduled', 'job_id', 'code', 'message']),
		},
	};
}

/** What a dry run says of a change. */
export function plannedOutcome({ action, id, userType, target }: Change, known: Known): Outcome {
	const subject = { personality_id: id };
	return {
		subject,
		json: {
			action,
			...subject,
			planned: true,
			user_type_id: known.user?.user_type_id ?? userType,
			...(target !== undefined && { target_user_type_id: target }),
			...previous(known),
		},
	};
}

/** Somebody who stays as they are. */
export function unchangedOutcome(
	{ id, unconfirmed }: Unchanged,
	known: Known,
	dryRun: boolean,
): Outcome {
	const json = unchangedJson(id, known, dryRun);
	if (!unconfirmed) return { json };
	const message = 'Has not accepted the invitation and cannot be deactivated, only deleted';
	return { json: { ...json, message } };
}

/** Somebody who stays because a removal is held back. */
export function heldBackOutcome({ id }: Change, known: Known, dryRun: boolean): Outcome {
	const message =
		'Nobody was removed, because somebody on the list was not found or is not yet as the list says';
	const json = { ...unchangedJson(id, known, dryRun), heldBack: true, message };
	return { subject: { personality_id: id }, json };
}

export function failure(
	id: string,
	error: ZohoErrorData,
	{ user, name = nameOf(user) }: Known,
	labels?: Partial<OperationLabels>,
): Failure {
	return { subject: { personality_id: id }, error, name, labels };
}

function unchangedJson(personality_id: string, known: Known, dryRun: boolean): IDataObject {
	return {
		action: 'unchanged',
		personality_id,
		...(dryRun && { planned: true }),
		user_type_id: known.user?.user_type_id,
		...previous(known),
		unchanged: true,
		code: 'UNCHANGED',
	};
}

function previous({ user }: Known): IDataObject {
	return user ? { previous: previousOf(user, user.user_type_name) } : {};
}

/** What people call a portal user. */
export function nameOf(user: PortalUser | undefined): string | undefined {
	return typeof user?.name === 'string' ? user.name : undefined;
}

function labelsOf(action: Action): Partial<OperationLabels> {
	if (action === 'activated' || action === 'deactivated') {
		return statusLabels(action === 'activated');
	}
	return { done: action === 'reinvited' ? 'invited again' : action };
}
