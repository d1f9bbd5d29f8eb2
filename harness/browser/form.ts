import type { Locator } from 'playwright-core';

/** A form of n8n, accessed by its labels: of a node or of a credential. */
export class Form {
	constructor(protected readonly root: Locator) {}

	/** The control of a label: input, list or switch. */
	field(label: string): Locator {
		return this.label(label).locator(
			'xpath=ancestor::*[descendant::*[@data-test-id="parameter-input"]][1]//*[@data-test-id="parameter-input"]',
		);
	}

	/** Scrolls until the top of the form is visible. */
	async scrollTo(): Promise<void> {
		await this.root.evaluate((form: { scrollIntoView: () => void }) => form.scrollIntoView());
	}

	async type(label: string, text: string): Promise<void> {
		await this.field(label).getByRole('textbox').fill(text);
	}

	async switchOff(label: string): Promise<void> {
		// The visible switch covers the input that has the role.
		await this.field(label).locator('.el-switch.is-checked').click();
	}

	/** Whether a field is visible. */
	async has(label: string): Promise<boolean> {
		return await this.label(label).isVisible();
	}

	/** Chooses from a drop-down list; several options if the list allows it. */
	async choose(label: string, ...options: string[]): Promise<void> {
		await this.combobox(label).click();
		for (const option of options) await this.option(option).click();
		await this.closeList(label);
	}

	/** The chosen option of a drop-down list. */
	async chosen(label: string): Promise<string> {
		return await this.combobox(label).inputValue();
	}

	/** The options of a drop-down list. */
	async options(label: string): Promise<string[]> {
		await this.combobox(label).click();
		await this.option().first().waitFor();
		const names = await this.option().locator('.option-headline').allInnerTexts();
		await this.closeList(label);
		return names;
	}

	/** The drop-down list of a label, after n8n has loaded its options. */
	private combobox(label: string): Locator {
		// Lists for several options have two elements, of which the first covers the second.
		return this.field(label).getByRole('combobox', { disabled: false }).first();
	}

	protected option(name?: string): Locator {
		const page = this.root.page();
		const has = name === undefined ? undefined : page.getByText(name, { exact: true });
		return page.getByRole('option').filter({ visible: true, has });
	}

	/** A list for a single option closes by itself. */
	private async closeList(label: string): Promise<void> {
		const input = this.combobox(label);
		if ((await input.getAttribute('aria-expanded')) === 'true') await input.press('Escape');
		await this.option().first().waitFor({ state: 'hidden' });
	}

	private label(text: string): Locator {
		const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		// n8n marks required fields with an asterisk.
		return this.root.locator('label').getByText(new RegExp(`^\\s*${escaped}\\s*\\*?\\s*$`));
	}
}
