import { parse } from 'flatted';
import type {
	ExecutionStatus,
	IDataObject,
	INode,
	INodeExecutionData,
	IRunExecutionData,
	IWorkflowBase,
} from 'n8n-workflow';

import { until } from '../until';

/** A workflow in the format of an exported file. */
export type WorkflowFile = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'pinData' | 'settings'>>;

/** An execution that has ended. */
export interface Execution {
	id: string;
	status: ExecutionStatus;
	data: IRunExecutionData;
}

/** The login of the owner of the instance. */
export const OWNER = {
	email: 'owner@example.test',
	password: 'Portal-2026',
	firstName: 'Olivia',
	lastName: 'Owner',
};

const ENDED: ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled'];

/** The calls of n8n's editor, in both versions of n8n. */
export class Client {
	/** IDs of the credentials, by type. */
	readonly credentials = new Map<string, { id: string; name: string }>();

	private cookie = '';

	/** @param origin the address of n8n, `http://127.0.0.1:5678` */
	constructor(private readonly origin: string) {}

	/** True once n8n serves its editor. */
	async isReady(): Promise<boolean> {
		try {
			const response = await fetch(`${this.origin}/rest/settings`);
			const type = response.headers.get('content-type') ?? '';
			return response.ok && type.includes('json');
		} catch {
			return false;
		}
	}

	/** Creates the owner's account if there is none, and logs in. */
	async logIn(): Promise<void> {
		const { userManagement } = await this.call<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/rest/settings');
		if (userManagement.showSetupOnFirstLoad) await this.call('POST', '/rest/owner/setup', OWNER);
		const { email, password } = OWNER;
		await this.call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/**
	 * Stores a credential. `data` has the values of the form, and `oauthTokenData` if it is
	 * connected.
	 */
	async createCredential(name: string, type: string, data: object): Promise<string> {
		const body = { name, type, data };
		const { id } = await this.call<{ id: string }>('POST', '/rest/credentials', body);
		this.credentials.set(type, { id, name });
		return id;
	}

	/** Deletes the credentials that this client has not stored. */
	async deleteOtherCredentials(): Promise<void> {
		const own = [...this.credentials.values()].map(({ id }) => id);
		const all = await this.call<Array<{ id: string }>>('GET', '/rest/credentials');
		const others = all.filter(({ id }) => !own.includes(id));
		await Promise.all(
			others.map(async ({ id }) => await this.call('DELETE', `/rest/credentials/${id}`)),
		);
	}

	/**
	 * Imports a workflow, with the stored credentials of the types that it needs; returns its ID.
	 */
	async importWorkflow(file: WorkflowFile): Promise<string> {
		const { name, nodes, connections, pinData = {}, settings = {} } = file;
		const { id } = await this.call<{ id: string }>('POST', '/rest/workflows', {
			name,
			nodes: nodes.map((node) => this.withCredentials(node)),
			connections,
			pinData,
			settings,
			active: false,
		});
		return id;
	}

	/**
	 * Runs a workflow from a trigger until it ends, as the editor does.
	 * @param json the output of the trigger, if the editor already has it, as in a chat
	 */
	async run(workflowId: string, trigger: string, json?: IDataObject): Promise<Execution> {
		return await this.execution(await this.start(workflowId, trigger, json));
	}

	/**
	 * Starts a workflow from a trigger, as the editor does; returns the ID of the execution.
	 * @param json the output of the trigger, if the editor already has it, as in a chat
	 * @throws if the workflow now waits for a call of its webhook
	 */
	async start(workflowId: string, trigger: string, json?: IDataObject): Promise<string> {
		const workflowData = await this.workflow(workflowId);
		const data = json && {
			startTime: Date.now(),
			executionTime: 0,
			executionIndex: 0,
			executionStatus: 'success',
			source: [null],
			data: { main: [[{ json }]] },
		};
		const { executionId } = await this.call<{ executionId?: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{ workflowData, triggerToStartFrom: { name: trigger, data } },
		);
		if (executionId === undefined) throw new Error(`${trigger} waits for a call`);
		return executionId;
	}

	/** The execution with this ID, once it has ended or has one of these states. */
	async execution(id: string, states = ENDED): Promise<Execution> {
		return await until(`end of execution ${id}`, 100, async () => {
			const response = await this.request('GET', `/rest/executions/${id}`);
			// n8n is too busy to query its database.
			if (response.status === 503) return undefined;
			const { status, data: text } = (await read(response)) as {
				status: ExecutionStatus;
				data: string;
			};
			const data = parse(text) as unknown as IRunExecutionData | undefined;
			// n8n stores the status slightly before the data.
			const { lastNodeExecuted, error } = data?.resultData ?? {};
			const complete = states.includes(status) && (lastNodeExecuted ?? error) !== undefined;
			return data && complete ? { id, status, data } : undefined;
		});
	}

	/** The executions of a workflow, once this many have ended or have one of these states. */
	async executions(
		workflowId: string,
		amount: number,
		seconds = 100,
		states = ENDED,
	): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const ids = await until(`end of ${amount} executions`, seconds, async () => {
			const { results } = await this.call<{
				results: Array<{ id: string; status: ExecutionStatus }>;
			}>('GET', `/rest/executions?limit=${amount}&filter=${filter}`);
			const ended = results.filter(({ status }) => states.includes(status));
			return ended.length === amount ? ended.map(({ id }) => id) : undefined;
		});
		return await Promise.all(ids.map(async (id) => await this.execution(id, states)));
	}

