import { canMove } from '../../zoho/directory';
import type { UserType } from '../../zoho/directory';

/** Whether people can move between two user types, either of which may be missing. */
export function canTransfer(from: UserType | undefined, to: UserType | undefined): boolean {
	return from !== undefined && to !== undefined && canMove(from, to);
}
