import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../../errors/nodeError';
import { batch, orRefused, subjectOf } from '../../run/batch';
import type { Named, Target } from '../../run/batch';
import type { BatchCalls, Group } from '../../run/batchRun';
import { findCrmUser } from '../../run/crmUserNames';
import { hint } from '../../run/hint';
import type { Outcome, Strategy } from '../../run/operation';
import type { Run } from '../../run/run';
import type { Item } from '../../form/item';
import { isEmail } from '../../form/locator';
import { mapWithConcurrency } from '../../http/concurrency';
import type { Connection } from '../../http/connection';
import { connectedUserId, readCrmUsers } from '../../zoho/crmUsers';
import { dataOf, errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { missingScopes } from '../../zoho/metadata';
import { crmUserList } from './fields';

/** CRM users by ID, as they are now or as a dry run expects them to be. */
export type CrmUsers = ReadonlyMap<string, IDataObject>;

interface OnCrmUsers<G extends Group> extends Omit<BatchCalls<G>, 'idKey'> {
	group: (item: Item) => G;
	maxBatchSize: number;
	/** How a user is sent, if the ID alone is not enough. */
	toTarget?: (group: G, id: string) => { id: string; group: G; entry: string };
	/** IDs of other users whom the change concerns. */
	others?: (group: G) => string[];
	/** Asks Zoho before any change whether there is a reason not to make this one. */
	check?: (connection: Connection, group: G, id: string) => Promise<ZohoErrorData | undefined>;
	/** The action, as a dry run names it. */
	action: string;
	/**
	 * The error with which Zoho would refuse the change, if it can be known in advance. `user` is
	 * undefined if there is no such user. Throws ZohoApiError if this cannot be looked up.
	 */
	foresee: (
		group: G,
		user: IDataObject | undefined,
		users: CrmUsers,
		connection: Connection,
	) => ZohoErrorData | undefined | Promise<ZohoErrorData | undefined>;
	/** Whether a refusal only means that the user is already in the requested state. */
	isAsAsked?: (error: ZohoErrorData, group: G) => boolean;
	/** The properties of the user that the change affects. */
	changes: (group: G) => IDataObject;
}

/** One change to one CRM user: a run makes it, a dry run reports it. */
interface CrmUserChange<G> {
	id: string;
	group: G;
	/** Name and email of the user, if they were read. */
	known: IDataObject;
	/** Why the change must not be made. */
	error?: ZohoErrorData;
}

/** Runs operations on CRM users, whom items name by ID or email. */
export function onCrmUsers<G extends Group>(options: OnCrmUsers<G>): Strategy {
	return batch<G>({
		...options,
		who: crmUserList,
		idKey: 'id',
		find: async (run, asked) => {
			const plan = await planOf(run, asked, options);
			const { dryRun } = run.settings;
			const isPredicted = dryRun || isChained(plan, options);
			const predict = isPredicted ? await forecast(run, options) : undefined;
			const judge = judgeInOrder(dryRun && predict ? predict : sending(run, options, predict));
			const targets: Array<Array<Target<G>>> = [];
			for (const changes of plan) {
				const ofItem: Array<Target<G>> = [];
				for (const one of changes) ofItem.push('group' in one ? await judge(one) : one);
				targets.push(ofItem);
			}
			return targets;
		},
	});
}

/** The changes that the items ask for: a change or an error for each user that an item names. */
async function planOf<G extends Group>(
	run: Run,
	asked: Array<Named<G>>,
	options: OnCrmUsers<G>,
): Promise<Array<Array<CrmUserChange<G> | Failure>>> {
	const { check } = options;
	const known = await readIfNeeded(run, asked);
	const plan: Array<Array<CrmUserChange<G> | Failure>> = [];
	for (const { group, people } of asked) {
		const ofItem: Array<CrmUserChange<G> | Failure> = [];
		for (const value of people.values) {
			const change = async () => {
				const id = isEmail(value) ? await idWith(run, value) : value;
				return [{ id, group, known: knownOf(known.get(id)) }];
			};
			ofItem.push(...(await orRefused(run, [subjectOf(value, 'id')], change)));
		}
		plan.push(ofItem);
	}
	if (check) await checkAll(run, plan, check);
	refuseSuccessors(plan, options);
	return plan;
}

async function idWith(run: Run, email: string): Promise<string> {
	return String((await findCrmUser(run, email, crmUserList.property.displayName)).id);
}

/**
 * All CRM users by ID, if an item names a user by email or the run is a dry run; otherwise none.
 */
async function readIfNeeded<G>(run: Run, asked: Array<Named<G>>): Promise<CrmUsers> {
	if (!run.settings.dryRun && !asked.some(({ people }) => people.values.some(isEmail)))
		return new Map();
	// If the list cannot be read, every item that needs it gets that error later.
	return await allCrmUsers(run.connection).catch(() => new Map<string, IDataObject>());
}

async function allCrmUsers(connection: Connection): Promise<Map<string, IDataObject>> {
	return new Map((await readCrmUsers(connection)).map((user) => [String(user.id), user]));
}

function knownOf(user: IDataObject | undefined): IDataObject {
	return user ? { name: user.full_name, email: user.email } : {};
}

/**
 * Asks Zoho once for each user and change whether there is a reason not to make it, and stores it.
 */
async function checkAll<G extends Group>(
	run: Run,
	plan: Array<Array<CrmUserChange<G> | Failure>>,
	check: NonNullable<OnCrmUsers<G>['check']>,
): Promise<void> {
	const sharing = new Map<string, Array<CrmUserChange<G>>>();
	for (const change of plan.flat()) {
		if (!('group' in change)) continue;
		// If n8n starts a run again, users whom the first try has deleted need no check.
		if (!run.settings.dryRun && run.memory?.knows(change.id)) continue;
		const key = keyOfChange(change);
		const same = sharing.get(key);
		if (same) same.push(change);
		else sharing.set(key, [change]);
	}
	await mapWithConcurrency([...sharing.values()], run.connection.concurrency, async (changes) => {
		const [{ group, id }] = changes;
		const error = run.obstacle ?? (await check(run.connection, group, id));
		if (!error) return;
		run.note(error);
		for (const change of changes) change.error = error;
	});
}

/**
 * Refuses to delete users who take over from others in the same run: what they would leave behind was
 * checked before, and until that transfer is certain, the data may still be on its way to them. Users
 * cannot take over from themselves either.
 */
function refuseSuccessors<G extends Group>(
	plan: Array<Array<CrmUserChange<G> | Failure>>,
	{ others, changes }: OnCrmUsers<G>,
): void {
	const successors = new Set<string>();
	for (const change of plan.flat()) {
		if (!('group' in change)) continue;
		const { id, group } = change;
		const taking = others?.(group) ?? [];
		const isDeleted = changes(group).status === 'deleted';
		if (taking.includes(id)) change.error ??= errorData(0, 'SAME_USER');
		else if (isDeleted && successors.has(id)) change.error ??= errorData(0, 'SUCCESSOR');
		else for (const other of taking) successors.add(other);
	}
}

/** What becomes of a change. */
type Judge<G> = (change: CrmUserChange<G>) => Promise<Target<G>>;

/** Judges changes in order. The same change to a user is made only once. */
function judgeInOrder<G extends Group>(judge: Judge<G>): Judge<G> {
	const last = new Map<string, { key: string; target: Target<G> }>();
	return async (change) => {
		const { id, known, error } = change;
		if (error) return { subject: { id, ...known }, error };
		const key = keyOfChange(change);
		const before = last.get(id);
		if (before?.key === key) return before.target;
		const target = await judge(change);
		last.set(id, { key, target });
		return target;
	};
}

/**
 * Sends changes.
 *
 * @param predict if given, changes that would be refused are not sent
 */
function sending<G extends Group>(
	{ memory }: Run,
	{ others, toTarget }: OnCrmUsers<G>,
	predict?: Judge<G>,
): Judge<G> {
	return async (change) => {
		const { id, group, known } = change;
		// If n8n starts a run again, the first try may have made the change.
		const target = predict && !memory?.knows(id) ? await predict(change) : undefined;
		if (target && 'error' in target) return target;
		return {
			...(toTarget ? toTarget(group, id) : { id, group }),
			others: others?.(group),
			who: known,
		};
	};
}

/** Whether one of the changes concerns another user who is changed, too. */
function isChained<G extends Group>(
	plan: Array<Array<CrmUserChange<G> | Failure>>,
	{ others }: OnCrmUsers<G>,
): boolean {
	const changes = plan.flat().flatMap((one) => ('group' in one ? [one] : []));
	const ids = new Set(changes.map(({ id }) => id));
	return changes.some(({ group }) => others?.(group).some((id) => ids.has(id)));
}

/** Predicts the changes in order, each based on the users as the previous changes leave them. */
async function forecast<G extends Group>(
	run: Run,
	{ action, foresee, isAsAsked, changes }: OnCrmUsers<G>,
): Promise<Judge<G>> {
	const { connection } = run;
	const users = await allCrmUsers(connection).catch(dataOf);
	if (!(users instanceof Map)) {
		run.note(users);
		return async ({ id }) => ({ subject: { id }, error: users });
	}
	return async ({ id, group, known }) => {
		const subject = { id, ...known };
		const planned = (json: IDataObject): Outcome => ({
			subject,
			json: { ...subject, planned: true, ...json },
		});
		const [outcome] = await orRefused(run, [subject], async (): Promise<Outcome[]> => {
			const user = users.get(id);
			const error = await foresee(group, user, users, connection);
			if (!error) {
				const changed = changes(group);
				const self = await ownAccess(connection, id, changed);
				users.set(id, { ...user, ...changed });
				return [planned({ action, ...self, ...missingScopes(connection) })];
			}
			if (isAsAsked?.(error, group)) return [planned({ action: 'unchanged', unchanged: true })];
			return [{ subject, error: { ...error, foreseen: true } }];
		});
		return outcome;
	};
}

/** Marks changes that would lock out the credential that makes them. */
async function ownAccess(
	connection: Connection,
	id: string,
	{ status }: IDataObject,
): Promise<IDataObject> {
	const isLoss = status === 'deleted' || status === 'inactive';
	if (!isLoss || (await connectedUserId(connection)) !== id) return {};
	hint(
		connection,
		'The credential is connected as one of these CRM users. Once that user has no access, Zoho refuses all calls of the credential.',
	);
	return { connected_user: true };
}

function keyOfChange<G extends Group>({ group, id }: CrmUserChange<G>): string {
	return JSON.stringify([group, id]);
}

/** Zoho's error for an ID that no CRM user has. */
export function unknownCrmUser(): ZohoErrorData {
	return errorData(400, 'INVALID_DATA', { details: { resource_path_index: 1 } });
}
