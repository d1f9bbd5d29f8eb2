import type { IDataObject } from 'n8n-workflow';

import { batch, orRefused } from '../../execution/batch';
import type { Named, Target } from '../../execution/batch';
import type { BatchCalls, Group } from '../../execution/batchRun';
import type { Outcome, Strategy } from '../../execution/operation';
import type { Item } from '../../form/item';
import type { Run } from '../../execution/run';
import { mapWithConcurrency } from '../../transport/concurrency';
import type { Connection } from '../../transport/connection';
import { dataOf, errorData } from '../../transport/error';
import type { ZohoErrorData } from '../../transport/error';
import { missingScopes } from '../../transport/metadata';
import { readCrmUsers } from '../../transport/crmUsers';
import { crmUserList } from './fields';
import { usersByEmail } from './userByEmail';

/** CRM users by ID, as they are or as a dry run expects them to be. */
export type CrmUsers = ReadonlyMap<string, IDataObject>;

interface OnCrmUsers<G extends Group> extends Omit<BatchCalls<G>, 'idKey'> {
	group: (item: Item) => G;
	maxBatchSize: number;
	/** How a user is sent, where that is not by ID alone. */
	toTarget?: (group: G, id: string) => Target<G>;
	/** Asks Zoho why it must not be done, before anything is. */
	check?: (connection: Connection, group: G, id: string) => Promise<ZohoErrorData | undefined>;
	/** What is done, in the word that a dry run has for it. */
	action: string;
	/**
	 * Why Zoho would refuse it, as far as that can be known. The user is unset where there is none.
	 * Throws ZohoApiError where it cannot be looked up.
	 */
	foresee: (
		group: G,
		user: IDataObject | undefined,
		users: CrmUsers,
		connection: Connection,
	) => ZohoErrorData | undefined | Promise<ZohoErrorData | undefined>;
	/** Whether a refusal says no more than that the user is as asked already. */
	isAsAsked?: (error: ZohoErrorData, group: G) => boolean;
	/** What is different about the user then. */
	changes: (group: G) => IDataObject;
}

/** Runs operations on CRM users by ID or email; in a dry run it is told what they would come to. */
export function onCrmUsers<G extends Group>(options: OnCrmUsers<G>): Strategy {
	const { check, toTarget = (group, id) => ({ id, group }) } = options;
	return usersByEmail(
		batch<G>({
			...options,
			who: crmUserList,
			idKey: 'id',
			find: async (run, asked) => {
				const refused = await refusedBy(run, asked, check);
				const { dryRun } = run.settings;
				const plan = dryRun && (await plannerOf(run, options));
				const targets: Array<Array<Target<G>>> = [];
				for (const { group, people } of asked) {
					const ofItem: Array<Target<G>> = [];
					for (const id of people.values) {
						const error = refused.get(keyOf(group, id));
						if (error) ofItem.push({ subject: { id }, error });
						else if (!plan) ofItem.push(toTarget(group, id));
						else
							ofItem.push(...(await orRefused(run, [{ id }], async () => [await plan(group, id)])));
					}
					targets.push(ofItem);
				}
				return targets;
			},
		}),
	);
}

/** Asks Zoho of everybody whether it must not be done. Returns why not, by what is asked of whom. */
async function refusedBy<G extends Group>(
	run: Run,
	asked: Array<Named<G>>,
	check: OnCrmUsers<G>['check'],
): Promise<Map<string, ZohoErrorData>> {
	const refused = new Map<string, ZohoErrorData>();
	if (!check) return refused;
	const all = new Map(
		asked.flatMap(({ group, people }) =>
			// Where n8n starts a run over, who was deleted already need not be asked about.
			people.values
				.filter((id) => run.settings.dryRun || !run.memory?.knows(id))
				.map((id): [string, { group: G; id: string }] => [keyOf(group, id), { group, id }]),
		),
	);
	await mapWithConcurrency([...all], run.connection.concurrency, async ([key, { group, id }]) => {
		const error = run.obstacle ?? (await check(run.connection, group, id));
		if (!error) return;
		run.note(error);
		refused.set(key, error);
	});
	return refused;
}

/** Tells for one user after the other what would be done, each knowing what was before. */
async function plannerOf<G extends Group>(
	run: Run,
	{ action, foresee, isAsAsked, changes }: OnCrmUsers<G>,
): Promise<(group: G, id: string) => Promise<Outcome>> {
	const known = new Map<string, IDataObject>();
	let unreadable: ZohoErrorData | undefined;
	try {
		for (const user of await readCrmUsers(run.connection)) known.set(String(user.id), user);
	} catch (caught) {
		unreadable = dataOf(caught);
		run.note(unreadable);
	}
	const last = new Map<string, { key: string; outcome: Outcome }>();
	return async (group, id) => {
		const subject = { id };
		if (unreadable) return { subject, error: unreadable };
		const key = keyOf(group, id);
		const before = last.get(id);
		// It would be sent once.
		if (before?.key === key) return before.outcome;
		const user = known.get(id);
		const error = await foresee(group, user, known, run.connection);
		if (!error) known.set(id, { ...user, ...changes(group) });
		const planned = { ...subject, planned: true };
		const outcome: Outcome =
			error && isAsAsked?.(error, group)
				? { subject, json: { ...planned, action: 'unchanged', unchanged: true } }
				: error
					? { subject, error: { ...error, foreseen: true } }
					: { subject, json: { ...planned, action, ...missingScopes(run.connection) } };
		last.set(id, { key, outcome });
		return outcome;
	};
}

function keyOf(group: Group, id: string): string {
	return JSON.stringify([group, id]);
}

/** What Zoho says of an ID that no CRM user has. */
export function unknownCrmUser(): ZohoErrorData {
	return errorData(400, 'INVALID_DATA', { details: { resource_path_index: 1 } });
}
