import type { IDataObject } from 'n8n-workflow';

import { wordsFor } from '../../errors/messages';
import { count } from '../../errors/words';
import type { Connection } from '../../http/connection';
import { hint } from '../../run/hint';
import { userTypesOf } from '../../zoho/directory';
import type { PortalUser } from '../../zoho/people';
import { readKnownRecords } from '../../zoho/records';
import type { KnownRecords } from '../../zoho/records';
import { pick } from '../pick';

/** Somebody who was read, and the fields that an item asks for of the record behind them. */
export interface Known {
	portal: string;
	user: Pick<PortalUser, 'personality_id' | 'user_type_id'>;
	fields: string[];
	/** What is returned of them; gets `record`. */
	json: IDataObject;
}

/**
 * Adds `record` to what is returned of people: `null` where the record could not be read, which a
 * hint says. Those of a module are read together, 100 a call.
 */
export async function addRecords(connection: Connection, people: Known[]): Promise<void> {
	const groups = new Map<string, { module: string; fields: string[]; people: Known[] }>();
	for (const person of people) {
		const { portal, user, fields } = person;
		const types = await userTypesOf(connection, portal);
		const module = types.find(({ id }) => id === user.user_type_id)?.module ?? '';
		const key = JSON.stringify([module, fields]);
		const group = groups.get(key) ?? { module, fields, people: [] };
		groups.set(key, group);
		group.people.push(person);
	}
	for (const { module, fields, people: some } of groups.values()) {
		const ids = some.map(({ user }) => user.personality_id);
		const { records, error }: KnownRecords =
			module === ''
				? { records: new Map() }
				: await readKnownRecords(connection, module, fields, ids);
		for (const { user, json } of some) {
			const record = records.get(user.personality_id);
			json.record = record ? pick(record, fields) : null;
		}
		const missing = new Set(ids.filter((id) => !records.has(id))).size;
		const users = `${count(missing)} user${missing === 1 ? '' : 's'}`;
		if (error) {
			const { reason, remedy } = wordsFor(error, { thing: 'record', done: 'read' });
			hint(connection, `Could not read the records of ${users} in ${module}: ${reason}. ${remedy}`);
		} else if (missing > 0) {
			hint(
				connection,
				`Zoho did not return the records of ${users} in ${module}. They may be in the recycle bin, or hidden from the connected Zoho user.`,
			);
		}
		const unknown = fields.filter((field) => ![...records.values()].some((row) => field in row));
		if (records.size > 0 && unknown.length > 0) {
			hint(
				connection,
				`Zoho did not return these fields of ${module}: ${unknown.join(', ')}. Check that their API names are correct and that the profile of the connected user may see them.`,
			);
		}
	}
}
