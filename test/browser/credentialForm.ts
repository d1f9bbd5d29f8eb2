import type { Locator } from 'playwright-core';

import { Form } from './form';

/** The window in which a credential is set up. */
export class CredentialForm extends Form {
	constructor(private readonly window: Locator) {
		super(window.getByTestId('node-credentials-config-container'));
	}

	/** Connects the account in the window that Zoho opens; n8n closes both when that is done. */
	async connect(): Promise<void> {
		const [consent] = await Promise.all([
			this.window.page().waitForEvent('popup'),
			this.root.getByRole('button', { name: 'Connect', exact: true }).click(),
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

	async close(): Promise<void> {
		await this.window.getByRole('button', { name: 'Close this dialog' }).click();
		await this.window.waitFor({ state: 'hidden' });
	}
}
