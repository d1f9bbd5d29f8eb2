import { ZohoApiError } from '../http/error';
import type { ZohoErrorData } from '../http/error';

/** Something that an item names by a name that Zoho does not address it by. */
export class Reference {
	private found?: { id: string } | { error: ZohoErrorData };

	constructor(
		readonly to: 'portal' | 'userType' | 'crmUser',
		/** Empty for the only portal; of a CRM user the email address. */
		readonly name: string,
		/** Label of the field that names it. */
		readonly label: string,
		/** The portal that it is in, once that was looked up. */
		readonly portal: () => string,
	) {}

	/** Whether it has not been looked up yet. */
	get isOpen(): boolean {
		return this.found === undefined;
	}

	/** Takes what was found: how Zoho addresses it, or why it is not known. */
	settle(found: { id: string } | { error: ZohoErrorData }): void {
		this.found = found;
	}

	/** @throws ZohoApiError where nothing was found */
	result(): string {
		if (!this.found) return this.name;
		if ('error' in this.found) throw new ZohoApiError(this.found.error);
		return this.found.id;
	}
}
