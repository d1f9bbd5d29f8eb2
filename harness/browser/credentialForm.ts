import type { Locator } from 'playwright-core';

import { Form } from './form';

/** The window in which a credential is set up. */
export class CredentialForm extends Form {
	constructor(private readonly window: Locator) {
		super(window.getByTestId('node-credentials-config-container'));
	}

	/** Labels of the fields that are shown, from top to bottom. */
	async fields(): Promise<string[]> {
		const labels = this.root.getByTestId('credential-connection-parameter').locator('label');
		// Behind the name: an asterisk for what is required, and the choice of an expression.
		return (await labels.allInnerTexts()).map((text) => text.split(/[\n*]/)[0].trim());
	}

	/** Tries to connect although n8n will not store the credential, and reads what n8n says. */
	async connectInVain(): Promise<string> {
		const page = this.window.page();
		const [window] = await Promise.all([page.waitForEvent('popup'), this.connectButton.click()]);
		// Closed by n8n, before it leads anywhere.
		if (!window.isClosed()) await window.waitForEvent('close');
		expect(window.url()).toBe('about:blank');
		const notice = page.getByRole('alert').filter({ hasText: 'Problem creating credential' });
		return await notice.innerText();
	}

	/** Connects the account in the window that Zoho opens; n8n closes both when that is done. */
	async connect(): Promise<void> {
		const [consent] = await Promise.all([
			this.window.page().waitForEvent('popup'),
			this.connectButton.click(),
		]);
		await Promise.all([
			consent.waitForEvent('close'),
			consent.getByRole('button', { name: 'Accept' }).click(),
		]);
		await this.window.waitFor({ state: 'hidden' });
	}

	/** What n8n says above the fields. */
	banner(text: string): Locator {
		return this.root.getByText(text);
	}

	/** Where n8n's help for the credential is. */
	async help(): Promise<string | null> {
		return await this.root.getByRole('link', { name: 'Read our docs' }).getAttribute('href');
	}

	async close(): Promise<void> {
		await this.window.getByRole('button', { name: 'Close this dialog' }).click();
		await this.window.waitFor({ state: 'hidden' });
	}

	private get connectButton(): Locator {
		return this.root.getByRole('button', { name: 'Connect', exact: true });
	}
}
