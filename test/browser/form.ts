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

	async type(label: string, text: string): Promise<void> {
		await this.field(label).getByRole('textbox').fill(text);
	}

	/** Whether a field is shown. */
	async has(label: string): Promise<boolean> {
		return await this.label(label).isVisible();
	}

	/** Chooses from a drop-down list; where several can be chosen, all of them. */
	async choose(label: string, ...options: string[]): Promise<void> {
		await this.field(label).getByRole('combobox').click();
		for (const option of options) await this.option(option).click();
		await this.closeList(label);
	}

	/** What a drop-down list offers. */
	async options(label: string): Promise<string[]> {
		await this.field(label).getByRole('combobox').click();
		await this.option().first().waitFor();
		const names = await this.option().locator('.option-headline').allInnerTexts();
		await this.closeList(label);
		return names;
	}

	private option(name?: string): Locator {
		const page = this.root.page();
		const has = name === undefined ? undefined : page.getByText(name, { exact: true });
		return page.getByRole('option').filter({ visible: true, has });
	}

	/** A list from which one thing is chosen closes by itself. */
	private async closeList(label: string): Promise<void> {
		const input = this.field(label).getByRole('combobox');
		if ((await input.getAttribute('aria-expanded')) === 'true') await input.press('Escape');
		await this.option().first().waitFor({ state: 'hidden' });
	}

	private label(text: string): Locator {
		const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		// n8n marks what is required with an asterisk.
		return this.root.locator('label').getByText(new RegExp(`^${escaped}( \\*)?$`));
	}
}
