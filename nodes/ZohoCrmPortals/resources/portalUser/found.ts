import type { PortalUser } from '../../zoho/people';
import type { PortalPerson } from './change';

/** Somebody in the portal as a run found them, as far as a later run goes by it. */
export interface Found extends Omit<PortalPerson, 'id'> {
	/** Tells somebody from a person who was removed and invited again; empty where Zoho told none. */
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
		email: String(email ?? '')
			.trim()
			.toLowerCase(),
	};
}

/** Whether two texts name the same time, in whatever offset. */
export function isSameTime(one: string, other: string): boolean {
	if (one === other) return true;
	return Date.parse(one) === Date.parse(other);
}
