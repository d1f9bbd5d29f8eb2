import { mapWithConcurrency } from '../../http/concurrency';
import { errorData } from '../../http/error';
import type { Result } from '../../run/result';
import { Run } from '../../run/run';
import { isRemoval } from './change';
import type { Action, Change } from './change';
import { callsFor, keyOfCalls } from './changeCalls';
import type { Calls, CallSettings } from './changeCalls';

/**
 * The order of changes that give access. Removals come last, so that nobody is left without the
 * access they should have if a run stops in between.
 */
const GIVING: Action[][] = [['invited'], ['transferred'], ['reinvited', 'activated']];

/** The results of the changes. Changes without a result were held back. */
export type Made = Map<Change, Result>;

/** Zoho's refusals for lack of a license: of an invitation, and of an activation. */
const NO_LICENSE = new Set(['LICENSE_LIMIT_EXCEEDED', 'LIMIT_EXCEEDED']);

/**
 * Makes changes, in as few calls as Zoho allows. Removals are made only if everything else is
 * certainly done or was refused for lack of a license. Changes that were refused for lack of a
 * license get another try after the removals. People who have to be moved are moved before any
 * other change.
 *
 * @param holdsBack whether removals must not be made in any case
 */
export async function makeChanges(
	run: Run,
	changes: Change[],
	settings: CallSettings,
	holdsBack: boolean,
): Promise<Made> {
	const made: Made = new Map();
	const stuck = new Set<string>();
	for (const actions of GIVING) {
		const now = changes.filter(({ action }) => actions.includes(action));
		for (const change of now.filter(({ id }) => stuck.has(id))) {
			const details = { user_type_id: change.userType };
			made.set(change, { error: errorData(0, 'NOT_TRANSFERRED', { details }) });
		}
		await give(
			run,
			now.filter(({ id }) => !stuck.has(id)),
			settings,
			made,
		);
		for (const change of now) if (!isDone(made.get(change))) stuck.add(change.id);
	}
	const giving = changes.filter((one) => !isRemoval(one));
	const unlicensed = giving.filter((one) => lacksLicense(made.get(one)));
	const waiting = new Set(unlicensed);
	const isSafe = !holdsBack && giving.every((one) => waiting.has(one) || isDone(made.get(one)));
	if (isSafe) {
		const removals = changes.filter(isRemoval);
		await make(run, removals, settings, made);
		const freed = removals.some((one) => isDone(made.get(one)));
		if (freed) await give(run, unlicensed, settings, made);
	}
	return made;
}

/**
 * Makes changes that give access. If the licenses are used up, the rest of the run is not affected.
 */
async function give(
	run: Run,
	changes: Change[],
	settings: CallSettings,
	made: Made,
): Promise<void> {
	const { connection, memory, obstacle } = run;
	const part = new Run(connection, run.settings, memory);
	if (obstacle) part.note(obstacle);
	await make(part, changes, settings, made);
	if (part.obstacle && !NO_LICENSE.has(part.obstacle.code)) run.note(part.obstacle);
}

function lacksLicense(result: Result | undefined): boolean {
	if (!result || !('error' in result)) return false;
	return NO_LICENSE.has(result.error.code) && !result.error.uncertain;
}

/** Makes changes in parallel, and changes with the same settings together. */
async function make(
	run: Run,
	changes: Change[],
	settings: CallSettings,
	made: Made,
): Promise<void> {
	const all = new Map<string, { calls: Calls; changes: Change[] }>();
	for (const change of changes) {
		const key = keyOfCalls(change, settings);
		const one = all.get(key) ?? { calls: callsFor(run, change, settings), changes: [] };
		all.set(key, one);
		one.calls.add(change);
		one.changes.push(change);
	}
	const { concurrency } = run.connection;
	await mapWithConcurrency([...all.values()], concurrency, async ({ calls }) => await calls.send());
	for (const { calls, changes: same } of all.values()) {
		for (const change of same) made.set(change, calls.resultOf(change.id));
	}
}

/** Whether Zoho has reported that a change is done. A job that nobody waits for does not count. */
function isDone(result: Result | undefined): boolean {
	return result !== undefined && 'output' in result && result.output.scheduled !== true;
}
