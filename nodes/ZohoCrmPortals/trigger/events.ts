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

/** A change in a portal. */
export interface PortalEvent {
	event: EventName;
	/** The user type of the event or of the person; for removed people, their last one. */
	userType: { id: string; name: string };
	/** The previous user type of the person, if it was another one. */
	from?: string;
	/** The portal user, or the user type. */
	subject: IDataObject;
	/** The previously known state. */
	previous?: IDataObject;
}

/** The chosen events and user types. */
export interface Watch {
	events: string[];
	/** IDs of user types; empty for all. */
	userTypes: string[];
	/** The number of days after which an unanswered invitation is reported. */
	unconfirmedDays: number;
}

/** Whether an event is chosen. New user types are reported regardless of the chosen user types. */
export function wants(
	{ events, userTypes }: Watch,
	{ event, userType, from }: PortalEvent,
): boolean {
	if (!events.includes(event)) return false;
	if (userTypes.length === 0 || event === 'userTypeCreated') return true;
	return userTypes.includes(userType.id) || (from !== undefined && userTypes.includes(from));
}

/** Whether any event about people is chosen. */
export function watchesPeople({ events }: Watch): boolean {
	return USER_EVENTS.some((event) => events.includes(event));
}

/** Whether an event is about a user type; all others are about a person. */
export function isUserTypeEvent(event: string): boolean {
	return USER_TYPE_EVENTS.some((name) => name === event);
}

/**
 * The output item of an event.
 *
 * @param hint information about the reading; empty for none
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
