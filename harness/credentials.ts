import { ICredentialsHelper, NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IExecuteData,
	IHttpRequestOptions,
	INodeCredentialsDetails,
	INodeProperties,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/**
 * The workflow in which n8n evaluates credentials outside of workflows, for example in a picker.
 */
const outsideOfWorkflows = new Workflow({
	id: 'none',
	nodes: [
		{ id: 'none', name: 'None', type: 'none', typeVersion: 1, position: [0, 0], parameters: {} },
	],
	connections: {},
	active: false,
	nodeTypes: {
		getByName: () => undefined as never,
		getByNameAndVersion: () => undefined as never,
		getKnownTypes: () => ({}),
	},
});

/**
 * Stored credentials with n8n's own handling of defaults and expressions, as in
 * CredentialsHelper.applyDefaultsAndOverwrites of n8n's server, which is not part of n8n-core.
 */
export class Credentials extends ICredentialsHelper {
	constructor(private readonly type: ICredentialType) {
		super();
	}

	/** By credential ID. */
	readonly stored = new Map<string, ICredentialDataDecryptedObject>();

	/** The number of tokens that n8n stored after a refresh. */
	refreshes = 0;

	getParentTypes(): string[] {
		return ['oAuth2Api'];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(): INodeProperties[] {
		return this.type.properties;
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		{ id }: INodeCredentialsDetails,
		_type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = structuredClone(this.stored.get(id ?? '') ?? {});
		return raw ? data : this.evaluate(data, mode, executeData, resolve);
	}

	/** Applies defaults and evaluates the expressions of the credential type. */
	evaluate(
		data: ICredentialDataDecryptedObject,
		mode: WorkflowExecuteMode = 'internal',
		executeData?: IExecuteData,
		resolve?: ICredentialsExpressionResolveValues,
	): ICredentialDataDecryptedObject {
		const workflow = resolve?.workflow ?? outsideOfWorkflows;
		const filled = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(),
			data as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (data.oauthTokenData !== undefined) filled.oauthTokenData = data.oauthTokenData;
		return workflow.expression.getParameterValue(
			filled as never,
			resolve?.runExecutionData ?? null,
			resolve?.runIndex ?? 0,
			resolve?.itemIndex ?? 0,
			resolve?.node.name ?? 'None',
			resolve?.connectionInputData ?? [],
			mode,
			{},
			executeData,
			false,
			filled as never,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentialsOauthTokenData(
		{ id }: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.refreshes++;
		const stored = this.stored.get(id ?? '') ?? {};
		this.stored.set(id ?? '', { ...stored, oauthTokenData: data.oauthTokenData });
	}

	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	async authenticate(
		_credentials: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return options;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Not part of what nodes call');
	}

	async updateCredentials(): Promise<void> {
		throw new Error('Not part of what nodes call');
	}
}
