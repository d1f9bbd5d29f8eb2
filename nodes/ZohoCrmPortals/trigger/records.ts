import { recordHints } from '../errors/recordHints';
import type { Connection } from '../http/connection';
import { toUserType } from '../zoho/directory';
import { addRecords } from '../zoho/records';
import type { WithRecord } from '../zoho/records';
import { isUserTypeEvent } from './events';
import type { PortalEvent } from './events';
import type { ListedUserType } from './reading';

/**
 * Adds `record` to the users of events: fields of their CRM records, or `null` if a record could
 * not be read. It never fails: an event is reported with the available data.
 *
 * @param userTypes the current user types of the portal, which name the module of each record
 * @param fields API names; undefined if nothing is read and added
 * @returns the records that could not be read, in plain words for a hint
 */
export async function addRecordsTo(
	events: PortalEvent[],
	connection: Connection,
	userTypes: ListedUserType[],
	fields: string[] | undefined,
): Promise<string[]> {
	if (!fields) return [];
	const modules = new Map(userTypes.map(({ id, row }) => [id, toUserType(row).module]));
	const people = events
		.filter(({ event }) => !isUserTypeEvent(event))
		.map(({ userType, subject }): WithRecord => {
			const id = String(subject.personality_id);
			return { module: modules.get(userType.id) ?? '', id, fields, json: subject };
		});
	return (await addRecords(connection, people)).flatMap(recordHints);
}
