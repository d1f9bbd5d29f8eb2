import type { Failure } from '../../errors/nodeError';
import type { Field } from '../../form/field';
import type { Item } from '../../form/item';
import type { Run } from '../../run/run';
import { userTypesOf } from '../../zoho/directory';
import { findByIds } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import { jobOptionsOf, portal } from '../fields';
import type { JobOptions } from '../fields';
import { keyOfRow, planApply } from './applyPlan';
import type { ChangeSettings } from './change';
import type { ChangeList } from './changeList';
import { stateBefore, wasTried } from './changeMemory';
import { failure, labelsOf } from './changeOutcome';
import { foundOf } from './found';
import type { Found } from './found';
import type { PlanRow, Row } from './plannedItem';

/** The options that an operation on rows may have. */
type RowOptions = Partial<JobOptions> &
	Partial<Pick<ChangeSettings, 'dryRun' | 'maxRemovals' | 'batchSize'>>;

/** The settings for all rows of a run. Each row has an outcome, even if nothing has to be done. */
export function rowSettings(item: Item, options: Field<RowOptions>): ChangeSettings {
	const { dryRun = false, maxRemovals, batchSize, ...job } = item.read(options);
	return {
		portal: item.read(portal),
		dryRun,
		includeUnchanged: true,
		...(maxRemovals !== undefined && { maxRemovals }),
		...(batchSize !== undefined && { batchSize }),
		...jobOptionsOf(job),
	};
}

interface RowsAsPlan<R extends Row> {
	/**
	 * The plan of the rows, one entry for each; `people` has everybody who is in the portal now, by
	 * ID.
	 */
	asPlan: (rows: R[], people: ReadonlyMap<string, Found>) => PlanRow[];
	/** Whether nobody is removed if some of the rows cannot be carried out. */
	holdsBack: boolean;
	/** Ends "Nobody was removed, because". */
	whyHeldBack: string;
	/** The name of the rows in texts: "plan". */
	thing: string;
}

/** Reads the current state of the people in the rows, and compares the rows with it. */
export async function prepareRows<R extends Row>(
	run: Run,
	settings: ChangeSettings,
	entries: Map<Item, Array<R | Failure>>,
	complete: boolean,
	{ asPlan, holdsBack, whyHeldBack, thing }: RowsAsPlan<R>,
): Promise<ChangeList> {
	const { portal: inPortal } = settings;
	const { connection } = run;
	const rows = [...entries.values()].flat().flatMap((row) => ('error' in row ? [] : [row]));
	const types = await userTypesOf(connection, inPortal);
	const ids = [...new Set(rows.map(({ id }) => id))];
	const users = ids.length === 0 ? [] : await findByIds(connection, inPortal, types, ids);
	const byId = new Map(users.map((user): [string, PortalUser] => [user.personality_id, user]));
	const people = new Map(users.map((user) => [user.personality_id, foundOf(user)]));
	const plan = asPlan(rows, people);
	const planned = plan.flatMap((row) => ('action' in row ? [row] : []));
	const { changes, unchanged, refused } = planApply(planned, {
		people,
		types,
		wasTried: (change) => wasTried(run, inPortal, change),
	});
	const languages = new Map<string, string | undefined>();
	for (const row of planned) {
		const key = keyOfRow(row);
		if ('language' in row && !languages.has(key)) languages.set(key, row.language);
	}
	const who = new Map(rows.map((row) => [row.id, row.who]));
	const known = (id: string) => ({
		user: stateBefore(run, inPortal, id, byId.get(id)),
		said: who.get(id),
	});
	const resultOf = (row: PlanRow): Failure | { key: string } => {
		if ('error' in row) return row;
		if (!('action' in row)) return { key: keyOfRow(row) };
		const { id, action } = row;
		const error = refused.get(keyOfRow(row));
		const labels = action === 'unchanged' ? undefined : labelsOf(action);
		return error ? failure(id, error, known(id), labels) : { key: keyOfRow(row) };
	};
	const results = new Map(rows.map((row, position) => [row, resultOf(plan[position])]));
	const named = new Map(
		[...entries].map(([item, ofItem]) => [
			item,
			ofItem.map((row) => ('error' in row ? row : (results.get(row) ?? { key: '' }))),
		]),
	);
	const kept = new Set(plan.flatMap((row) => ('id' in row && !('action' in row) ? [row.id] : [])));
	return {
		changes,
		unchanged: [...unchanged, ...[...kept].map((id) => ({ id }))],
		named,
		keyOf: keyOfRow,
		known,
		people: new Map([...people].map(([id, found]) => [id, { id, ...found }])),
		holdsBack: holdsBack && (!complete || [...named.values()].flat().some((one) => 'error' in one)),
		whyHeldBack,
		thing,
		settings: { ...settings, types, languageOf: (change) => languages.get(keyOfRow(change)) },
	};
}
