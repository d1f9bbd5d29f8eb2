import { orRefused, subjectsOf } from '../../execution/batch';
import type { Named, Target } from '../../execution/batch';
import type { Outcome } from '../../execution/operation';
import type { Run } from '../../execution/run';
import type { Connection } from '../../transport/connection';
import { unknownUserType, userTypesOf } from '../../transport/directory';
import type { UserType } from '../../transport/directory';
import { usersOf } from '../../transport/people';
import type { PortalUser } from '../../transport/people';
import { errorData, ZohoApiError } from '../../transport/error';
import type { ZohoErrorData } from '../../transport/error';
import { findRecords } from '../../transport/recordSearch';
import type { InvitationGroup } from './invitations';

type Asked = Named<InvitationGroup>;

/**
 * Looks up what items leave open of an invitation: the module, which is that of the user type, and
 * the records that have an e-mail. Those named by id with their module are sent as they are.
 */
export async function findRecordsToInvite(
	run: Run,
	asked: Asked[],
): Promise<Array<Array<Target<InvitationGroup>>>> {
	const search = new RecordSearch(run.connection, asked);
	return await Promise.all(
		asked.map(async (named) => {
			const { group, people } = named;
			if (group.module !== undefined && people.by === 'id' && !run.settings.dryRun) {
				return people.values.map((id) => ({ id, group }));
			}
			return await orRefused(
				run,
				subjectsOf(people, 'record_id'),
				async () => await targetsOf(run, named, search),
			);
		}),
	);
}

async function targetsOf(
	{ connection, settings: { dryRun } }: Run,
	{ group, people }: Asked,
	search: RecordSearch,
): Promise<Array<Target<InvitationGroup>>> {
	const type = await userTypeOf(connection, group);
	const module = group.module ?? type.module;
	const path = group.request.path.replace('{module}', encodeURIComponent(module));
	const ready = { ...group, module, request: { ...group.request, path } };
	const found = people.by === 'email' ? await search.records(group, type) : undefined;
	const users = dryRun ? await usersByRecord(connection, group.portal) : undefined;
	return people.values.map((value): Target<InvitationGroup> => {
		const records = found ? (found.get(value) ?? []) : [{ id: value, name: undefined }];
		const [record] = records;
		if (!record) return { subject: { email: value }, error: noRecord(type, module) };
		if (records.length > 1) return { subject: { email: value }, error: ambiguousRecords(records) };
		const { id, name } = record;
		if (users) return plan(ready, id, users.get(id));
		return { id, group: ready, ...(name !== undefined && { name }) };
	});
}

/** What a dry run says of a record. */
function plan(
	{ userType, whenAlreadyInvited }: InvitationGroup,
	record_id: string,
	user?: PortalUser,
): Outcome {
	const subject = { record_id };
	const json = { ...subject, planned: true, user_type_id: user?.user_type_id ?? userType };
	if (!user) return { subject, json: { ...json, action: 'invited' } };
	if (whenAlreadyInvited === 'error') {
		return { subject, error: { ...errorData(400, 'CANNOT_PROCESS'), foreseen: true } };
	}
	return whenAlreadyInvited === 'resend'
		? { subject, json: { ...json, action: 'reinvited' } }
		: { subject, json: { ...json, action: 'unchanged', unchanged: true } };
}

async function userTypeOf(
	connection: Connection,
	{ portal, userType }: InvitationGroup,
): Promise<UserType> {
	const all = await userTypesOf(connection, portal);
	const type = all.find(({ id }) => id === userType);
	if (type) return type;
	throw new ZohoApiError(unknownUserType(userType, all));
}

/** The portal users, by their records. */
async function usersByRecord(
	connection: Connection,
	portal: string,
): Promise<Map<string, PortalUser>> {
	const users = await usersOf(connection, portal, await userTypesOf(connection, portal));
	return new Map(users.map((user) => [user.personality_id, user]));
}

/** Searches for all records that the items of a run name by e-mail, those of a module together. */
class RecordSearch {
	private readonly searches = new Map<string, ReturnType<typeof findRecords>>();

	constructor(
		private readonly connection: Connection,
		private readonly asked: Asked[],
	) {}

	/** The records of a user type's people, by e-mail in lower case. */
	async records(group: InvitationGroup, type: UserType): ReturnType<typeof findRecords> {
		const module = group.module ?? type.module;
		const field = emailFieldOf(type);
		const key = JSON.stringify([group.userType, module]);
		const wanted = this.asked.filter(
			({ people, group: { userType } }) => people.by === 'email' && userType === group.userType,
		);
		const emails = new Set(wanted.flatMap(({ people }) => people.values));
		const found =
			this.searches.get(key) ?? findRecords(this.connection, module, field, [...emails]);
		this.searches.set(key, found);
		return await found;
	}
}

/** The field that invitations go to; where Zoho does not name it, that of its own modules. */
export function emailFieldOf({ emailField }: UserType): string {
	return emailField?.api_name ?? 'Email';
}

/** Why nobody can be invited by an e-mail that no record has. */
export function noRecord(type: UserType, module = type.module): ZohoErrorData {
	return errorData(0, 'NOT_FOUND', { details: { module, field: emailFieldOf(type) } });
}

/** Why nobody can be invited by an e-mail that several records have. */
export function ambiguousRecords(records: Array<{ id: string; name?: string }>): ZohoErrorData {
	const found = records.map(({ id, name }) => `${name ?? ''} (${id})`.trim());
	return errorData(0, 'AMBIGUOUS', { details: { found } });
}
