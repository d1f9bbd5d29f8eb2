import type { IDataObject } from 'n8n-workflow';

import type { OperationLabels } from '../errors/messages';
import type { Failure } from '../errors/nodeError';
import { mapWithConcurrency } from '../transport/concurrency';
import { dataOf } from '../transport/error';
import { BatchRun } from './batchRun';
import type { BatchCalls, Group } from './batchRun';
import { excessIn } from './maxUsers';
import { isFailure, readItems } from './operation';
import type { Outcome, Strategy } from './operation';
import type { ItemParameters, People } from './parameters';
import type { Result } from './result';
import type { Run } from './run';

interface Batch<G extends Group> extends BatchCalls<G> {
	/** Parameter that names whom it is about. */
	parameter: string;
	/** Reads what an item asks. Throws NodeOperationError for what must not be sent. */
	group: (item: ItemParameters) => G;
	/** Looks up whom items name. Without it everybody is named by id. */
	find?: (run: Run, asked: Array<Named<G>>) => Promise<Array<Array<Target<G>>>>;
	/** Ids that Zoho takes in one call. */
	maxBatchSize: number | ((group: G) => number);
	/** Texts that depend on the parameters. */
	labels?: (group: G) => Partial<OperationLabels>;
}

/** Whom an item names, and what it asks for them. */
export interface Named<G> {
	group: G;
	people: People;
}

/** Somebody whom an item names: to be sent, or with an outcome already. */
export type Target<G> = Outcome | ToSend<G>;

interface ToSend<G> {
	id: string;
	group: G;
	/** What is sent for them, where that is more than the id; `send` gets it in place of the id. */
	entry?: string;
	/** What the output says besides what became of it. */
	output?: IDataObject;
	/** What texts call it, where that is known. */
	name?: string;
}

/** An item whose people are looked up. */
interface Ready<G> {
	targets: Array<Target<G>>;
	/** Ids per call, where the item sets it. */
	batchSize?: number;
}

/**
 * Runs operations on things by id. Items that ask the same of Zoho become one batch: every id is
 * sent once, as many to a call as Zoho takes, and each item gets the outcomes of the ids that it
 * named. Where items ask different things of the same id, the calls run in the order of the items.
 */
export function batch<G extends Group>(options: Batch<G>): Strategy {
	const { parameter, idKey, group, find = byId } = options;
	const read = (item: ItemParameters): Named<G> & { batchSize?: number } => {
		const { batchSize } = item.value<{ batchSize?: unknown }>('options', {});
		return {
			people: item.people(parameter),
			group: group(item),
			...(batchSize !== undefined && {
				batchSize: item.amount('batchSize', batchSize, -Infinity),
			}),
		};
	};
	return (items) => {
		const { mistakes, refused, asked } = readItems(items, read, (item) =>
			subjectsOf(item.people(parameter), idKey),
		);
		const targets = new Map<ItemParameters, Array<Target<G>>>();
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
							return isRefused(named) ? { ...named, labels } : named;
						}),
					);
				});
				const excess = excessIn(items, () => foundIn([...targets.values()].flat(), idKey));
				for (const [item, all] of targets) {
					if (excess) targets.set(item, [excess]);
					const failures = (excess ? [excess] : all).filter(isRefused);
					if (failures.length > 0) refused.set(item, failures);
				}
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

async function byId<G>(_run: Run, asked: Array<Named<G>>): Promise<Array<Array<Target<G>>>> {
	return asked.map(({ group, people }) => people.values.map((id) => ({ id, group })));
}

/** What the outcome of a person is about while it is not known who that is. */
export function subjectOf(by: People['by'], value: string, idKey: string): IDataObject {
	return by === 'email' ? { email: value } : { [idKey]: value };
}

/** Like `subjectOf`, for everybody whom an item names. */
export function subjectsOf({ by, values }: People, idKey: string): IDataObject[] {
	return values.map((value) => subjectOf(by, value, idKey));
}

/**
 * Looks something up for everybody whom an item names; where that fails, all of them are refused with
 * the error.
 *
 * @param subjects what their outcomes are about then
 */
export async function orRefused<T>(
	run: Run,
	subjects: IDataObject[],
	lookUp: () => Promise<T[]>,
): Promise<Array<T | Failure>> {
	try {
		return await lookUp();
	} catch (caught) {
		const error = dataOf(caught);
		run.note(error);
		return subjects.map((subject) => ({ subject, error }));
	}
}

/** Ids of those who were found. */
function foundIn<G>(targets: Array<Target<G>>, idKey: string): string[] {
	return targets.flatMap((target) => {
		if (!isKnown(target)) return [target.id];
		return isFailure(target) ? [] : [String(target.subject?.[idKey])];
	});
}

function isRefused<G>(target: Target<G>): target is Failure {
	return isKnown(target) && isFailure(target);
}

function isKnown<G>(target: Target<G>): target is Outcome {
	return !('id' in target);
}

/** The batches of a run; an id is sent once in all parts that n8n's batching splits the run into. */
class Batches<G extends Group> {
	private readonly all = new Map<string, BatchRun<G>>();

	/** What was asked of each id last, and in which turn. */
	private readonly turns = new Map<string, { asks: string; turn: number }>();

	constructor(private readonly options: Batch<G>) {}

	async send(run: Run, items: Array<Ready<G>>): Promise<Outcome[][]> {
		const outcomes = items.map(({ targets, batchSize }) => {
			const keys = new Map<G, string>();
			return targets.map((target) => {
				if (isKnown(target)) return () => target;
				const { id, group, entry = id } = target;
				const size = this.sizeFor(group, batchSize);
				const key = keys.get(group) ?? JSON.stringify([group, size]);
				keys.set(group, key);
				const turn = this.turnOf(id, `${key} ${entry}`);
				const one = this.batchOf(run, group, size, key, turn);
				one.add(entry);
				return () => this.outcomeOf(target, one.resultOf(entry));
			});
		});
		await runInTurn([...this.all.values()], run.connection.concurrency);
		return outcomes.map((ofItem) => ofItem.map((outcome) => outcome()));
	}

	private sizeFor(group: G, wanted?: number): number {
		const { maxBatchSize } = this.options;
		const allowed = typeof maxBatchSize === 'number' ? maxBatchSize : maxBatchSize(group);
		return Math.max(1, Math.min(allowed, wanted ?? allowed));
	}

	private turnOf(id: string, asks: string): number {
		const before = this.turns.get(id);
		const turn = before ? before.turn + (before.asks === asks ? 0 : 1) : 0;
		if (turn !== before?.turn) this.turns.set(id, { asks, turn });
		return turn;
	}

	private batchOf(run: Run, group: G, size: number, key: string, turn: number): BatchRun<G> {
		const name = `${turn} ${key}`;
		const one = this.all.get(name) ?? new BatchRun(run, this.options, group, size, name, turn);
		this.all.set(name, one);
		return one;
	}

	private outcomeOf({ id, group, output, name }: ToSend<G>, result: Result): Outcome {
		const { idKey, labels } = this.options;
		const subject = { [idKey]: id };
		return 'error' in result
			? { subject, name, error: result.error, labels: labels?.(group) }
			: { subject, json: { ...subject, ...result.output, ...output } };
	}
}

/** Runs batches side by side, but those of a later turn after those of an earlier one. */
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
