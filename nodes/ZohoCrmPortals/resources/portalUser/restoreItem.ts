import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../../errors/nodeError';
import { errorData } from '../../http/error';
import { booleanIn, isEmpty } from '../../form/field';
import type { Place } from '../../form/field';
import { ACTIONS } from './change';
import type { Action } from './change';
import type { Found } from './found';
import { failureIn, plannedId, personIn, previousIn, readFound } from './plannedItem';
import type { Row, PlannedChange, PlanRow } from './plannedItem';

/** The change that a run made to a person, and the state before it. */
export interface DoneRow extends Row {
	/** The change; undefined if there is nothing to restore. */
	done?: {
		action: Action;
		/** ID of the user type that the person was moved to. */
		target?: string;
		before: Found;
	};
	/** Whether to invite the person again after a deletion. */
	invites?: boolean;
}

/**
 * Reads a row of the output of a run.
 *
 * @throws NodeOperationError for a row that does not contain the previous state
 */
export function readDone(row: IDataObject, at: Place): DoneRow | Failure {
	const failure = failureIn(row);
	// A change that certainly failed has left people unchanged.
	if (failure && (failure.error.uncertain || !hasId(row))) return failure;
	const named = personIn(row, at);
	if (booleanIn(row.planned) === true) {
		throw at.invalid(
			`contains an item for ${named.id} that was only planned`,
			'Pass the items of the run that made the changes, not those of a dry run.',
		);
	}
	const isNew = row.action === 'invited' || booleanIn(row.invited) === true;
	if (failure || isNew || booleanIn(row.unchanged) === true || isNull(row.previous)) return named;
	const previous = previousIn(row, at);
	if (!previous) {
		throw at.invalid(
			`has no "previous" for ${named.id}`,
			'Sync and Carry Out Plan always return it. Other operations return it with the option "Include Previous State", which has to be set before the run.',
		);
	}
	const action = actionIn(row);
	if (!action) {
		throw at.invalid(
			`contains an item for ${named.id} that does not say what was done`,
			'Pass the items that Sync, Carry Out Plan, Transfer, Change Status or Delete returned.',
		);
	}
	const target = action === 'transferred' ? { target: plannedId(row, 'user_type_id', at) } : {};
	return { ...named, done: { action, ...target, before: readFound(previous, at) } };
}

function hasId({ personality_id, record_id }: IDataObject): boolean {
	return !isEmpty(personality_id) || !isEmpty(record_id);
}

function isNull(previous: unknown): boolean {
	return previous === null || previous === 'null';
}

/** The change, as named by Sync or by the other operations. */
function actionIn(row: IDataObject): Action | undefined {
	const action = ACTIONS.find((one) => one === row.action);
	if (action || !isEmpty(row.action)) return action;
	if (booleanIn(row.deleted) === true) return 'deleted';
	if (booleanIn(row.transferred) === true) return 'transferred';
	const active = booleanIn(row.active);
	return active === undefined ? undefined : active ? 'activated' : 'deactivated';
}

/**
 * Plans how to restore people, one entry for each row. When the plan is carried out, it detects
 * people who are neither in the state that the run left nor in the state before it.
 *
 * @param people everybody who is in the portal now, by ID
 */
export function planRestore(rows: DoneRow[], people: ReadonlyMap<string, Found>): PlanRow[] {
	const ofPerson = new Map<string, DoneRow[]>();
	for (const row of rows) {
		if (!row.done) continue;
		const same = ofPerson.get(row.id);
		if (same) same.push(row);
		else ofPerson.set(row.id, [row]);
	}
	return rows.map((row) => {
		const { id, who, done } = row;
		return done ? inverse(row, done, ofPerson.get(id) ?? [], people.get(id)) : { id, who };
	});
}

function inverse(
	{ id, who, invites }: DoneRow,
	{ action, before }: NonNullable<DoneRow['done']>,
	all: DoneRow[],
	now: Found | undefined,
): PlanRow {
	const failed = (code: string, details: IDataObject): Failure => ({
		subject: { personality_id: id, ...who },
		error: errorData(0, code, { details }),
		labels: { done: 'put back' },
	});
	const done = all.flatMap((row) => row.done ?? []);
	const actions = done.map((one) => one.action);
	if (new Set(done.map((one) => JSON.stringify(one.before))).size > 1) {
		return failed('TWO_CHANGES', { actions });
	}
	if (actions.includes('deleted')) {
		if (!now && !invites) return failed('WAS_DELETED', {});
		return { id, who, action: 'invited', userType: before.userType };
	}
	const targets = done.flatMap(({ target }) => target ?? []);
	const [left = before.userType] = targets.filter((one) => one === now?.userType).concat(targets);
	const isStatus = actions.includes('activated') || actions.includes('deactivated');
	const found: Found = {
		...before,
		userType: left,
		active: isStatus ? !before.active : before.active,
		// The person may accept the invitation in the meantime, and the invitation may be sent
		// again.
		confirmed: now?.confirmed ?? before.confirmed,
		invitedTime: actions.includes('reinvited') ? (now?.invitedTime ?? '') : before.invitedTime,
	};
	const back: Pick<PlannedChange, 'id' | 'who' | 'userType' | 'found'> = {
		id,
		who,
		userType: left,
		found,
	};
	if (action === 'transferred') return { ...back, action, target: before.userType };
	if (action === 'reinvited') return { id, who };
	return { ...back, action: before.active ? 'activated' : 'deactivated' };
}
