import type { IDataObject } from 'n8n-workflow';
import type { Locator } from 'playwright-core';

import { until } from '../until';
import { CredentialForm } from './credentialForm';
import { Form } from './form';

const SECONDS = 30;

/** An open node: its parameters, and its output beside them. */
export class NodePanel extends Form {
	readonly output: Locator;

	constructor(private readonly panel: Locator) {
		super(panel.getByTestId('node-parameters'));
		this.output = panel.getByTestId('output-panel');
	}

	/** Makes the first credential for the node. */
	async newCredential(): Promise<CredentialForm> {
		await this.root.getByRole('button', { name: 'Connect to Zoho CRM Portals' }).click();
		return await this.credentialForm();
	}

	/** Opens the credential that the node uses. */
	async editCredential(): Promise<CredentialForm> {
		await this.root.getByTestId('credential-edit-button').click();
		return await this.credentialForm();
	}

	/** Where n8n's help for the node is. */
	async help(): Promise<string | null> {
		return await this.panel.getByRole('link', { name: 'Docs' }).getAttribute('href');
	}

	/** Chooses how a resource locator names something: "By Email". */
	async nameBy(label: string, mode: string): Promise<void> {
		await this.field(label).getByTestId('rlc-mode-selector').click();
		await this.option(mode).click();
	}

	/** Adds one of the fields that a collection offers: `addTo('Filter', 'Source')`. */
	async addTo(what: string, field: string): Promise<void> {
		// n8n's own "Request Options" come last.
		await this.root.getByPlaceholder(`Add ${what}`, { exact: true }).first().click();
		const options = this.root.page().getByTestId('collection-parameter-option');
		await options.filter({ visible: true, hasText: field }).click();
	}

	/** Opens the list of a resource locator. */
	async openList(label: string): Promise<void> {
		await this.field(label).getByTestId('rlc-input').click();
	}

	/** Types into the search of an open list. */
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

	/** Adds a group of fields to a list of such groups. */
	async add(what: string): Promise<Form> {
		const amount = await this.groups.count();
		await this.root.getByRole('button', { name: `Add ${what}`, exact: true }).click();
		return new Form(this.groups.nth(amount));
	}

	/** The group of fields that a list of such groups begins with. */
	firstGroup(): Form {
		return new Form(this.groups.first());
	}

	private get groups(): Locator {
		return this.root.locator('[data-test-id^="fixed-collection-"] .parameter-input-list-wrapper');
	}

	/** The fields that n8n offers of the node before, whose input shows them as a schema. */
	async offered(): Promise<string[]> {
		const names = this.panel.getByTestId('run-data-schema-item').locator('[data-name]');
		return await names.evaluateAll((all) => all.map((one) => one.getAttribute('data-name') ?? ''));
	}

	/** What n8n says of the fields of a node that has not run yet. */
	async offer(): Promise<string> {
		return await this.panel.getByTestId('schema-preview-warning').innerText();
	}

	/** What n8n says above an output that is still empty. */
	async hint(): Promise<string> {
		return (await this.output.getByTestId('run-data-hints').innerText()).trim();
	}

	/** Runs the node, and waits until it has run well. */
	async execute(button = 'Execute step'): Promise<void> {
		await this.press(button);
		await this.output.getByTestId('node-run-status-success').waitFor();
	}

	/** Runs the node, waits until it has failed, and reads what n8n shows of that. */
	async executeInVain(): Promise<{ message: string; description: string }> {
		await this.press('Execute step');
		const [message, description] = ['message', 'description'].map((part) =>
			this.output.getByTestId(`node-error-${part}`),
		);
		return { message: await message.innerText(), description: await description.innerText() };
	}

	/** Shows one side of an output that has an error branch; its items are counted. */
	async showBranch(branch: 'Success' | 'Error', amount: number): Promise<void> {
		await this.output.getByText(`${branch} Branch (${amount} items)`).click();
	}

	/** A column of the output, shown as a table, from top to bottom. */
	async column(heading: string): Promise<string[]> {
		await this.output.getByTestId('radio-button-table').click();
		const table = this.output.getByRole('table');
		const headings = await table.locator('thead th').allInnerTexts();
		const position = headings.findIndex((text) => text.trim() === heading) + 1;
		return await table.locator(`tbody td:nth-child(${position})`).allInnerTexts();
	}

	/** The items of an output that needs no scrolling, read where n8n shows them as JSON. */
	async items(): Promise<IDataObject[]> {
		await this.output.getByTestId('radio-button-json').click();
		// n8n draws the lines that are in view, and only after a while knows how many that are.
		return await until('the whole output as JSON', SECONDS, async () =>
			parsed(await this.output.locator('.json-data').innerText()),
		);
	}

	private async credentialForm(): Promise<CredentialForm> {
		const window = this.root.page().getByTestId('editCredential-modal');
		await window.waitFor();
		return new CredentialForm(window);
	}

	private async press(button: string): Promise<void> {
		await this.panel.getByTestId('node-execute-button').getByText(button).click();
	}
}

/** Items in JSON that is indented with non-breaking spaces; undefined while there is a part of it. */
function parsed(text: string): IDataObject[] | undefined {
	try {
		return JSON.parse(text.replaceAll('\u00a0', ' ')) as IDataObject[];
	} catch {
		return undefined;
	}
}
