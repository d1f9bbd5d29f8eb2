import { NodeOperationError } from 'n8n-workflow';
import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecuteData,
	IExecutePaginationFunctions,
	INode,
	INodeExecutionData,
	NodeApiError,
} from 'n8n-workflow';

import { errorJson, nodeError } from './errors';
import type { Failed } from './errors';
import { Item } from './item';
import type { Operation, Outcome } from './operation';
import { DEFAULT_CONCURRENCY } from './send';
import type { Connection } from './send';

type ResultOptions = DeclarativeRestApiSettings.ResultOptions;

type Carrier = (
	this: IExecutePaginationFunctions,
	requestData: ResultOptions,
) => Promise<INodeExecutionData[]>;

/**
 * Makes the function that n8n calls for every input item in place of its own request. n8n starts
 * all items of a node in one go, without waiting in between (RoutingNode.runNode); they are
 * gathered, and carried together once it has started the last one.
 */
export function carry(operation: Operation): Carrier {
	const runs = new WeakMap<IExecuteData, Run>();
	return async function (this, requestData) {
		const executeData = this.getExecuteData();
		let run = runs.get(executeData);
		if (!run) {
			run = new Run(operation, this, requestData);
			// The tools of an AI agent all get the data of the agent, yet are no items of one run.
			if (executeData.node.id === run.node.id) runs.set(executeData, run);
		}
		return await run.join(this, requestData);
	};
}

interface Waiting {
	item: Item;
	resolve: (items: INodeExecutionData[]) => void;
	reject: (error: Error) => void;
	/** Why the item must not be sent. */
	mistake?: Error & { description?: string };
}

/** One run of a node: all its input items. */
class Run {
	readonly node: INode;

	private readonly connection: Connection;

	private readonly stopsOnFailure: boolean;

	private readonly expected: number;

	private readonly constants = new Map<string, unknown>();

	private waiting: Waiting[] = [];

	/** What failed and what was done so far; kept only where one error has to tell of it all. */
	private readonly failed: Failed[] = [];

	private readonly succeeded: IDataObject[] = [];

	private error?: NodeApiError;

	constructor(
		private readonly operation: Operation,
		context: IExecutePaginationFunctions,
		{ options: { proxy, timeout, skipSslCertificateValidation } }: ResultOptions,
	) {
		this.node = context.getNode();
		const options = context.getNodeParameter('options', {}) as { concurrency?: number };
		this.connection = {
			context,
			node: this.node,
			concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
			http: { proxy, timeout, skipSslCertificateValidation } as Connection['http'],
			signal: context.getExecutionCancelSignal(),
			memory: this.node.retryOnFail ? rememberBy(new Map()) : undefined,
		};
		this.stopsOnFailure = !context.continueOnFail();
		this.expected = expectedTogether(context, this.node);
	}

	/** Adds an item to the run; resolves with what becomes of it. */
	async join(
		context: IExecutePaginationFunctions,
		{ options }: ResultOptions,
	): Promise<INodeExecutionData[]> {
		const item = new Item(context, options, this.node, this.constants);
		if (item.index === 0) this.begin();
		return await new Promise((resolve, reject) => {
			this.waiting.push({ item, resolve, reject });
			if (this.waiting.length === 1) {
				void Promise.resolve().then(async () => await this.carryGathered());
			}
		});
	}

	/** n8n starts a run with its first item, and starts it over where "Retry On Fail" is set. */
	private begin(): void {
		this.failed.length = 0;
		this.succeeded.length = 0;
		this.error = undefined;
	}

	/** Reads the parameters of all gathered items before anything is sent for one of them. */
	private async carryGathered(): Promise<void> {
		const gathered = this.waiting;
		this.waiting = [];
		try {
			const plan = this.operation.plan();
			for (const one of gathered) {
				try {
					plan.add(one.item);
				} catch (error) {
					one.mistake = error as Error;
				}
			}
			const sound = gathered.filter((one) => !one.mistake);
			if (this.stopsOnFailure) {
				if (this.holdBack(gathered)) return;
			} else {
				for (const one of gathered) {
					if (one.mistake) one.resolve([toItem(one.item, mistakeJson(one.mistake))]);
				}
			}
			if (sound.length > 0) this.settle(sound, await plan.perform(this.connection));
		} catch (error) {
			for (const { reject } of gathered) reject(error as Error);
		}
	}

	/** With "Stop Workflow", nothing is sent for a run of which an item cannot be sent. */
	private holdBack(gathered: Waiting[]): boolean {
		const mistaken = gathered.some((one) => one.mistake);
		// n8n has given up on the run if it could not read a parameter of an item itself.
		const abandoned = !mistaken && gathered.length < this.expected;
		if (!mistaken && !abandoned) return false;
		for (const { item, mistake, resolve, reject } of gathered) {
			if (mistake) reject(mistake);
			else resolve(abandoned ? [this.notSent(item)] : []);
		}
		return true;
	}

	private notSent(item: Item): INodeExecutionData {
		const error = new NodeOperationError(
			this.node,
			'Nothing was sent, since the parameters of another item could not be read',
			{ itemIndex: item.index },
		);
		return { json: {}, error, pairedItem: { item: item.index } };
	}

	private settle(items: Waiting[], outcomes: Outcome[][]): void {
		const error = this.stopsOnFailure ? this.tellOf(outcomes.flat()) : undefined;
		items.forEach(({ item, resolve, reject }, position) => {
			const own = outcomes[position];
			if (error && own.some(isFailed)) {
				reject(error);
				return;
			}
			resolve(
				own.map((outcome) =>
					toItem(item, isFailed(outcome) ? errorJson(outcome, this.operation) : outcome.json),
				),
			);
		});
	}

	/**
	 * The one error of a run that stops on failure. n8n may carry a run in batches; the error is
	 * thrown only after the last of them, so it is brought up to date with each.
	 */
	private tellOf(outcomes: Outcome[]): NodeApiError | undefined {
		for (const outcome of outcomes) {
			if (isFailed(outcome)) this.failed.push(outcome);
			else if (outcome.subject) this.succeeded.push(outcome.subject);
		}
		if (this.failed.length === 0) return undefined;
		const error = nodeError(this.node, this.operation, this.failed, this.succeeded);
		if (!this.error) return (this.error = error);
		const { message, description, context } = error;
		return Object.assign(this.error, { message, description, context });
	}
}

function toItem(item: Item, json: IDataObject): INodeExecutionData {
	return { json, pairedItem: { item: item.index } };
}

function mistakeJson({ message, description }: Error & { description?: string }): IDataObject {
	return { error: message, message: description ?? '' };
}

function rememberBy(
	memories: Map<string, Map<string, IDataObject>>,
): NonNullable<Connection['memory']> {
	return (asked) => {
		const memory = memories.get(asked) ?? new Map<string, IDataObject>();
		memories.set(asked, memory);
		return memory;
	};
}

function isFailed(outcome: Outcome): outcome is Failed {
	return 'refusal' in outcome;
}

/** How many items n8n starts in one go: all, unless its "Batching" option puts pauses in between. */
function expectedTogether(context: IExecutePaginationFunctions, node: INode): number {
	const executeData = context.getExecuteData();
	const { batching } = context.getNodeParameter('requestOptions', {}) as {
		batching?: { batch?: { batchInterval?: number } };
	};
	const paused = (batching?.batch?.batchInterval ?? 0) > 0;
	if (paused || node.executeOnce || executeData.node.id !== node.id) return 1;
	return executeData.data.main?.[0]?.length ?? 1;
}
