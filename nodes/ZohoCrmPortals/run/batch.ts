import type { IDataObject } from 'n8n-workflow';

import type { OperationLabels } from '../errors/messages';
import type { Failure } from '../errors/nodeError';
import { mapWithConcurrency } from '../http/concurrency';
import { dataOf } from '../http/error';
import { BatchRun } from './batchRun';
import type { BatchCalls, Group } from './batchRun';
import { excessIn } from './maxUsers';
import { merged } from './merged';
import { isFailure, readItems } from './operation';
import type { Outcome, Strategy } from './operation';
import type { Field } from '../form/field';
import type { Item } from '../form/item';
import { isEmail } from '../form/locator';
import type { People } from '../form/locator';
import type { Result } from './result';
import type { Connection } from '../http/connection';
import type { Run } from './run';

interface Batch<G extends Group> extends BatchCalls<G> {
	/** The field that names the people. */
	who: Field<People>;
	/**
	 * Reads the request of an item. Throws NodeOperationError for an item that must not be sent.
	 */
	group: (item: Item) => G;
	/** Reads how many IDs go into one call, if the user set it. */
	batchSize?: (item: Item) => number | undefined;
	/** What the calls have read about a person who was not looked up before. */
	readOf?: (connection: Connection, id: string) => IDataObject | undefined;
	/** Looks up the people whom items name. Without it, everybody is named by ID. */
	find?: (run: Run, asked: Array<Named<G>>) => Promise<Array<Array<Target<G>>>>;
	/** The most IDs that Zoho accepts in one call. */
	maxBatchSize: number | ((group: G) => number);
	/** Labels that depend on the parameters. */
	labels?: (group: G) => Partial<OperationLabels>;
}

/** The people that an item names, and its request. */
export interface Named<G> {
	group: G;
	people: People;
}

/** A person that an item names: to be sent, or with an outcome already. */
export type Target<G> = Outcome | ToSend<G>;

interface ToSend<G> {
	id: string;
	group: G;
	/** The entry for the request, if it is more than the ID; `send` gets it in place of the ID. */
	entry?: string;
	/** Other IDs that the change concerns; it runs in the order of the items with changes to them. */
	others?: string[];
	/** The name, email and user type, if known, for every outcome. */
	who?: IDataObject;
	/** Additional output properties. */
	output?: IDataObject;
	/** Output properties that hold once the change is done, but not while a job is scheduled. */
	after?: IDataObject;
	/** The name in texts, if known. */
	name?: string;
}

/** An item whose people have been looked up. */
interface Ready<G> {
	targets: Array<Target<G>>;
	/** IDs per call, if the item sets it. */
	batchSize?: number;
}

/**
 * Runs operations on objects with IDs. Items with the same request form one batch: every ID is sent
 * once, with as many IDs per call as Zoho accepts, and each item gets the outcomes of its IDs. If
 * items request different changes that concern the same ID, the calls run in the order of the items.
 */
export function batch<G extends Group>(options: Batch<G>): Strategy {
	const { who, idKey, find = byId } = options;
	return (items) => {
		const wanted = wantedBy(options);
		const read = (item: Item) => ({
			...wanted(item),
			people: item.read(who),
		});
		const { mistakes, refused, asked } = readItems(items, read, (item) =>
			subjectsOf(item.read(who), idKey),
		);
		const targets = new Map<Item, Array<Target<G>>>();
		const batches = new Batches(options);
		return {
			mistakes,
			refused,
			lookUp: async (run) => {
				const found = await find(run, [...asked.values()]);
				[...asked].forEach(([item, { group: asks, people }], position) => {
					const labels = options.labels?.(asks);
					targets.set(
						item,
						found[position].map((one) => {
							if ('json' in one) return one;
							const named = { ...one, name: one.name ?? people.name };
							return isRefused(named)
								? { ...named, labels: { ...labels, ...named.labels } }
								: named;
						}),
					);
				});
				const excess = excessIn(run, () => foundIn([...targets.values()].flat(), idKey));
				for (const [item, all] of targets) {
					if (excess) targets.set(item, [excess]);
					const failures = (excess ? [excess] : all).filter(isRefused);
					if (failures.length > 0) refused.set(item, failures);
				}
				return [...targets.values()].flat().flatMap((one) => {
					if (isKnown(one)) return isFailure(one) ? [] : [one.subject ?? {}];
					// An earlier try of the run may have changed them.
					return run.memory?.knows(one.entry ?? one.id) ? [] : [{ [idKey]: one.id, ...one.who }];
				});
			},
			send: async (run, some) =>
				await batches.send(
					run,
					some.map((item) => ({
						targets: targets.get(item) ?? refused.get(item) ?? [],
						batchSize: asked.get(item)?.batchSize,
					})),
				),
		};
	};
}

