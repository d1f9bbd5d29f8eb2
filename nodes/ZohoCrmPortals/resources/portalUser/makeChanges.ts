import { mapWithConcurrency } from '../../http/concurrency';
import { errorData } from '../../http/error';
import type { Result } from '../../run/result';
import { Run } from '../../run/run';
import { isRemoval } from './change';
import type { Action, Change } from './change';
import { callsFor, keyOfCalls } from './changeCalls';
import type { Calls, CallSettings } from './changeCalls';

/**
 * What is made one after the other. A stop in between leaves nobody without the access they should
 * have: removals are last.
 */
const GIVING: Action[][] = [['invited'], ['transferred'], ['reinvited', 'activated']];

/** What became of the changes; those without a result were held back. */
export type Made = Map<Change, Result>;

/** Zoho's refusals for want of a license: of an invitation, and of an activation. */
const NO_LICENSE = new Set(['LICENSE_LIMIT_EXCEEDED', 'LIMIT_EXCEEDED']);

/**
 * Makes changes, in as few calls as Zoho allows. Removals are made only if all else is done for
 * certain, or refused for want of a license; those who were refused for that get another try once
 * removals have freed places. People who are to be moved are not changed otherwise until they are moved.
 *
 * @param holdsBack whether removals are not made in any case
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

/** Makes changes that give access. That the license is used up concerns nothing else of the run. */
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

/** Makes changes side by side, those that ask the same of Zoho together. */
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

/** Whether Zoho has said that it is done; a job that nobody follows is not. */
function isDone(result: Result | undefined): boolean {
	return result !== undefined && 'output' in result && result.output.scheduled !== true;
}
