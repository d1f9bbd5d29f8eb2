import type { IDataObject } from 'n8n-workflow';
import type { Locator } from 'playwright-core';

import { Form } from './form';

/** An open node: its parameters, and its output beside them. */
export class NodePanel extends Form {
	readonly output: Locator;

	constructor(private readonly panel: Locator) {
		super(panel.getByTestId('node-parameters'));
		this.output = panel.getByTestId('output-panel');
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

	/** Opens the list of a resource locator and chooses from it. */
	async pick(label: string, entry: string): Promise<void> {
		await this.openList(label);
		await this.field(label).getByTestId('rlc-item').filter({ hasText: entry }).click();
	}

	/** Adds an entry to a list of groups of fields. */
	async add(what: string): Promise<void> {
		await this.root.getByRole('button', { name: `Add ${what}`, exact: true }).click();
	}

	/** Runs the node, and waits until it has run well. */
	async execute(): Promise<void> {
		await this.press('Execute step');
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

	/** The items of the output, as n8n shows them in JSON. */
	async items(): Promise<IDataObject[]> {
		await this.output.getByTestId('radio-button-json').click();
		const text = await this.output.locator('.json-data').innerText();
		return JSON.parse(text) as IDataObject[];
	}

	private async press(button: string): Promise<void> {
		await this.panel.getByTestId('node-execute-button').getByText(button).click();
	}
}
