import type { IDataObject } from 'n8n-workflow';

import { isFinal } from '../../errors/messages';
import { batch } from '../../execution/batch';
import type { Named, Target } from '../../execution/batch';
import type { IdResults } from '../../execution/idResults';
import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import type { Result } from '../../execution/result';
import type { Connection } from '../../transport/connection';
import { listOf, parseJson } from '../../transport/exactJson';
import { send } from '../../transport/request';
import type { ZohoRequest } from '../../transport/request';
import { USERS } from '../../transport/scopes';
import { readUpdateRows } from './updateRows';
import { usersByEmail } from './userByEmail';
import { readFields } from './userFields';

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update CRM user',
	description: 'Change role, profile, state or other data of a user of your Zoho CRM organization',
	method: 'PUT',
	path: '/users',
	scopes: [USERS.update, USERS.read],
	limit: '10 a call',
	hint: 'A user whose status becomes inactive will no longer be able to log in to Zoho CRM',
	thing: 'CRM user',
	done: 'updated',
	strategy: usersByEmail(
		batch({
			parameter: 'user',
			idKey: 'id',
			maxBatchSize: 10,
			group: (item): UpdateGroup => ({ request: item.request(), fields: changedFields(item) }),
			find: async (_run, asked) => asked.map(targetsOf),
			// Most refusals are about a field of one user, under many codes.
			isAboutOne: (error) => !isFinal(error),
			send: async (connection, { request }, entries) =>
				await updateUsers(connection, request, entries),
		}),
	),
};

interface UpdateGroup {
	request: ZohoRequest;
	/** What an item changes; unset for what is sent, where each user has fields of their own. */
	fields?: IDataObject;
}

/** Users with different fields go into the same call. */
function targetsOf({ group, people }: Named<UpdateGroup>): Array<Target<UpdateGroup>> {
	const { request, fields } = group;
	return people.values.map((id) => ({
		id,
		group: { request },
		entry: JSON.stringify({ ...fields, id }),
	}));
}

function changedFields(item: ItemParameters): IDataObject {
	const fields = readFields(item, item.value('updateFields', {}));
	if (Object.keys(fields).length === 0) {
		throw item.invalid('updateFields', 'is empty', 'Add a field to change.');
	}
	return fields;
}

/** Updates users in one call. Of one alone the ID is in the address, as all of Zoho's sources have it. */
async function updateUsers(
	connection: Connection,
	request: ZohoRequest,
	entries: string[],
): Promise<IdResults> {
	const users = listOf(entries.map(parseJson));
	const ids = users.map(({ id }) => String(id));
	const [{ id, ...fields }] = users;
	const response = await send(
		connection,
		users.length === 1
			? { ...request, path: `${request.path}/${String(id)}`, body: { users: [fields] } }
			: { ...request, body: { users } },
	);
	const { results, untouched } = readUpdateRows(response, ids);
	const byEntry = [...results].map(([one, result]): [string, Result] => [
		entries[ids.indexOf(one)],
		result,
	]);
	return { results: new Map(byEntry), untouched };
}
