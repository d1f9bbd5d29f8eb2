import type { Locator } from 'playwright-core';

import { Form } from './form';

/** The window for setting up a credential. */
export class CredentialForm extends Form {
	constructor(private readonly window: Locator) {
		super(window.getByTestId('node-credentials-config-container'));
	}

	/** Labels of the visible fields, from top to bottom. */
	async fields(): Promise<string[]> {
		const labels = this.root.getByTestId('credential-connection-parameter').locator('label');
		// After the name, there may be an asterisk for required fields, and a switch to
		// expressions.
		return (await labels.allInnerTexts()).map((text) => text.split(/[\n*]/)[0].trim());
	}

	/** Tries to connect a credential that n8n refuses to store, and returns n8n's message. */
	async connectInVain(): Promise<string> {
		const page = this.window.page();
		const [window] = await Promise.all([page.waitForEvent('popup'), this.connectButton.click()]);
		// n8n closes the window before it opens a page.
		if (!window.isClosed()) await window.waitForEvent('close');
		expect(window.url()).toBe('about:blank');
		const notice = page.getByRole('alert').filter({ hasText: 'Problem creating credential' });
		return await notice.innerText();
	}

	/** Connects the account in the window that Zoho opens. n8n then closes both windows. */
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

	/** The message above the fields. */
	banner(text: string): Locator {
		return this.root.getByText(text);
	}

	/** The address of n8n's help for the credential. */
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