/** The request of an item, without the people. */
interface WantedItem<G> {
	group: G;
	/** IDs per call, if the item sets it. */
	batchSize?: number;
}

/** Reads the requests of items; only once if all items have the same one. */
function wantedBy<G extends Group>({ group, batchSize }: Batch<G>): (item: Item) => WantedItem<G> {
	const read = (item: Item): WantedItem<G> => {
		const size = batchSize?.(item);
		return { group: group(item), ...(size !== undefined && { batchSize: size }) };
	};
	let same: WantedItem<G> | undefined;
	return (item) => {
		if (same) return same;
		const { value, isSame } = item.reading(read);
		if (isSame) same = value;
		return value;
	};
}

async function byId<G>(_run: Run, asked: Array<Named<G>>): Promise<Array<Array<Target<G>>>> {
	return asked.map(({ group, people }) => people.values.map((id) => ({ id, group })));
}

/** The subject of an outcome while the person has not been identified. */
export function subjectOf(value: string, idKey: string): IDataObject {
	return isEmail(value) ? { email: value } : { [idKey]: value };
}

/** Like `subjectOf`, for all people that an item names. */
export function subjectsOf({ of, values }: People, idKey: string): IDataObject[] {
	return values.map((value) => (of ? { [of]: value } : subjectOf(value, idKey)));
}

/**
 * Looks something up for all people that an item names. If that fails, all of them get the error.
 *
 * @param subjects the subjects of their outcomes in that case
 * @param labels their labels in that case, if they differ
 */
export async function orRefused<T>(
	run: Run,
	subjects: IDataObject[],
	lookUp: () => Promise<T[]>,
	labels?: Failure['labels'],
): Promise<Array<T | Failure>> {
	try {
		return await lookUp();
	} catch (caught) {
		const error = dataOf(caught);
		run.note(error);
		return subjects.map((subject) => ({ subject, error, ...(labels && { labels }) }));
	}
}

/**
 * IDs of the people who were found. A foreseen refusal counts as well, because it is certain only
 * after reading the person, and a run does not always read everybody.
 */
function foundIn<G>(targets: Array<Target<G>>, idKey: string): string[] {
	return targets.flatMap((target) => {
		if (!isKnown(target)) return [target.id];
		const isUnknown = isFailure(target) && !target.error.foreseen;
		return isUnknown ? [] : [String(target.subject?.[idKey])];
	});
}

function isRefused<G>(target: Target<G>): target is Failure {
	return isKnown(target) && isFailure(target);
}

function isKnown<G>(target: Target<G>): target is Outcome {
	return !('id' in target);
}

/** A request for some IDs, in one batch per turn. */
interface Ask<G extends Group> {
	/** The key that all groups with this request share. */
	key: string;
	group: G;
	/** IDs per call. */
	size: number;
	byTurn: Map<number, BatchRun<G>>;
}

const NOBODY: string[] = [];

/**
 * The batches of a run. An ID is sent only once, even if n8n's batching splits the run into parts.
 */
class Batches<G extends Group> {
	private readonly asks = new Map<string, Ask<G>>();

