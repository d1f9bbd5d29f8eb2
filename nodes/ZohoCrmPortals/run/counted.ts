import type { IDataObject } from 'n8n-workflow';

import type { OperationLabels } from '../errors/messages';
import { isUncertain } from '../errors/nodeError';
import type { Failure } from '../errors/nodeError';
import { inDigits, upper } from '../errors/words';
import { isFailure } from './operation';
import type { Outcome } from './operation';

/**
 * The actions in the output, each as a verb in the present and the past tense, and the words after
 * the number.
 */
const VERBS: Record<string, [now: string, past: string, after?: string]> = {
	activated: ['activate', 'activated'],
	created: ['create', 'created'],
	deactivated: ['deactivate', 'deactivated'],
	deleted: ['delete', 'deleted'],
	duplicated: ['duplicate', 'duplicated'],
	invited: ['invite', 'invited'],
	reinvited: ['invite', 'invited', ' again'],
	transferred: ['transfer', 'transferred'],
	updated: ['update', 'updated'],
};

/** The outcomes of different objects, counted. */
interface Counts {
	/** By action, as in the output. */
	actions: Map<string, number>;
	unchanged: number;
	scheduled: number;
	heldBack: number;
	failed: number;
	/** Failures whose change may have been made anyway. */
	uncertain: number;
}

/**
 * A sentence or two about what a run has done or would do.
 *
 * @returns undefined if the output itself is just as short
 */
export function inNumbers(labels: OperationLabels, outcomes: Outcome[]): string | undefined {
	const { dryRun } = labels;
	if (!dryRun && outcomes.length < 2) return undefined;
	const counts = countsOf(outcomes, labels);
	const { unchanged, scheduled, heldBack, failed, uncertain } = counts;
	const done = listed(counts, labels);
	const sentences = dryRun
		? [
				'Nothing was written.',
				done === '' ? 'This would change nothing.' : `This would ${done}.`,
				sentence(unchanged, 'would stay unchanged'),
				sentence(failed, 'would fail'),
			]
		: [
				done === '' ? '' : `${upper(done)}.`,
				sentence(scheduled, 'is scheduled', 'are scheduled'),
				sentence(unchanged, 'stayed unchanged'),
				sentence(failed, 'failed'),
				sentence(uncertain, 'is uncertain', 'are uncertain'),
			];
	sentences.push(
		dryRun
			? sentence(heldBack, 'would not be removed')
			: sentence(heldBack, 'was not removed', 'were not removed'),
	);
	return sentences.filter(Boolean).join(' ');
}

function sentence(amount: number, one: string, more = one): string {
	return amount === 0 ? '' : `${inDigits(amount)} ${amount === 1 ? one : more}.`;
}

/** "invite 4, transfer 4 and deactivate 1 user". */
function listed(
	{ actions }: Counts,
	{ thing, dryRun, counted = thing, part = '' }: OperationLabels,
) {
	const all = [...actions];
	const parts = all.map(([action, amount], position) => {
		const [now, past, after = ''] = VERBS[action] ?? [action, action];
		const noun = position < all.length - 1 ? '' : ` ${counted}${amount === 1 ? '' : 's'}`;
		return `${dryRun ? now : past} ${part}${inDigits(amount)}${noun}${after}`;
	});
	const last = parts.pop() ?? '';
	return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

/** Counts outcomes. An object in several items counts once. */
function countsOf(outcomes: Outcome[], labels: OperationLabels): Counts {
	const counts: Counts = {
		actions: new Map(),
		unchanged: 0,
		scheduled: 0,
		heldBack: 0,
		failed: 0,
		uncertain: 0,
	};
	const seen = new Set<string>();
	for (const outcome of outcomes) {
		const side = isFailure(outcome) ? sideOfFailure(outcome, labels) : sideOf(outcome.json);
		const action = isFailure(outcome) || side ? '' : actionIn(outcome.json, labels);
		const [id] = Object.values(outcome.subject ?? {});
		const key = `${side} ${action} ${String(id)}`;
		if (id !== undefined && seen.has(key)) continue;
		seen.add(key);
		if (side) counts[side] += 1;
		else counts.actions.set(action, (counts.actions.get(action) ?? 0) + 1);
	}
	return counts;
}

function sideOfFailure(failure: Failure, labels: OperationLabels): 'failed' | 'uncertain' {
	return isUncertain(failure, labels) ? 'uncertain' : 'failed';
}

function sideOf({
	heldBack,
	scheduled,
	skipped,
	unchanged,
}: IDataObject): 'heldBack' | 'scheduled' | 'unchanged' | undefined {
	if (heldBack === true) return 'heldBack';
	if (scheduled === true) return 'scheduled';
	return unchanged === true || skipped === true ? 'unchanged' : undefined;
}

/** The action in an item, done or planned. */
function actionIn(json: IDataObject, { done }: OperationLabels): string {
	const { action, active, deleted, invited, resent, transferred } = json;
	if (typeof action === 'string') return action;
	if (deleted === true) return 'deleted';
	if (transferred === true) return 'transferred';
	if (invited === true) return resent === true ? 'reinvited' : 'invited';
	if (typeof active === 'boolean') return active ? 'activated' : 'deactivated';
	return done;
}
