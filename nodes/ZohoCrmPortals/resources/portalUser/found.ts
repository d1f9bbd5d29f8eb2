import type { PortalUser } from '../../zoho/people';
import type { PortalPerson } from './change';
import { keyOf } from './userLookUp';

/** The state of a person in the portal that a later run compares with. */
export interface Found extends Omit<PortalPerson, 'id'> {
	/**
	 * Distinguishes the person from one who was removed and invited again; empty if Zoho returned
	 * no time.
	 */
	invitedTime: string;
	/** In lower case. */
	email: string;
}

export function foundOf({ user_type_id, active, confirm, invited_time, email }: PortalUser): Found {
	return {
		userType: user_type_id,
		active: active !== false,
		confirmed: confirm !== false,
		invitedTime: String(invited_time ?? ''),
		email: keyOf(email),
	};
}

/** Whether two texts stand for the same time, in any offset. */
export function isSameTime(one: string, other: string): boolean {
	if (one === other) return true;
	return Date.parse(one) === Date.parse(other);
}
