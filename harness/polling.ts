import { PollContext } from 'n8n-core';
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	IPollFunctions,
	Workflow,
} from 'n8n-workflow';

import { PORTAL } from '../emulator/seed';
import { zohoNode } from './engine';
import type { Engine } from './engine';
import { byName } from './parameters';
import { TRIGGER_TYPE } from './types';

/** All events there are. */
export const ALL_EVENTS = [
	'userAdded',
	'userTypeChanged',
	'emailChanged',
	'userConfirmed',
	'userActivated',
	'userDeactivated',
	'unconfirmed',
	'userRemoved',
	'userTypeCreated',
	'userTypeUpdated',
	'userTypeDeleted',
];

/**
 * An active workflow that begins with the trigger, as n8n keeps it: polled when it is activated and
 * then by the clock, its static data saved when it is activated and when a poll has told something
 * (ActiveWorkflows and the poll functions of n8n's server).
 */
export class Polling {
	/** What n8n has stored of the workflow. */
	stored: IDataObject = {};

	/** How long n8n lets a poll take, in ms; n8n 1 does not say. */
	budget?: number;

	private workflow: Workflow;

	private parameters: INodeParameters;

	/**
	 * @param engine one that has the trigger registered
	 * @param id the workflow's own
	 * @param name of the trigger
	 */
	constructor(
		private readonly engine: Engine,
		parameters: INodeParameters = {},
		private readonly id = 'test',
		private readonly name = 'Zoho',
	) {
		this.parameters = { portal: byName(PORTAL), events: ALL_EVENTS, ...parameters };
		this.workflow = this.load();
	}

	/** Has n8n activate the workflow, the way it does at its start; returns what that poll told. */
	async activate(): Promise<IDataObject[]> {
		this.workflow = this.load();
		const items = await this.poll();
		this.save();
		return items;
	}

	/** Changes parameters, as when somebody saves the active workflow. */
	async change(parameters: INodeParameters): Promise<IDataObject[]> {
		this.parameters = { ...this.parameters, ...parameters };
		return await this.activate();
	}

	/** Goes on from what n8n has stored, in a copy of it. */
	restore(stored: IDataObject): void {
		this.stored = stored;
		this.workflow = this.load();
	}

	/** One poll by the clock. */
	async poll(): Promise<IDataObject[]> {
		const result = await this.run('trigger');
		if (result === null) return [];
		this.save();
		return result.flat().map(({ json }) => json);
	}

	/** A poll that n8n does not live to tell: it ends before anything is saved, and starts anew. */
	async crash(): Promise<IDataObject[]> {
		await this.run('trigger');
		return await this.activate();
	}

	/** A test in the editor. */
	async test(): Promise<IDataObject[]> {
		const result = await this.run('manual');
		return (result ?? []).flat().map(({ json }) => json);
	}

	/** How many characters of static data are kept. */
	get size(): number {
		return JSON.stringify(this.workflow.staticData).length;
	}

	private async run(mode: 'manual' | 'trigger'): Promise<INodeExecutionData[][] | null> {
		const { poll } = this.engine.nodeTypes.getByNameAndVersion(TRIGGER_TYPE);
		if (!poll) throw new Error('The engine has no trigger');
		return await poll.call(this.context(mode));
	}

	private context(mode: 'manual' | 'trigger'): IPollFunctions {
		const node = this.workflow.getNode(this.name);
		if (!node) throw new Error('The workflow has no trigger');
		const additionalData = this.engine.additionalData();
		const activation = mode === 'manual' ? 'manual' : 'activate';
		const context = new PollContext(this.workflow, node, additionalData, mode, activation);
		const { budget } = this;
		return budget === undefined
			? context
			: Object.assign(context, { getPollBudgetMs: () => budget });
	}

	private load(): Workflow {
		const node = {
			...zohoNode({ parameters: this.parameters, name: this.name }),
			type: TRIGGER_TYPE,
		};
		const staticData = JSON.parse(JSON.stringify(this.stored)) as IDataObject;
		const workflow = this.engine.workflow({ nodes: [node], connections: {}, staticData });
		workflow.id = this.id;
		return workflow;
	}

	private save(): void {
		this.stored = JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}
}

/** An event in one line: `userAdded 7310000000000400001`. */
export function told({ event, user, user_type }: IDataObject): string {
	const { personality_id, id } = (user ?? user_type) as IDataObject;
	return `${String(event)} ${String(personality_id ?? id)}`;
}