	private readonly askOfGroup = new Map<G, Ask<G>>();

	/** The last request for each ID, and its turn. */
	private readonly last = new Map<string, { ask: Ask<G>; entry: string; turn: number }>();

	/** The last turn with a change that concerns an ID among others. */
	private readonly lastOther = new Map<string, number>();

	constructor(private readonly options: Batch<G>) {}

	async send(run: Run, items: Array<Ready<G>>): Promise<Outcome[][]> {
		const outcomes = items.map(({ targets, batchSize }) =>
			targets.map((target) => {
				if (isKnown(target)) return () => target;
				const { group, entry = target.id } = target;
				const ask = this.askOf(group, batchSize);
				const one = this.batchOf(run, ask, this.turnOf(target, ask, entry));
				one.add(entry);
				return () => this.outcomeOf(run, target, one.resultOf(entry));
			}),
		);
		const all = [...this.asks.values()].flatMap(({ byTurn }) => [...byTurn.values()]);
		await runInTurn(all, run.connection.concurrency);
		return outcomes.map((ofItem) => ofItem.map((outcome) => outcome()));
	}

	/** @param batchSize the same for all items of a group */
	private askOf(group: G, batchSize?: number): Ask<G> {
		const known = this.askOfGroup.get(group);
		if (known) return known;
		const size = this.sizeFor(group, batchSize);
		const key = JSON.stringify([group, size]);
		const ask = this.asks.get(key) ?? { key, group, size, byTurn: new Map() };
		this.asks.set(key, ask);
		this.askOfGroup.set(group, ask);
		return ask;
	}

	private sizeFor(group: G, wanted?: number): number {
		const { maxBatchSize } = this.options;
		const allowed = typeof maxBatchSize === 'number' ? maxBatchSize : maxBatchSize(group);
		return Math.max(1, Math.min(allowed, wanted ?? allowed));
	}

	private turnOf({ id, others = NOBODY }: ToSend<G>, ask: Ask<G>, entry: string): number {
		const before = this.last.get(id);
		if (before?.ask === ask && before.entry === entry) return before.turn;
		let turn = Math.max(before?.turn ?? -1, this.lastOther.get(id) ?? -1) + 1;
		for (const one of others) turn = Math.max(turn, (this.last.get(one)?.turn ?? -1) + 1);
		this.last.set(id, { ask, entry, turn });
		for (const one of others) {
			this.lastOther.set(one, Math.max(turn, this.lastOther.get(one) ?? 0));
		}
		return turn;
	}

	private batchOf(run: Run, { key, group, size, byTurn }: Ask<G>, turn: number): BatchRun<G> {
		const one =
			byTurn.get(turn) ?? new BatchRun(run, this.options, group, size, `${turn} ${key}`, turn);
		byTurn.set(turn, one);
		return one;
	}

	private outcomeOf({ connection }: Run, target: ToSend<G>, result: Result): Outcome {
		const { id, group, output, after, name } = target;
		const { idKey, labels, readOf } = this.options;
		const subject = merged({ [idKey]: id }, target.who ?? readOf?.(connection, id));
		if ('error' in result) {
			return { subject, name, error: result.error, labels: labels?.(group) };
		}
		const { scheduled } = result.output;
		const then = scheduled === true ? undefined : after;
		return { subject, json: merged(subject, result.output, then, output) };
	}
}

/** Runs batches in parallel, but each turn only after the previous one. */
async function runInTurn<G extends Group>(
	batches: Array<BatchRun<G>>,
	concurrency: number,
): Promise<void> {
	const turns = new Map<number, Array<BatchRun<G>>>();
	for (const one of batches) turns.set(one.turn, [...(turns.get(one.turn) ?? []), one]);
	for (const turn of [...turns.keys()].sort((a, b) => a - b)) {
		await mapWithConcurrency(turns.get(turn) ?? [], concurrency, async (one) => await one.send());
	}
}
