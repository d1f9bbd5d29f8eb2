import type { Locator } from 'playwright-core';

import { Form } from './form';

/** The window in which a credential is set up. */
export class CredentialForm extends Form {
	constructor(private readonly window: Locator) {
		super(window.getByTestId('node-credentials-config-container'));
	}

	/** Connects the account in the window that Zoho opens; n8n closes both when that is done. */
	async connect(): Promise<void> {
		const opened = this.window.page().waitForEvent('popup');
		await this.root.getByRole('button', { name: 'Connect', exact: true }).click();
		const consent = await opened;
		const closed = consent.waitForEvent('close');
		await consent.getByRole('button', { name: 'Accept' }).click();
		await closed;
		await this.window.waitFor({ state: 'hidden' });
	}

	async close(): Promise<void> {
		await this.window.getByRole('button', { name: 'Close this dialog' }).click();
		await this.window.waitFor({ state: 'hidden' });
	}
}
