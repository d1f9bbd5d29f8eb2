import {
	DirectoryLoader,
	ErrorReporter,
	ExecutionLifecycleHooks,
	RoutingNode,
	WorkflowExecute,
} from 'n8n-core';
import type { ExecuteContext } from 'n8n-core';
import * as n8nWorkflow from 'n8n-workflow';
import { NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type {
	IConnections,
	ICredentialType,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRun,
	ITaskData,
	IWorkflowExecuteAdditionalData,
	NodeApiError,
} from 'n8n-workflow';

import { connectedCredential } from './credential';
import type { Account } from './credential';
import { Credentials } from './credentials';
import { CREDENTIAL_TYPE, NODE_TYPE } from './types';

const INPUT_TYPE = 'test.input';

// n8n stops a regular expression after 250 ms of real time, which is too short on a busy machine.
// Older versions do not.
if ('setSafeRegexEngine' in n8nWorkflow) {
	n8nWorkflow.setSafeRegexEngine({
		exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
		test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
		replace: (pattern, input, flags, replacement) =>
			input.replace(new RegExp(pattern, flags), replacement),
		matchAll: (pattern, input, flags = '') => [
			...input.matchAll(new RegExp(pattern, `${flags.replace('g', '')}g`)),
		],
		split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
	});
}

// n8n prints every failed execution, but tests state themselves what they expect.
ErrorReporter.prototype.error = () => {};

/** The settings of the node under test. */
export interface NodeSetup extends Partial<Omit<INode, 'parameters'>> {
	parameters: INodeParameters;
	/** Data of the input items; by default, one empty item. */
	input?: IDataObject[];
	mode?: 'manual' | 'trigger';
	/** Time zone of the workflow. */
	timezone?: string;
}

export interface NodeResult {
	/** Items of the main output. */
	items: INodeExecutionData[];
	/** Items of the error output, with `onError: 'continueErrorOutput'`. */
	errorItems: INodeExecutionData[];
	/** The error that ended the execution. */
	error?: NodeApiError;
	run: IRun;
}

/** A workflow to run, in the format of a saved workflow. */
export interface WorkflowSetup {
	nodes: INode[];
	connections: IConnections;
	/** Time zone of the workflow. */
	timezone?: string;
	/** The data that nodes keep between runs. */
	staticData?: IDataObject;
}

/** Runs workflows on n8n's own engine, with credentials that are connected to an emulator. */
export class Engine {
	readonly credentials: Credentials;

	/** Called after a node of a workflow has run. */
	onNodeDone: (name: string, data: ITaskData) => void = () => {};

	private readonly defaultScope: string;

	private readonly types: Record<string, INodeType> = {};

	constructor(
		private readonly account: Account,
		nodeType: INodeType,
		credentialType: ICredentialType,
	) {
		this.credentials = new Credentials(credentialType);
		this.defaultScope = String(this.credentials.evaluate({ dataCenter: 'custom' }).scope);
		this.types[INPUT_TYPE] = inputNode;
		this.register(NODE_TYPE, nodeType);
		this.connect('1');
	}

	/** Registers a node type as n8n's server does. */
	register(name: string, nodeType: INodeType): void {
		DirectoryLoader.applyDeclarativeNodeOptionParameters(nodeType);
		if (!nodeType.execute && !nodeType.poll) {
			nodeType.execute = async function () {
				return (await new RoutingNode(this as ExecuteContext, nodeType).runNode()) ?? [];
			};
		}
		this.types[name] = nodeType;
	}

	/** Stores a credential that was connected with these scopes. */
	connect(id: string, scope = this.defaultScope, extra: IDataObject = {}): void {
		const connected = connectedCredential(this.account, scope);
		this.credentials.stored.set(id, Object.assign(connected, extra));
	}

	/** Runs one node between an input node and the end of the workflow. */
	async runNode(setup: NodeSetup): Promise<NodeResult> {
		return resultOf(await this.startNode(setup));
	}

	/** Like `runNode`, but the execution can be canceled. */
	startNode({ input, mode, timezone, ...node }: NodeSetup) {
		const trigger: INode = {
			id: 'input',
			name: 'Input',
			type: INPUT_TYPE,
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const connections: IConnections = {
			Input: { main: [[{ node: 'Zoho', type: 'main', index: 0 }]] },
		};
		return this.start({ nodes: [trigger, zohoNode(node)], connections, timezone }, { input, mode });
	}

	async runWorkflow(
		setup: WorkflowSetup,
		{ input = [{}], mode = 'manual' }: Pick<NodeSetup, 'input' | 'mode'> = {},
	): Promise<IRun> {
		return await this.start(setup, { input, mode });
	}

	/** Like `runWorkflow`, but the returned promise can be canceled. */
	start(
		setup: WorkflowSetup,
		{ input = [{}], mode = 'manual' }: Pick<NodeSetup, 'input' | 'mode'> = {},
	) {
		const workflow = this.workflow(setup);
		inputs.set(workflow.nodes.Input, input);
		const execute = new WorkflowExecute(this.additionalData(), mode);
		return startRun(execute, workflow, workflow.nodes.Input);
	}

	workflow({ nodes, connections, timezone, staticData }: WorkflowSetup): Workflow {
		return new Workflow({
			id: 'test',
			nodes: structuredClone(nodes),
			connections,
			staticData,
			active: false,
			nodeTypes: this.nodeTypes,
			settings: { executionOrder: 'v1', timezone },
		});
	}

	get nodeTypes(): INodeTypes {
		const { types } = this;
		return {
			getByName: (name) => types[name],
			getByNameAndVersion: (name) => types[name],
			getKnownTypes: () => ({}),
		};
	}

	additionalData(): IWorkflowExecuteAdditionalData {
		const hooks = new ExecutionLifecycleHooks('manual', '1', {
			id: 'test',
			name: 'test',
			active: false,
			activeVersionId: null,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
			nodes: [],
			connections: {},
		});
		hooks.addHandler('nodeExecuteAfter', (name, data) => this.onNodeDone(name, data));
		return {
			credentialsHelper: this.credentials,
			hooks,
			currentNodeExecutionIndex: 0,
			executionId: '1',
			restApiUrl: 'http://localhost/rest',
			instanceBaseUrl: 'http://localhost/',
			formWaitingBaseUrl: 'http://localhost/form-waiting',
			webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
			webhookBaseUrl: 'http://localhost/webhook',
			variables: {},
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}

/** The result of a run with one node under test. */
export function resultOf(run: IRun): NodeResult {
	const [taken] = run.data.resultData.runData.Zoho ?? [];
	return {
		items: taken?.data?.main[0] ?? [],
		errorItems: taken?.data?.main[1] ?? [],
		error: run.data.resultData.error as NodeApiError | undefined,
		run,
	};
}

/** The node under test, in the format of a saved workflow. */
export function zohoNode({ parameters, ...rest }: Omit<NodeSetup, 'input' | 'mode'>): INode {
	return {
		id: 'zoho',
		name: 'Zoho',
		type: NODE_TYPE,
		typeVersion: 1,
		position: [200, 0],
		credentials: { [CREDENTIAL_TYPE]: { id: '1', name: 'Zoho account' } },
		...rest,
		parameters,
	};
}

const inputs = new WeakMap<INode, IDataObject[]>();

/** Returns the items of a test. */
const inputNode: INodeType = {
	description: {
		displayName: 'Input',
		name: 'input',
		group: ['input'],
		version: 1,
		description: 'Hands out items',
		defaults: {},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		const node = (this as unknown as { node: INode }).node;
		return [(inputs.get(node) ?? [{}]).map((json) => ({ json }))];
	},
};

/** n8n 1 expects the arguments of `run` separately, n8n 2 as properties of one object. */
function startRun(
	execute: WorkflowExecute,
	workflow: Workflow,
	startNode: INode,
): ReturnType<WorkflowExecute['run']> {
	return execute.run.length > 1
		? Reflect.apply(execute.run, execute, [workflow, startNode])
		: execute.run({ workflow, startNode });
}
