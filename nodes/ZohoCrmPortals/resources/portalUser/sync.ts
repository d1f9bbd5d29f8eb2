import type { IDataObject } from 'n8n-workflow';

import { sayNoLicense } from '../../errors/messages';
import { subjectOf } from '../../run/batch';
import { readItems } from '../../run/operation';
import type { Operation, Outcome, Strategy } from '../../run/operation';
import type { Item } from '../../form/item';
import { language } from './fields';
import {
	listedRecords,
	listedUserType,
	listPortal,
	others,
	othersIn,
	syncOptions,
	whenUnconfirmed,
} from './syncFields';
import type { Run } from '../../run/run';
import { dataOf } from '../../http/error';
import { missingScopes } from '../../zoho/metadata';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { isInvitation } from './syncCalls';
import { checkInvitations } from './syncCheck';
import { readSyncItem } from './syncItem';
import type { Entry, SyncSettings } from './syncItem';
import { excessOf, prepareList } from './syncList';
import type { SyncList } from './syncList';
import { doneBefore, remember, rememberState } from './syncMemory';
import {
	doneJson,
	failureOf,
	heldBackOutcome,
	outcomeOf,
	plannedOutcome,
	unchangedOutcome,
} from './syncOutcome';
import { isRemoval } from './syncPlan';
import { makeChanges } from './syncRun';

export const sync: Operation = {
	name: 'Sync',
	value: 'sync',
	action: 'Sync portal users with a list',
	description:
		'Make the portal follow a list: invite people who are missing, transfer those with another user type, activate those who are inactive, and remove everyone else if you say so',
	method: 'POST',
	path: '/{module}/actions/portal_invite',
	scopes: [CLIENT_PORTAL.create, CLIENT_PORTAL.read, CLIENT_PORTAL.update, CLIENT_PORTAL.delete],
	limit: '200 users a page to read, then what the calls of its changes take',
	hint: 'Zoho will mail an invitation to people who are missing. "Everyone Else" can take access away: try it with "Dry Run" first',
	thing: 'portal user',
	done: 'synced',
	messages: { LICENSE_LIMIT_EXCEEDED: sayNoLicense('portal user') },
	fields: [
		listPortal,
		listedUserType,
		listedRecords,
		whenUnconfirmed,
		others,
		othersIn,
		language,
		syncOptions,
	],
	options: syncOptions,
	strategy: followList(),
};

/** All items are one list: they are planned together, and carried out together. */
function followList(): Strategy {
	return (items) => {
		let first: SyncSettings | undefined;
		const { mistakes, refused, asked } = readItems(items, (item) => {
			const read = readSyncItem(item);
			first ??= read.settings;
			return read;
		});
		const complete = mistakes.size === 0 && refused.size === 0;
		const leader = items.find((item) => !mistakes.has(item));
		let list: SyncList | undefined;
		let synced: Promise<Map<string, Outcome[]>> | undefined;
		return {
			mistakes,
			refused,
			lookUp: async (run) => {
				if (first === undefined) return;
				const entries = new Map([...asked].map(([item, { entry }]) => [item, entry]));
				const prepared = await prepare(run, first, entries, complete);
				list = prepared.list;
				for (const [item, failures] of prepared.refused) refused.set(item, failures);
			},
			send: async (run, some) => {
				// Removals come after all else, so what n8n splits into batches is done at once.
				synced ??= list ? carryOut(run, list) : Promise.resolve(new Map());
				const outcomes = await synced;
				const ofItem = (item: Item): Outcome[] => {
					const own = list?.named.get(item)?.flatMap((one): Outcome[] => {
						return 'error' in one ? [one] : (outcomes.get(one.id) ?? []);
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

/** What a list comes to before anything is written, and the items that cannot be done. */
interface Prepared {
	refused: Map<Item, Outcome[]>;
	/** Undefined where nothing can be done. */
	list?: SyncList;
}

async function prepare(
	run: Run,
	settings: SyncSettings,
	entries: Map<Item, Entry>,
	complete: boolean,
): Promise<Prepared> {
	const refused = new Map<Item, Outcome[]>();
	try {
		const list = await prepareList(run, settings, entries, complete);
		const excess = excessOf(run, list);
		if (excess) return { refused: new Map([...entries.keys()].map((item) => [item, [excess]])) };
		for (const [item, named] of list.named) {
			const failures = named.filter((one) => 'error' in one);
			if (failures.length > 0) refused.set(item, failures);
		}
		return { list, refused };
	} catch (caught) {
		const error = dataOf(caught);
		run.note(error);
		for (const [item, { people }] of entries) {
			const failed = people.values.map((value) => ({
				subject: subjectOf(people.by, value, 'personality_id'),
				error,
			}));
			refused.set(item, failed);
		}
		return { refused };
	}
}

/** Makes the portal follow a list, or says what that would take; returns the outcomes of each person. */
async function carryOut(run: Run, list: SyncList): Promise<Map<string, Outcome[]>> {
	const { plan, known, holdsBack, settings } = list;
	const { portal, dryRun, includeUnchanged } = settings;
	const outcomes = new Map<string, Outcome[]>();
	const add = (id: string, outcome: Outcome): void => {
		const same = outcomes.get(id);
		if (same) same.push(outcome);
		else outcomes.set(id, [outcome]);
	};
	const mailOf = (id: string): IDataObject => {
		const language = settings.languageOf(id);
		const unchecked = checked?.unchecked.has(id) ? missingScopes(run.connection) : {};
		return { ...(language !== undefined && { language }), ...unchecked };
	};
	const made = dryRun ? undefined : await makeChanges(run, plan.changes, settings, holdsBack);
	const checked = dryRun ? await checkInvitations(run, list) : undefined;
	const heldBack = holdsBack || (checked?.refused.size ?? 0) > 0;
	for (const json of made ? doneBefore(run, portal, plan.changes, list.people) : []) {
		const { personality_id } = json;
		add(String(personality_id), { subject: { personality_id }, json });
	}
	for (const change of plan.changes) {
		const { id } = change;
		const before = { ...known(id), ...checked?.records.get(id) };
		const result = made?.get(change);
		const refusal = checked?.refused.get(id);
		if (result) {
			const outcome = outcomeOf(change, result, before);
			rememberState(run, portal, id, before.user);
			remember(run, portal, change, outcome, () => doneJson(change, { code: 'SUCCESS' }, before));
			add(id, outcome);
		} else if (made || (heldBack && isRemoval(change))) {
			add(id, heldBackOutcome(change, before, dryRun));
		} else if (refusal) {
			add(id, failureOf(change, refusal, before));
		} else {
			add(id, plannedOutcome(change, before, isInvitation(change) ? mailOf(id) : {}));
		}
	}
	for (const one of plan.unchanged) {
		// What an earlier try of the run has done is no lack of change.
		if ((includeUnchanged && !outcomes.has(one.id)) || one.unconfirmed) {
			add(one.id, unchangedOutcome(one, known(one.id), dryRun));
		}
	}
	return outcomes;
}

/** Outcomes of those whom no item names. */
function ofOthers(outcomes: Map<string, Outcome[]>, list?: SyncList): Outcome[] {
	const named = [...(list?.named.values() ?? [])].flat();
	const onList = new Set(named.map((one) => ('error' in one ? undefined : one.id)));
	return [...outcomes].flatMap(([id, ofPerson]) => (onList.has(id) ? [] : ofPerson));
}
