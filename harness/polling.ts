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
import { ALL_EVENTS } from './events';
import { byName } from './parameters';
import { TRIGGER_TYPE } from './types';

/**
 * An active workflow that starts with the trigger, as in n8n's server (ActiveWorkflows and its poll
 * functions): it is polled when it is activated and then by the clock, and its static data is saved
 * when it is activated and when a poll has returned items.
 */
export class Polling {
	/** The static data that n8n has stored. */
	stored: IDataObject = {};

	/** How long n8n lets a poll take, in ms. n8n 1 does not provide this. */
	budget?: number;

	private workflow: Workflow;

	private parameters: INodeParameters;

	/**
	 * @param engine an engine with the trigger
	 * @param id the ID of the workflow
	 * @param name the name of the trigger
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

	/** Activates the workflow, as n8n does when it starts; returns the output of that poll. */
	async activate(): Promise<IDataObject[]> {
		this.workflow = this.load();
		const items = await this.poll();
		this.save();
		return items;
	}

	/** Changes parameters, as when a user saves the active workflow. */
	async change(parameters: INodeParameters): Promise<IDataObject[]> {
		this.parameters = { ...this.parameters, ...parameters };
		return await this.activate();
	}

	/** Continues with a copy of the stored data. */
	restore(stored: IDataObject): void {
		this.stored = stored;
		this.workflow = this.load();
	}

	/** One scheduled poll. */
	async poll(): Promise<IDataObject[]> {
		const result = await this.run('trigger');
		if (result === null) return [];
		this.save();
		return result.flat().map(({ json }) => json);
	}

	/** A poll during which n8n crashes: it ends before anything is saved, and n8n starts again. */
	async crash(): Promise<IDataObject[]> {
		await this.run('trigger');
		return await this.activate();
	}

	/** A manual test in the editor. */
	async test(): Promise<IDataObject[]> {
		const result = await this.run('manual');
		return (result ?? []).flat().map(({ json }) => json);
	}

	/** The number of characters of static data. */
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
