import type { IDataObject } from 'n8n-workflow';

import { wordsFor } from '../../errors/messages';
import { recordHints } from '../../errors/recordHints';
import type { Connection } from '../../http/connection';
import { dataOf } from '../../http/error';
import { hint } from '../../run/hint';
import { userTypesOf } from '../../zoho/directory';
import type { UserType } from '../../zoho/directory';
import type { PortalUser } from '../../zoho/people';
import { addRecords } from '../../zoho/records';
import type { WithRecord } from '../../zoho/records';

/** A person who was read, and the record fields that an item asks for. */
export interface ReadUser {
	portal: string;
	user: Pick<PortalUser, 'personality_id' | 'user_type_id'>;
	fields: string[];
	/** The output for this person, which gets `record`. */
	json: IDataObject;
}

/** The user types of a portal; none if they cannot be read, which a hint reports. */
export async function userTypesIfKnown(
	connection: Connection,
	portal: string,
): Promise<UserType[]> {
	return await userTypesOf(connection, portal).catch((error: unknown) => {
		const { reason, remedy } = wordsFor(dataOf(error), { thing: 'user type', done: 'read' });
		hint(connection, `Could not read the names of the user types: ${reason}. ${remedy}`);
		return [];
	});
}

/**
 * Adds `record` to the output of people; `null` if the record could not be read, which a hint
 * reports.
 */
export async function addRecordFields(connection: Connection, people: ReadUser[]): Promise<void> {
	const asked: WithRecord[] = [];
	for (const { portal, user, fields, json } of people) {
		const types = await userTypesIfKnown(connection, portal);
		const module = types.find(({ id }) => id === user.user_type_id)?.module ?? '';
		asked.push({ module, id: user.personality_id, fields, json });
	}
	for (const read of await addRecords(connection, asked)) {
		for (const message of recordHints(read)) hint(connection, message);
	}
}
