import type { Locator } from 'playwright-core';

/** A form of n8n, by its labels: that of a node or of a credential. */
export class Form {
	constructor(protected readonly root: Locator) {}

	/** What belongs to a label: input, list or switch. */
	field(label: string): Locator {
		return this.label(label).locator(
			'xpath=ancestor::*[descendant::*[@data-test-id="parameter-input"]][1]//*[@data-test-id="parameter-input"]',
		);
	}

	/** Scrolls until the form begins at the top. */
	async scrollTo(): Promise<void> {
		await this.root.evaluate((form: { scrollIntoView: () => void }) => form.scrollIntoView());
	}

	async type(label: string, text: string): Promise<void> {
		await this.field(label).getByRole('textbox').fill(text);
	}

	async switchOff(label: string): Promise<void> {
		// The switch that one sees lies over the input with that role.
		await this.field(label).locator('.el-switch.is-checked').click();
	}

	/** Whether a field is shown. */
	async has(label: string): Promise<boolean> {
		return await this.label(label).isVisible();
	}

	/** Chooses from a drop-down list; where several can be chosen, all of them. */
	async choose(label: string, ...options: string[]): Promise<void> {
		await this.combobox(label).click();
		for (const option of options) await this.option(option).click();
		await this.closeList(label);
	}

	/** What is chosen in a drop-down list. */
	async chosen(label: string): Promise<string> {
		return await this.combobox(label).inputValue();
	}

	/** What a drop-down list offers. */
	async options(label: string): Promise<string[]> {
		await this.combobox(label).click();
		await this.option().first().waitFor();
		const names = await this.option().locator('.option-headline').allInnerTexts();
		await this.closeList(label);
		return names;
	}

	/** The drop-down list of a label, once n8n has loaded what it offers. */
	private combobox(label: string): Locator {
		// Where several can be chosen there are two, of which the first lies above the other.
		return this.field(label).getByRole('combobox', { disabled: false }).first();
	}

	protected option(name?: string): Locator {
		const page = this.root.page();
		const has = name === undefined ? undefined : page.getByText(name, { exact: true });
		return page.getByRole('option').filter({ visible: true, has });
	}

	/** A list from which one thing is chosen closes by itself. */
	private async closeList(label: string): Promise<void> {
		const input = this.combobox(label);
		if ((await input.getAttribute('aria-expanded')) === 'true') await input.press('Escape');
		await this.option().first().waitFor({ state: 'hidden' });
	}

	private label(text: string): Locator {
		const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		// n8n marks what is required with an asterisk.
		return this.root.locator('label').getByText(new RegExp(`^\\s*${escaped}\\s*\\*?\\s*$`));
	}
}
