import type { IDataObject } from 'n8n-workflow';

import { isFinal } from '../../errors/messages';
import type { Group } from '../../run/batchRun';
import type { IdResults } from '../../run/idResults';
import type { Operation } from '../../run/operation';
import type { Item } from '../../form/item';
import type { Result } from '../../run/result';
import type { Connection } from '../../http/connection';
import { dataOf } from '../../http/error';
import { listOf, parseJson } from '../../http/exactJson';
import { send } from '../../http/request';
import type { ZohoRequest } from '../../http/request';
import { METADATA, USERS } from '../../zoho/scopes';
import { settings, toCrmUserFields, updateFields, crmUser } from './fields';
import { foreseeUpdate, isAsAsked } from './foresee';
import { onCrmUsers } from './onCrmUsers';
import { readUpdateRows } from './updateRows';

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update CRM user',
	description: 'Change role, profile, state or other data of a user of your Zoho CRM organization',
	method: 'PUT',
	path: '/users',
	scopes: [USERS.update, USERS.read, METADATA.profiles, METADATA.roles],
	limit: '10 a call',
	warnings: [
		{
			message: 'A user whose status becomes inactive will no longer be able to log in to Zoho CRM',
			when: '!["active", undefined].includes($rawParameter["updateFields"]?.status)',
		},
	],
	thing: 'CRM user',
	done: 'updated',
	fields: [crmUser, updateFields, settings],
	options: settings,
	strategy: onCrmUsers<UpdateGroup>({
		maxBatchSize: 10,
		group: (item) => ({
			request: item.request(),
			fields: changedFields(item),
		}),
		// Users with different fields are updated in the same call.
		toTarget: ({ fields, ...group }, id) => ({
			id,
			group: { ...group, fields: {} },
			entry: JSON.stringify({ ...fields, id }),
		}),
		// Most refusals concern a field of one user, under many codes.
		isAboutOne: (error) => !isFinal(error),
		send: async (connection, { request }, entries) =>
			await updateCrmUsers(connection, request, entries),
		action: 'updated',
		foresee: async ({ fields }, present, users, connection) =>
			await foreseeUpdate(fields, present, users, connection),
		isAsAsked: (error, { fields }) => isAsAsked(error, fields),
		changes: ({ fields }) => fields,
	}),
};

interface UpdateGroup extends Group {
	/**
	 * The fields that an item changes; empty in the group that is sent, because each user has its
	 * own fields.
	 */
	fields: IDataObject;
}

function changedFields(item: Item): IDataObject {
	const fields = toCrmUserFields(item.read(updateFields));
	if (Object.keys(fields).length > 0) return fields;
	throw item.invalid(updateFields.property.displayName, 'is empty', 'Add a field to change.');
}

/** Updates users in one call. A single user has the ID in the path, as in all of Zoho's sources. */
async function updateCrmUsers(
	connection: Connection,
	request: ZohoRequest,
	entries: string[],
): Promise<IdResults> {
	const users = listOf(entries.map(parseJson));
	const ids = users.map(({ id }) => String(id));
	const [{ id, ...fields }] = users;
	const { results, untouched } = await send(
		connection,
		users.length === 1
			? { ...request, path: `${request.path}/${String(id)}`, body: { users: [fields] } }
			: { ...request, body: { users } },
	).then(
		(response) => readUpdateRows(response, ids),
		(thrown: unknown): IdResults => {
			const error = dataOf(thrown);
			if (users.length > 1 || !isAsAsked(error, fields)) throw thrown;
			return { results: new Map([[ids[0], { error }]]) };
		},
	);
	const byEntry = [...results].map(([one, result]): [string, Result] => {
		const position = ids.indexOf(one);
		return [entries[position], orAsAsked(result, users[position])];
	});
	return { results: new Map(byEntry), untouched };
}

/** Users who are refused only because they are already active, or inactive, count as done. */
function orAsAsked(result: Result, asked: IDataObject): Result {
	if (!('error' in result) || !isAsAsked(result.error, asked)) return result;
	const { code, message, uncertain } = result.error;
	// After an uncertain try, that try may have made the change.
	return { output: { ...(!uncertain && { unchanged: true }), code, ...(message && { message }) } };
}
