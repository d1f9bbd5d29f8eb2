import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';

import { mapWithConcurrency } from '../http/concurrency';
import { toJson, USER_EVENTS, USER_TYPE_EVENTS, wants } from './events';
import type { PortalEvent, UserEvent } from './events';
import type { TriggerParameters } from './parameters';
import { jsonOf } from './reading';
import type { Person, ListedUserType } from './reading';
import { addRecordsTo } from './records';
import { readFirst, readPortalTypes } from './readPortal';
import type { Source } from './readPortal';

/** The condition for being an example of an event. */
const FITS: Record<UserEvent, (person: Person) => boolean> = {
	userAdded: () => true,
	userTypeChanged: () => true,
	emailChanged: () => true,
	userConfirmed: ({ confirm }) => confirm,
	userActivated: ({ active, confirm }) => active && confirm,
	userDeactivated: ({ active }) => !active,
	unconfirmed: ({ confirm }) => !confirm,
	userRemoved: () => true,
};

/**
 * The items of a manual test: for each chosen event, a real person or user type in its current
 * state.
 *
 * @throws NodeOperationError if there is nobody to show
 */
export async function samples(
	node: INode,
	source: Source,
	{ watch, recordFields }: TriggerParameters,
): Promise<IDataObject[]> {
	const userTypes = await readPortalTypes(source);
	const { userTypes: chosen } = watch;
	const watched = userTypes.filter(({ id }) => chosen.length === 0 || chosen.includes(id));
	const lists = await mapWithConcurrency(
		source.withPeople ? watched : [],
		source.connection.concurrency,
		async (userType) => await readFirst(source, userType),
	);
	const people = lists.flat();
	const events = [
		...USER_EVENTS.flatMap((event) => sampleOf(event, people.find(FITS[event]), userTypes)),
		...USER_TYPE_EVENTS.flatMap((event) => sampleOfType(event, watched.at(0))),
	].filter((event) => wants(watch, event));
	if (events.length === 0) {
		throw new NodeOperationError(node, 'There are no users to show for the chosen events', {
			description:
				'A test shows the current users of the portal, and none of them matches. Invite a user in Zoho CRM or with the operation "Invite" of the Zoho CRM Portals node, or choose the event "User Added", which matches every user.',
		});
	}
	const { connection, portal } = source;
	const hint = (await addRecordsTo(events, connection, userTypes, recordFields)).join(' ');
	const detectedAt = new Date().toISOString();
	return events.map((event) => ({ ...toJson(event, portal, detectedAt, hint), test: true }));
}

/** The assumed state before each event. */
const BEFORE: Partial<Record<UserEvent, Partial<Pick<Person, 'active' | 'confirm'>>>> = {
	userConfirmed: { confirm: false },
	userActivated: { active: false },
	userDeactivated: { active: true },
};

function sampleOf(
	event: UserEvent,
	person: Person | undefined,
	userTypes: ListedUserType[],
): PortalEvent[] {
	if (!person) return [];
	const { id, userTypeId, userTypeName, active, confirm } = person;
	const here = { id: userTypeId, name: userTypeName };
	const moved = event === 'userTypeChanged';
	const there = moved ? userTypes.find((one) => one.id !== userTypeId) : here;
	// In a portal with one user type, nobody can move.
	if (!there) return [];
	const state = { active, confirm, ...BEFORE[event] };
	const previous = { user_type_id: there.id, user_type_name: there.name, ...state };
	return [
		{
			event,
			userType: here,
			subject: event === 'userRemoved' ? { personality_id: id, ...previous } : jsonOf(person),
			...(event !== 'userAdded' && { previous }),
		},
	];
}

function sampleOfType(
	event: (typeof USER_TYPE_EVENTS)[number],
	userType: ListedUserType | undefined,
): PortalEvent[] {
	if (!userType) return [];
	const { id, name, active, row } = userType;
	const previous = { name, active: event === 'userTypeUpdated' ? !active : active };
	return [
		{
			event,
			userType: { id, name },
			subject: event === 'userTypeDeleted' ? { id, name, active } : row,
			...(event !== 'userTypeCreated' && { previous }),
		},
	];
}