	/** Activates the workflow, so that triggers start it. */
	async activate(workflowId: string): Promise<void> {
		const { versionId } = await this.workflow(workflowId);
		const path = `/rest/workflows/${workflowId}`;
		const activation = await this.request('POST', `${path}/activate`, { versionId });
		// n8n 1 only supports this as a change of the workflow.
		if (activation.status === 404) await this.call('PATCH', path, { active: true, versionId });
		else await read(activation);
	}

	/** Deactivates the workflow, so that triggers no longer start it. */
	async deactivate(workflowId: string): Promise<void> {
		const { versionId } = await this.workflow(workflowId);
		const path = `/rest/workflows/${workflowId}`;
		const deactivation = await this.request('POST', `${path}/deactivate`, {});
		// n8n 1 only supports this as a change of the workflow.
		if (deactivation.status !== 404) await read(deactivation);
		else await this.call('PATCH', path, { active: false, versionId });
	}

	/** Calls a production webhook, and returns the answer. */
	async webhook(path: string, body: object): Promise<unknown> {
		// n8n 2 answers an activation before it has registered the webhooks.
		const response = await until(`webhook ${path}`, 20, async () => {
			const answer = await this.request('POST', `/webhook/${path}`, body);
			return answer.status === 404 ? undefined : answer;
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`Webhook ${path} answered ${response.status}: ${text}`);
		return text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
	}

	/** The descriptions of all node or credential types that n8n's editor reads when it starts. */
	async types(kind: 'nodes' | 'credentials'): Promise<IDataObject[]> {
		const response = await this.request('GET', `/types/${kind}.json`);
		return (await response.json()) as IDataObject[];
	}

	/** Makes a call of n8n's REST API; returns `data` of the answer. */
	async call<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await this.request(method, path, body);
		const [cookie] = response.headers.getSetCookie().filter((one) => one.startsWith('n8n-auth='));
		if (cookie) [this.cookie] = cookie.split(';');
		return (await read(response)) as T;
	}

	private async workflow(id: string): Promise<IWorkflowBase> {
		return await this.call<IWorkflowBase>('GET', `/rest/workflows/${id}`);
	}

	private async request(method: string, path: string, body?: object): Promise<Response> {
		return await fetch(this.origin + path, {
			method,
			headers: {
				Cookie: this.cookie,
				// While a test file loads, n8n closes idle connections of the previous one, which
				// goes unnoticed.
				Connection: 'close',
				...(body && { 'Content-Type': 'application/json' }),
			},
			body: body && JSON.stringify(body),
		});
	}

	private withCredentials(node: INode): INode {
		const credentials = Object.fromEntries(
			Object.entries(node.credentials ?? {}).map(([type, details]) => [
				type,
				this.credentials.get(type) ?? details,
			]),
		);
		return { ...node, credentials };
	}
}

/** The items that a node returned in its last run; with `output` 1, those of its error output. */
export function itemsOf(execution: Execution, node: string, output = 0): INodeExecutionData[] {
	return outputsOf(execution)[node]?.[output] ?? [];
}

/** Items by node and output, of the last run of each node. */
export function outputsOf({ data }: Execution): Record<string, INodeExecutionData[][]> {
	return Object.fromEntries(
		Object.entries(data.resultData.runData).map(([node, runs]) => [
			node,
			(runs.at(-1)?.data?.main ?? []).map((items) => items ?? []),
		]),
	);
}

async function read(response: Response): Promise<unknown> {
	const text = await response.text();
	if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
	return (JSON.parse(text) as { data: unknown }).data;
}
