import type { IDataObject } from 'n8n-workflow';
import type { Locator } from 'playwright-core';

import { until } from '../until';
import { CredentialForm } from './credentialForm';
import { Form } from './form';

const SECONDS = 30;

/** An expression of the page: whether the open workflow holds a text. */
const holds = (text: string) => `Object.entries(
	document.querySelector('#app').__vue_app__.config.globalProperties.$pinia.state.value,
).some(([store, state]) =>
	store.startsWith('workflowDocuments/') &&
	JSON.stringify(state).includes(${JSON.stringify(JSON.stringify(text))}),
)`;

/** An open node: its parameters, and its output next to them. */
export class NodePanel extends Form {
	readonly output: Locator;

	constructor(private readonly panel: Locator) {
		super(panel.getByTestId('node-parameters'));
		this.output = panel.getByTestId('output-panel');
	}

	/** Creates the first credential for the node. */
	async newCredential(): Promise<CredentialForm> {
		await this.root.getByRole('button', { name: 'Connect to Zoho CRM Portals' }).click();
		return await this.credentialForm();
	}

	/** Opens the credential of the node. */
	async editCredential(): Promise<CredentialForm> {
		await this.root.getByTestId('credential-edit-button').click();
		return await this.credentialForm();
	}

	/** The address of n8n's help for the node. */
	async help(): Promise<string | null> {
		return await this.panel.getByRole('link', { name: 'Docs' }).getAttribute('href');
	}

	/**
	 * Types into a field. n8n puts the text into the workflow 200 ms after the last key, and a run that
	 * starts earlier does without it; so this waits for the workflow to hold it.
	 */
	async type(label: string, text: string): Promise<void> {
		await super.type(label, text);
		await this.root.page().waitForFunction(holds(text));
	}

	/** Chooses the mode of a resource locator: "By Email". */
	async nameBy(label: string, mode: string): Promise<void> {
		await this.field(label).getByTestId('rlc-mode-selector').click();
		await this.option(mode).click();
	}

	/** Adds a field to a collection: `addTo('Filter', 'Source')`. */
	async addTo(what: string, field: string): Promise<void> {
		// n8n's own "Request Options" are last.
		await this.root.getByPlaceholder(`Add ${what}`, { exact: true }).first().click();
		const options = this.root.page().getByTestId('collection-parameter-option');
		await options.filter({ visible: true, hasText: field }).click();
	}

	/** Clicks n8n's button beside a field, which lets the model of an agent fill it in. */
	async letModelDefine(label: string): Promise<void> {
		await this.field(label).getByTestId('from-ai-override-button').click();
		await this.root.getByText('Defined automatically by the model').waitFor();
	}

	/** Opens the list of a resource locator. */
	async openList(label: string): Promise<void> {
		await this.field(label).getByTestId('rlc-input').click();
	}

	/** Types into the search field of an open list. */
	async searchList(label: string, text: string): Promise<void> {
		await this.field(label).getByTestId('rlc-search').fill(text);
	}

	/** Entries of an open list. */
	async entries(label: string): Promise<string[]> {
		return await this.field(label).getByTestId('rlc-item').allInnerTexts();
	}

	/** Chooses from an open list. */
	async take(label: string, entry: string): Promise<void> {
		await this.field(label).getByTestId('rlc-item').filter({ hasText: entry }).click();
	}

	/** Opens the list of a resource locator and chooses from it. */
	async pick(label: string, entry: string): Promise<void> {
		await this.openList(label);
		await this.take(label, entry);
	}

	/** Adds an entry to a list of field groups. */
	async add(what: string): Promise<Form> {
		const amount = await this.groups.count();
		await this.root.getByRole('button', { name: `Add ${what}`, exact: true }).click();
		return new Form(this.groups.nth(amount));
	}

	/** The first entry in a list of field groups. */
	firstGroup(): Form {
		return new Form(this.groups.first());
	}

	private get groups(): Locator {
		return this.root.locator('[data-test-id^="fixed-collection-"] .parameter-input-list-wrapper');
	}

