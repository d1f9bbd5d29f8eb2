import type { UserType } from '../../transport/directory';

/** Zoho moves people between user types with the same personality module and invitation field. */
export function canTransfer(from: UserType | undefined, to: UserType | undefined): boolean {
	if (!from || !to) return false;
	return from.module === to.module && from.emailField?.id === to.emailField?.id;
}
