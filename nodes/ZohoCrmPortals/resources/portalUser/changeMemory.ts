import type { IDataObject } from 'n8n-workflow';

import { isFailure } from '../../run/operation';
import type { Outcome } from '../../run/operation';
import type { Run } from '../../run/run';
import { toPortalUser } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import { ACTIONS } from './change';
import type { Action, Change, PortalPerson } from './change';

/**
 * Stores a change for the next try of n8n's "Retry On Fail". That try reads the portal again, so it
 * cannot see what was already changed.
 *
 * @param outcome the outcome of the change
 * @param user the person before the change; undefined if not in the portal
 * @param done builds the item of a successful change
 */
export function rememberChange(
	run: Run,
	portal: string,
	change: Change,
	outcome: Outcome,
	user: PortalUser | undefined,
	done: () => IDataObject,
): void {
	if (isFailure(outcome) && !outcome.error.uncertain) return;
	rememberState(run, portal, change.id, user);
	const key = keyFor(change);
	const result = isFailure(outcome) ? outcome : { output: outcome.json };
	run.memory?.keep(nameFor(portal), key, result);
	if (isFailure(outcome)) {
		run.memory?.keep(doubtsFor(portal), key, { output: done() });
	}
}

/**
 * Items for the changes that earlier tries have made and this try does not make. An uncertain
 * change counts as made if the portal shows its result.
 *
 * @param people everybody who is in the portal now, by ID
 */
export function doneBefore(
	run: Run,
	portal: string,
	changes: Change[],
	people: ReadonlyMap<string, PortalPerson>,
): Array<{ id: string; action: Action; json: IDataObject }> {
	const planned = new Set(changes.map(keyFor));
	const done = run.memory?.recall(nameFor(portal)) ?? [];
	const doubts = run.memory?.recall(doubtsFor(portal));
	return [...done].flatMap(([key, result]) => {
		if (planned.has(key)) return [];
		const doubt = doubts?.get(key);
		const isTrue = doubt && 'output' in doubt && isSo(doubt.output, people);
		const done = 'output' in result ? result : isTrue ? doubt : undefined;
		if (!done || !('output' in done)) return [];
		const [word, id] = key.split(' ');
		const action = ACTIONS.find((one) => one === word);
		return action ? [{ id, action, json: done.output }] : [];
	});
}

/**
 * Whether a person is in the state of an item. This cannot show whether an invitation was sent
 * again.
 */
function isSo(
	{ action, personality_id, user_type_id }: IDataObject,
	people: ReadonlyMap<string, PortalPerson>,
): boolean {
	const person = people.get(String(personality_id));
	if (action === 'deleted') return person === undefined;
	if (!person || person.userType !== user_type_id) return false;
	if (action === 'deactivated') return !person.active;
	if (action === 'activated') return person.active;
	return action === 'invited' || action === 'transferred';
}

/** Whether an earlier try has made a change, or may have made it. */
export function wasTried(run: Run, portal: string, change: Pick<Change, 'id' | 'action'>): boolean {
	return run.memory?.recall(nameFor(portal)).has(keyFor(change)) === true;
}

/** Stores the state of people before the first try. */
function rememberState(run: Run, portal: string, id: string, user?: PortalUser): void {
	if (run.memory?.recall(stateFor(portal)).has(id)) return;
	run.memory?.keep(stateFor(portal), id, { output: user ?? {} });
}

/**
 * The state of a person before the first try.
 *
 * @param now the state in this try
 */
export function stateBefore(
	run: Run,
	portal: string,
	id: string,
	now: PortalUser | undefined,
): PortalUser | undefined {
	const before = run.memory?.recall(stateFor(portal)).get(id);
	if (!before || 'error' in before) return now;
	const { user_type_id: type, user_type_name: name } = before.output;
	if (type === undefined) return undefined;
	return toPortalUser(before.output, {
		id: String(type),
		...(typeof name === 'string' && { name }),
	});
}

function nameFor(portal: string): string {
	return `synced ${portal}`;
}

function doubtsFor(portal: string): string {
	return `synced in doubt ${portal}`;
}

function stateFor(portal: string): string {
	return `before sync ${portal}`;
}

function keyFor({ id, action }: { id: string; action: Action }): string {
	return `${action} ${id}`;
}
