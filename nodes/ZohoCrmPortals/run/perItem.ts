import type { IDataObject } from 'n8n-workflow';

import type { OperationLabels } from '../errors/messages';
import { mapWithConcurrency } from '../http/concurrency';
import type { Connection } from '../http/connection';
import { dataOf } from '../http/error';
import { isObject } from '../http/exactJson';
import type { ZohoRequest } from '../http/request';
import { askItems } from './operation';
import type { Outcome, Strategy } from './operation';
import type { Item } from '../form/item';
import { stands, withDoubt } from './retryMemory';
import type { Result } from './result';
import type { Run } from './run';

/** The request of an item, as plain JSON. */
interface ItemGroup {
	/** Identifies the object of the item, for texts and outcomes. */
	subject: IDataObject;
	/** The name of the object, if known. */
	subjectName?: string;
	request: ZohoRequest;
}

/** The output of a dry run for an item, in addition to its subject. */
interface PlannedOutcome extends IDataObject {
	/** The planned action, in the past tense: "created". */
	action: string;
}

/** The request of an item. */
interface AskedItem<G> {
	index: number;
	group: G;
}

interface PerItem<G extends ItemGroup> {
	/**
	 * Reads the request of an item. Throws NodeOperationError for an item that must not be sent.
	 */
	group: (item: Item) => G;
	/** The subject of an item, for the error if it contains a name that was not found. */
	subject?: (item: Item) => IDataObject;
	/** Makes the calls, and returns the output. */
	send: (connection: Connection, group: G) => Promise<IDataObject>;
	/**
	 * Returns what `send` would do, for "Dry Run". It only reads, and throws the errors that Zoho
	 * would return, if they can be known in advance.
	 */
	plan?: (connection: Connection, group: G) => Promise<PlannedOutcome>;
	/** Labels that depend on the parameters. */
	labels?: (group: G) => Partial<OperationLabels>;
	/** Whether an item may depend on the items before it, so all of them run in their order. */
	inOrder?: boolean;
}

/** Runs operations in which every item is a separate call with one result. */
export function perItem<G extends ItemGroup>(options: PerItem<G>): Strategy {
	const { group, subject: subjectOf = () => ({}), send, plan, labels, inOrder } = options;
	const outputOf = async (
		{ connection, settings }: Run,
		{ group: asked }: AskedItem<G>,
	): Promise<IDataObject> =>
		plan && settings.dryRun
			? { ...asked.subject, planned: true, ...(await plan(connection, asked)) }
			: await send(connection, asked);
	const resultOf = async (run: Run, asked: AskedItem<G>): Promise<Result> => {
		if (run.obstacle) return { error: run.obstacle };
		try {
			return { output: await outputOf(run, asked) };
		} catch (error) {
			const data = dataOf(error);
			run.note(data);
			return { error: data };
		}
	};
	const outcomeOf = async (run: Run, asked: AskedItem<G>): Promise<Outcome> => {
		const { index } = asked;
		const { dryRun } = run.settings;
		const { subject, subjectName: name, request } = asked.group;
		const remembers = run.memory && request.method !== 'GET' && !dryRun;
		const key = remembers ? JSON.stringify(asked.group) : '';
		const before = remembers ? run.memory?.recall(key).get(String(index)) : undefined;
		const result =
			before && stands(before, request) ? before : withDoubt(await resultOf(run, asked), before);
		if (remembers) run.memory?.keep(key, String(index), result);
		return 'error' in result
			? { subject, name, error: result.error, labels: labels?.(asked.group) }
			: { subject, json: result.output };
	};
	return (items) =>
		askItems(
			items,
			(item): AskedItem<G> => ({
				index: item.index,
				group: group(item),
			}),
			async (run, all) => {
				const outcomes = new Array<Outcome[]>(all.length);
				const positions = all.map((_, position) => position);
				const chains = inOrder ? [positions] : oneAfterAnother(all.map((asked) => asked.group));
				await mapWithConcurrency(chains, run.connection.concurrency, async (chain) => {
					for (const position of chain) {
						outcomes[position] = [await outcomeOf(run, all[position])];
					}
				});
				return outcomes;
			},
			(item) => [subjectOf(item)],
		);
}

/**
 * The order of the requests: writes about the same subject run one after another. Names that differ
 * only in case are the same subject.
 */
function oneAfterAnother(all: ItemGroup[]): number[][] {
	const chains = new Map<string, number[]>();
	all.forEach(({ subject, request }, position) => {
		const key = request.method === 'GET' ? String(position) : JSON.stringify(subject).toLowerCase();
		const chain = chains.get(key);
		if (chain) chain.push(position);
		else chains.set(key, [position]);
	});
	return [...chains.values()];
}

/**
 * The properties that every write returns in addition to its subject. Some answers are the whole
 * object and lack them.
 */
export function answerIn({ code, message }: IDataObject): IDataObject {
	return { code: code ?? 'SUCCESS', ...(typeof message === 'string' && { message }) };
}

/**
 * The ID of a created object: under `details`, or in the object if Zoho answers with the whole
 * object.
 */
export function createdId({ details, id }: IDataObject): { id?: string } {
	const created = (isObject(details) ? details.id : undefined) ?? id;
	return created === undefined ? {} : { id: String(created) };
}
