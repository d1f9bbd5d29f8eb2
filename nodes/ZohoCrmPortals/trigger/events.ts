import type { IDataObject } from 'n8n-workflow';

/** Events about one portal user. */
export const USER_EVENTS = [
	'userAdded',
	'userTypeChanged',
	'emailChanged',
	'userConfirmed',
	'userActivated',
	'userDeactivated',
	'unconfirmed',
	'userRemoved',
] as const;

/** Events about one user type. */
export const USER_TYPE_EVENTS = ['userTypeCreated', 'userTypeUpdated', 'userTypeDeleted'] as const;

export type UserEvent = (typeof USER_EVENTS)[number];
type UserTypeEvent = (typeof USER_TYPE_EVENTS)[number];
type EventName = UserEvent | UserTypeEvent;

/** Something that changed in a portal. */
export interface PortalEvent {
	event: EventName;
	/** ID and name of the user type that it is about, or where the person is; was, if removed. */
	userType: { id: string; name: string };
	/** Where a person was before, if that is another user type. */
	from?: string;
	/** The portal user, or the user type. */
	subject: IDataObject;
	/** What was known before. */
	previous?: IDataObject;
}

/** What is asked for: which events, and of whom. */
export interface Watch {
	events: string[];
	/** IDs of user types; none: all. */
	userTypes: string[];
	/** After how many days an invitation that nobody accepted is told. */
	unconfirmedDays: number;
}

/** Whether an event is asked for. That a user type is new is told whichever are watched. */
export function wants(
	{ events, userTypes }: Watch,
	{ event, userType, from }: PortalEvent,
): boolean {
	if (!events.includes(event)) return false;
	if (userTypes.length === 0 || event === 'userTypeCreated') return true;
	return userTypes.includes(userType.id) || (from !== undefined && userTypes.includes(from));
}

/** Whether an event about people is asked for. */
export function watchesPeople({ events }: Watch): boolean {
	return USER_EVENTS.some((event) => events.includes(event));
}

/** Whether an event is about a user type; others are about a person. */
export function isUserTypeEvent(event: string): boolean {
	return USER_TYPE_EVENTS.some((name) => name === event);
}

/**
 * The item that tells an event.
 *
 * @param hint what has to be known about how it was read; empty for nothing
 */
export function toJson(
	{ event, userType, subject, previous }: PortalEvent,
	portal: string,
	detectedAt: string,
	hint: string,
): IDataObject {
	return {
		event,
		detected_at: detectedAt,
		portal,
		user_type_id: userType.id,
		user_type_name: userType.name,
		[isUserTypeEvent(event) ? 'user_type' : 'user']: subject,
		...(previous && { previous }),
		...(hint !== '' && { hint }),
	};
}
