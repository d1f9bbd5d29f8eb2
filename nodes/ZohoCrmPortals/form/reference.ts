import { ZohoApiError } from '../http/error';
import type { ZohoErrorData } from '../http/error';

/** A name in an item that has to be looked up, because Zoho needs an ID instead. */
export class Reference {
	private found?: { id: string } | { error: ZohoErrorData };

	constructor(
		readonly to: 'portal' | 'userType' | 'crmUser',
		/** Empty for the only portal; an email address for a CRM user. */
		readonly name: string,
		/** Label of the field that contains it. */
		readonly label: string,
		/** The portal in which to look it up, once that is known. */
		readonly portal: () => string,
	) {}

	/** Whether it still has to be looked up. */
	get isOpen(): boolean {
		return this.found === undefined;
	}

	/** Stores the result of the look-up: the ID, or the error. */
	settle(found: { id: string } | { error: ZohoErrorData }): void {
		this.found = found;
	}

	/** @throws ZohoApiError if nothing was found */
	result(): string {
		if (!this.found) return this.name;
		if ('error' in this.found) throw new ZohoApiError(this.found.error);
		return this.found.id;
	}
}
