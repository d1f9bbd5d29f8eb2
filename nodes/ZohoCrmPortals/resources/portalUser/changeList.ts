import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../../errors/nodeError';
import { dataOf, errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { missingScopes } from '../../zoho/metadata';
import { readItems } from '../../run/operation';
import type { Outcome, Strategy } from '../../run/operation';
import type { Item } from '../../form/item';
import { excessIn } from '../../run/maxUsers';
import type { Run } from '../../run/run';
import { isRemoval } from './change';
import type { Change, PortalPerson, Unchanged } from './change';
import { isInvitation, moduleOf } from './changeCalls';
import type { CallSettings } from './changeCalls';
import { doneBefore, rememberChange } from './changeMemory';
import {
	doneJson,
	failureOf,
	heldBackOutcome,
	nameOfPerson,
	outcomeOf,
	plannedOutcome,
	unchangedOutcome,
} from './changeOutcome';
import type { Known } from './changeOutcome';
import { checkInvitations } from './checkInvitations';
import { makeChanges } from './makeChanges';
import { addRecordFields } from './recordFields';
import type { ReadUser } from './recordFields';

/** The plan of all items of a run together, before anything is written. */
export interface ChangeList {
	/** Changes to one person are in the order in which they are made. */
	changes: Change[];
	unchanged: Unchanged[];
	settings: CallSettings;
	/** The keys of the outcomes that each item gets, or why there are none. */
	named: Map<Item, Array<{ key: string } | Failure>>;
	/** The key under which an outcome is reported. */
	keyOf: (one: Pick<Unchanged, 'id' | 'action'>) => string;
	/** Whether nobody is removed, because it is not certain for everybody what has to be done. */
	holdsBack: boolean;
	/** Why a removal is held back, in plain words. */
	whyHeldBack: string;
	known: (id: string) => Known;
	/** All people concerned who are in the portal, by ID. */
	people: ReadonlyMap<string, PortalPerson>;
	/** The name of the whole in texts: "list". */
	thing: string;
	/** Why nothing at all may be done. */
	obstacle?: ZohoErrorData;
}

interface Together<S, E> {
	/** @throws NodeOperationError for an item that must not be sent */
	read: (item: Item) => { settings: S; entry: E };
	/** The subjects of an item if nothing could be looked up. */
	subjects: (item: Item) => IDataObject[];
	/**
	 * @param complete whether all items could be read
	 * @throws ZohoApiError if the portal cannot be read
	 */
	prepare: (run: Run, settings: S, entries: Map<Item, E>, complete: boolean) => Promise<ChangeList>;
}

/** Plans the changes of all items together, and makes them together. */
export function together<S, E>({ read, subjects, prepare }: Together<S, E>): Strategy {
	return (items) => {
		let settings: S | undefined;
		const readOne = (item: Item) => {
			const one = read(item);
			settings ??= one.settings;
			return one;
		};
		const { mistakes, refused, asked } = readItems(items, readOne, subjects);
		const complete = mistakes.size === 0 && refused.size === 0;
		const leader = items.find((item) => !mistakes.has(item));
		let list: ChangeList | undefined;
		let made: Promise<Map<string, Outcome[]>> | undefined;
		const refuse = (refusals: (item: Item) => Outcome[]): void => {
			for (const item of asked.keys()) {
				const failures = refusals(item);
				if (failures.length > 0) refused.set(item, failures);
			}
		};
		return {
			mistakes,
			refused,
			lookUp: async (run) => {
				if (settings === undefined) return [];
				const entries = new Map([...asked].map(([item, { entry }]) => [item, entry]));
				try {
					const prepared = await prepare(run, settings, entries, complete);
					const excess = excessOf(run, prepared);
					if (excess) {
						refuse(() => [excess]);
					} else {
						list = prepared;
						const failed = ({ named }: ChangeList, item: Item) =>
							(named.get(item) ?? []).filter((one) => 'error' in one);
						refuse((item) => failed(prepared, item));
					}
				} catch (caught) {
					const error = dataOf(caught);
					run.note(error);
					refuse((item) => subjects(item).map((subject) => ({ subject, error })));
				}
				return list ? untouched(run, list) : [];
			},
			send: async (run, some) => {
				// Removals come after everything else, so even if n8n splits the items into
				// batches, all changes are made at once.
				made ??= list ? carryOut(run, list) : Promise.resolve(new Map());
				const outcomes = await made;
				const ofItem = (item: Item): Outcome[] => {
					const own = list?.named.get(item)?.flatMap((one): Outcome[] => {
						return 'error' in one ? [one] : (outcomes.get(one.key) ?? []);
					});
					return own ?? refused.get(item) ?? [];
				};
				return some.map((item) =>
					item === leader ? [...ofItem(item), ...ofOthers(outcomes, list)] : ofItem(item),
				);
			},
		};
	};
}

/** The number of names that an error lists. */
const LISTED = 10;

/**
 * The failure of every item if a run may not continue, or would change more people than allowed.
 */
function excessOf(run: Run, list: ChangeList): Failure | undefined {
	const { changes, holdsBack, known, settings, thing, obstacle } = list;
	const removed = holdsBack ? [] : changes.filter(isRemoval);
	const { maxRemovals: allowed = Infinity } = settings;
	const labels = { thing, done: 'carried out' };
	if (obstacle) return { subject: {}, error: obstacle, labels };
	if (removed.length > allowed) {
		const people = removed.slice(0, LISTED).map(({ id }) => nameOfPerson(known(id)) ?? id);
		const actions = [...new Set(removed.map(({ action }) => action))].sort();
		const details = { found: removed.length, allowed, actions, people };
		return { subject: {}, error: errorData(0, 'TOO_MANY_REMOVALS', { details }), labels };
	}
	const changed = changes.filter((change) => !isRemoval(change)).concat(removed);
	const excess = excessIn(run, () => changed.map(({ id }) => id));
	return excess && { ...excess, labels };
}

/**
 * Makes the changes of a list, or reports them in a dry run. Returns the outcomes by their keys.
 */
async function carryOut(run: Run, list: ChangeList): Promise<Map<string, Outcome[]>> {
	const { changes, unchanged, known, holdsBack, whyHeldBack, settings, keyOf } = list;
	const { portal, dryRun, includeUnchanged, types } = settings;
	const outcomes = new Map<string, Outcome[]>();
	const add = (one: Pick<Unchanged, 'id' | 'action'>, outcome: Outcome): void => {
		const same = outcomes.get(keyOf(one));
		if (same) same.push(outcome);
		else outcomes.set(keyOf(one), [outcome]);
	};
	const mailOf = (change: Change): IDataObject => {
		const { id } = change;
		const module = moduleOf(change, settings);
		const language = settings.languageOf(change);
		const unchecked = checked?.unchecked.has(id) ? missingScopes(run.connection) : {};
		return { module, ...(language !== undefined && { language }), ...unchecked };
	};
	const made = dryRun ? undefined : await makeChanges(run, changes, settings, holdsBack);
	const checked = dryRun ? await checkInvitations(run, list) : undefined;
	const heldBack = holdsBack || (checked?.refused.size ?? 0) > 0;
	for (const { id, action, json } of made ? doneBefore(run, portal, changes, list.people) : []) {
		add({ id, action }, { subject: { personality_id: id }, json });
	}
	for (const change of changes) {
		const { id } = change;
		const before = { ...known(id), ...checked?.records.get(id), types };
		const result = made?.get(change);
		const refusal = checked?.refused.get(id);
		if (result) {
			const outcome = outcomeOf(change, result, before);
			rememberChange(run, portal, change, outcome, before.user, () =>
				doneJson(change, { code: 'SUCCESS' }, before),
			);
			add(change, outcome);
		} else if (made || (heldBack && isRemoval(change))) {
			add(change, heldBackOutcome(change, before, dryRun, whyHeldBack));
		} else if (refusal) {
			add(change, failureOf(change, refusal, before));
		} else {
			add(change, plannedOutcome(change, before, isInvitation(change) ? mailOf(change) : {}));
		}
	}
	for (const one of unchanged) {
		// A change that an earlier try of the run has made does not count as unchanged.
		if ((includeUnchanged && !outcomes.has(keyOf(one))) || one.unconfirmed) {
			add(one, unchangedOutcome(one, { ...known(one.id), types }, dryRun));
		}
	}
	const { recordFields: fields } = settings;
	if (fields) {
		const typeOf = new Map(changes.map(({ id, userType }) => [id, userType]));
		const all = [...outcomes.values(), ...list.named.values()].flat();
		const people = all.flatMap((one): ReadUser[] => {
			if ('key' in one) return [];
			const json = 'error' in one ? one.subject : one.json;
			if (json.personality_id === undefined) return [];
			const personality_id = String(json.personality_id);
			const type = json.user_type_id ?? known(personality_id).user?.user_type_id;
			const user_type_id = String(type ?? typeOf.get(personality_id));
			return [{ portal, user: { personality_id, user_type_id }, fields, json }];
		});
		await addRecordFields(run.connection, people);
	}
	return outcomes;
}

/** The people whom items name and whom no earlier try of the run has changed. */
function untouched(run: Run, list: ChangeList): IDataObject[] {
	const keys = keysIn(list);
	const named = [...list.changes, ...list.unchanged].filter((one) => keys.has(list.keyOf(one)));
	return [...new Set(named.map(({ id }) => id))]
		.filter((id) => !run.memory?.knows(id))
		.map((personality_id) => ({ personality_id }));
}

function keysIn(list: ChangeList | undefined): Set<string> {
	const named = [...(list?.named.values() ?? [])].flat();
	return new Set(named.flatMap((one) => ('error' in one ? [] : one.key)));
}

/** Outcomes of people whom no item names. */
function ofOthers(outcomes: Map<string, Outcome[]>, list?: ChangeList): Outcome[] {
	const keys = keysIn(list);
	return [...outcomes].flatMap(([key, ofPerson]) => (keys.has(key) ? [] : ofPerson));
}