	/** The fields of the previous node that n8n shows as a schema in the input. */
	async offered(): Promise<string[]> {
		const names = this.panel.getByTestId('run-data-schema-item').locator('[data-name]');
		return await names.evaluateAll((all) => all.map((one) => one.getAttribute('data-name') ?? ''));
	}

	/** The message about the fields of a node that has not run yet. */
	async offer(): Promise<string> {
		return await this.panel.getByTestId('schema-preview-warning').innerText();
	}

	/** The messages above an output: warnings before a run, and a summary after it. */
	async hint(): Promise<string> {
		return (await this.output.getByTestId('run-data-hints').innerText()).trim();
	}

	/** Runs the node, and waits until it has succeeded. */
	async execute(button = 'Execute step'): Promise<void> {
		await this.begin(this.button(button));
		await this.succeeded();
	}

	/** Runs the tool of an agent without the agent. The keys are the names of the model's fields. */
	async executeTool(filledIn: Record<string, string>): Promise<void> {
		await this.button('Execute step').click();
		const window = this.root
			.page()
			.getByRole('dialog')
			.filter({ hasText: /^Test / });
		for (const [label, text] of Object.entries(filledIn)) {
			await window.getByLabel(label).fill(text);
		}
		await this.begin(window.getByRole('button', { name: 'Execute step' }));
		await this.succeeded();
	}

	/** Runs the node, waits until it has failed, and returns the displayed error. */
	async executeInVain(): Promise<{ message: string; description: string }> {
		await this.begin(this.button('Execute step'));
		const [message, description] = ['message', 'description'].map((part) =>
			this.output.getByTestId(`node-error-${part}`),
		);
		return { message: await message.innerText(), description: await description.innerText() };
	}

	/** Shows one branch of an output with an error branch, whose items are counted. */
	async showBranch(branch: 'Success' | 'Error', amount: number): Promise<void> {
		await this.output.getByText(`${branch} Branch (${amount} items)`).click();
	}

	/** A column of the output table, from top to bottom; that of the run before until n8n shows it. */
	async column(heading: string): Promise<string[]> {
		await this.output.getByTestId('radio-button-table').click();
		const table = this.output.getByRole('table');
		await table.locator('tbody td').first().waitFor();
		const headings = await table.locator('thead th').allInnerTexts();
		const position = headings.findIndex((text) => text.trim() === heading) + 1;
		return await table.locator(`tbody td:nth-child(${position})`).allInnerTexts();
	}

	/** The items of an output that needs no scrolling, read from the JSON view. */
	async items(): Promise<IDataObject[]> {
		await this.output.getByTestId('radio-button-json').click();
		// n8n renders only the visible lines, and it takes a moment until it knows their number.
		return await until('the whole output as JSON', SECONDS, async () =>
			parsed(await this.output.locator('.json-data').innerText()),
		);
	}

	private async credentialForm(): Promise<CredentialForm> {
		const window = this.root.page().getByTestId('editCredential-modal');
		await window.waitFor();
		return new CredentialForm(window);
	}

	private button(text: string): Locator {
		return this.panel.getByTestId('node-execute-button').getByText(text);
	}

	/** Starts a run. Until n8n sends it, the panel shows the outcome of the run before. */
	private async begin(button: Locator): Promise<void> {
		const sent = this.root.page().waitForRequest((request) => {
			return request.method() === 'POST' && new URL(request.url()).pathname.endsWith('/run');
		});
		await Promise.all([sent, button.click()]);
	}

	/** Waits until a run has succeeded; fails with the displayed error if it has not. */
	private async succeeded(): Promise<void> {
		const error = this.output.getByTestId('node-error-message');
		await this.output.getByTestId('node-run-status-success').or(error).first().waitFor();
		if (await error.isVisible()) throw new Error(await error.innerText());
	}
}

/** Items in JSON that is indented with non-breaking spaces; undefined if it is incomplete. */
function parsed(text: string): IDataObject[] | undefined {
	try {
		return JSON.parse(text.replaceAll('\u00a0', ' ')) as IDataObject[];
	} catch {
		return undefined;
	}
}
