import type { IDataObject } from 'n8n-workflow';

import { orRefused, subjectsOf } from '../../run/batch';
import type { Named, Target } from '../../run/batch';
import type { Failure } from '../../errors/nodeError';
import { isEmail } from '../../form/locator';
import type { Outcome } from '../../run/operation';
import type { Run } from '../../run/run';
import type { Connection } from '../../http/connection';
import { unknownUserType, userTypesOf } from '../../zoho/directory';
import type { UserType } from '../../zoho/directory';
import { errorData, foreseenRefusal, ZohoApiError } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { missingScopes } from '../../zoho/metadata';
import { segment } from '../../zoho/paths';
import { usersByRecord } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import { findRecords } from '../../zoho/recordSearch';
import type { FoundRecord } from '../../zoho/recordSearch';
import { addressesOf, checkRecords, foreseeInvitation } from './checkRecords';
import { stateOf } from './invitations';
import type { Invitation, InvitationGroup } from './invitations';
import { previousOf } from './onPortalUsers';
import { membersOf } from './members';
import type { Members } from './members';
import { personOf } from './person';

/** The settings of an item. Its module is empty if the module of the user type is meant. */
export type InviteGroup = InvitationGroup & Invitation;

type AskedInvitation = Named<InviteGroup>;

/** A record that an item names. */
interface NamedRecord {
	id: string;
	group: InviteGroup;
	/** Undefined if the user type was not looked up. */
	type?: UserType;
	/** Set if the record was read. */
	record?: FoundRecord;
}

/**
 * Looks up missing details of invitations: the module of the user type, and the records with an
 * email address. Records that are named by ID and module are sent unchanged.
 */
export async function findRecordsToInvite(
	run: Run,
	asked: AskedInvitation[],
): Promise<Array<Array<Target<InviteGroup>>>> {
	const members = await membersOf(
		run,
		'records',
		asked.map(({ group, people }) => ({
			people,
			modules: async () => {
				// If the item names the module, the invitation field would take another call.
				if (group.module !== '' && !run.settings.dryRun)
					return [{ module: group.module, email: '' }];
				const type = await userTypeToInvite(run.connection, group);
				return [{ module: group.module || type.module, email: emailFieldOf(type) }];
			},
		})),
	);
	const all = asked.map((one, position) => ({ ...one, ...members[position] }));
	const search = new RecordSearch(run.connection, all);
	const found = await Promise.all(
		all.map(async (named): Promise<Array<NamedRecord | Failure>> => {
			const { group, people, records: read, failures } = named;
			if (people.values.length === 0) return failures;
			if (group.module !== '' && !people.values.some(isEmail) && !run.settings.dryRun) {
				const given = people.values.map((id) => ({ id, group, record: read.get(id) }));
				return [...failures, ...given];
			}
			const records = await orRefused(
				run,
				subjectsOf(people, 'record_id'),
				async () => await recordsOf(run.connection, named, search),
			);
			return [...failures, ...records];
		}),
	);
	const groups = new Groups();
	const read = new Map<string, FoundRecord>();
	for (const one of found.flat()) if ('id' in one && one.record) read.set(one.id, one.record);
	const ready = found.map((ofItem) =>
		ofItem.map((one) =>
			'error' in one ? one : groups.ready({ ...one, record: one.record ?? read.get(one.id) }),
		),
	);
	return run.settings.dryRun ? await planned(run, ready) : ready.map((all) => all.map(toTarget));
}

async function recordsOf(
	connection: Connection,
	{ group, people, records: read }: AskedInvitation & Members,
	search: RecordSearch,
): Promise<Array<NamedRecord | Failure>> {
	const type = await userTypeToInvite(connection, group);
	const module = group.module === '' ? type.module : group.module;
	const field = emailFieldOf(type);
	const of = { group: { ...group, module }, type };
	const isSearched = people.values.some(isEmail);
	const found = isSearched ? await search.records(group, module, field) : new Map();
	return people.values.map((value): NamedRecord | Failure => {
		if (!isEmail(value)) return { id: value, record: read.get(value), ...of };
		const records = found.get(value) ?? [];
		const [record] = records;
		if (!record) return { subject: { email: value }, error: noRecord(type, module) };
		if (records.length > 1) return { subject: { email: value }, error: ambiguousRecords(records) };
		return { id: record.id, record, ...of };
	});
}

function toTarget(one: NamedRecord | Failure): Target<InviteGroup> {
	if ('error' in one) return one;
	const { id, group, record } = one;
	return { id, group, ...(record && { who: personOf(record) }) };
}

/**
 * Invitation groups, one for all records with the same settings. If items name different languages
 * for the same invitation, the first one counts, because it is sent only once.
 */
class Groups {
	private readonly byKey = new Map<string, InviteGroup>();

	private readonly byRecord = new Map<string, InviteGroup>();

	ready(found: NamedRecord): NamedRecord {
		const { id, group } = found;
		const { portal, userType, whenAlreadyInvited } = group;
		const record = JSON.stringify([group.module, id, portal, userType, whenAlreadyInvited]);
		const one = this.byRecord.get(record) ?? this.groupLike(group);
		this.byRecord.set(record, one);
		return { ...found, group: one };
	}

	private groupLike(group: InviteGroup): InviteGroup {
		const { request, module, portal, userType, whenAlreadyInvited, language } = group;
		const key = JSON.stringify([module, portal, userType, whenAlreadyInvited, language]);
		const path = request.path.replace('{module}', segment(module));
		const one = this.byKey.get(key) ?? { ...group, request: { ...request, path } };
		this.byKey.set(key, one);
		return one;
	}
}

/** The outcomes of a dry run for the records that items name. */
async function planned(
	run: Run,
	items: Array<Array<NamedRecord | Failure>>,
): Promise<Array<Array<Target<InviteGroup>>>> {
	const plan = new InvitationPlan(run.connection, items.flat());
	const targets: Array<Array<Target<InviteGroup>>> = [];
	for (const item of items) {
		const ofItem: Array<Target<InviteGroup>> = [];
		for (const one of item) {
			if ('error' in one) ofItem.push(one);
			else {
				const subject = { record_id: one.id };
				ofItem.push(...(await orRefused(run, [subject], async () => [await plan.of(one)])));
			}
		}
		targets.push(ofItem);
	}
	return targets;
}

/** Predicts the outcome of a run, one record at a time. */
class InvitationPlan {
	/** Planned invitations: the same one is sent only once. */
	private readonly mailed = new Map<string, Outcome>();

	/** People who will be in the portal after the planned invitations, by portal and record. */
	private readonly added = new Map<string, PortalUser>();

	/** IDs of the records that items name, by module. */
	private readonly named = new Map<string, Set<string>>();

	private readonly checks = new Map<string, ReturnType<typeof checkRecords>>();

	/** See `foreseeInvitation`, by portal. */
	private readonly taken = new Map<string, Map<string, string>>();

	constructor(
		private readonly connection: Connection,
		all: Array<NamedRecord | Failure>,
	) {
		for (const one of all) {
			if ('error' in one || one.record) continue;
			const { module } = one.group;
			const ids = this.named.get(module) ?? new Set<string>();
			this.named.set(module, ids.add(one.id));
		}
	}

	async of(found: NamedRecord): Promise<Outcome> {
		const { id, group } = found;
		const key = JSON.stringify([group.module, id, group.userType]);
		const before = this.mailed.get(key);
		if (before) return before;
		const place = JSON.stringify([group.portal, id]);
		const user = (await usersByRecord(this.connection, group.portal)).get(id);
		const added = this.added.get(place);
		const outcome =
			(user && planAgain(group, user, previousOf(user, user.user_type_name))) ??
			(added && planAgain(group, added, null)) ??
			(await this.first(found));
		const action = 'json' in outcome ? outcome.json.action : undefined;
		if (action === 'invited' || action === 'reinvited') this.mailed.set(key, outcome);
		if (action === 'invited') {
			this.added.set(place, {
				personality_id: id,
				user_type_id: group.userType,
				...personOf(outcome.subject),
			});
		}
		return outcome;
	}

	/** Plans the invitation of a person who is not in the portal. */
	private async first(found: NamedRecord): Promise<Outcome> {
		const { id, group, type } = found;
		const records = found.record ? new Map([[id, found.record]]) : await this.checked(found);
		const record = records?.get(id);
		const error = await this.refusal(found, records && (record ?? null));
		if (error) return { subject: { record_id: id, ...personOf(record) }, error };
		return plannedInvitation(group, 'invited', id, record, {
			user_type_name: type?.name,
			...(!records && missingScopes(this.connection)),
			previous: null,
		});
	}

	/** @param record see `foreseeInvitation` */
	private async refusal(
		{ id, group: { module, portal }, type }: NamedRecord,
		record: FoundRecord | null | undefined,
	): Promise<ZohoErrorData | undefined> {
		const users = await usersByRecord(this.connection, portal);
		const taken = this.taken.get(portal) ?? addressesOf(users.values());
		this.taken.set(portal, taken);
		return type && foreseeInvitation({ id, module, type, record }, taken);
	}

	private async checked({ group, type }: NamedRecord): ReturnType<typeof checkRecords> {
		const { module, portal } = group;
		const field = type ? emailFieldOf(type) : '';
		const key = JSON.stringify([portal, module, field]);
		const users = await usersByRecord(this.connection, portal);
		const ids = [...(this.checks.has(key) ? [] : (this.named.get(module) ?? []))];
		const unknown = ids.filter((id) => !users.has(id));
		const check = this.checks.get(key) ?? checkRecords(this.connection, module, field, unknown);
		this.checks.set(key, check);
		return await check;
	}
}

/**
 * The outcome for a person who is already in the portal.
 *
 * @param previous the state before the run
 */
function planAgain(group: InviteGroup, user: PortalUser, previous: IDataObject | null): Outcome {
	const { personality_id: id } = user;
	if (group.whenAlreadyInvited === 'error') {
		const error = foreseenRefusal('CANNOT_PROCESS', stateOf(user));
		return { subject: { record_id: id, ...personOf(user) }, error, name: nameIn(user) };
	}
	const { user_type_id, user_type_name } = user;
	const known = { user_type_id, user_type_name, previous };
	return group.whenAlreadyInvited === 'resend'
		? plannedInvitation(group, 'reinvited', id, user, known)
		: plannedInvitation(group, 'unchanged', id, user, { ...known, unchanged: true });
}

function plannedInvitation(
	{ userType, module, language }: InviteGroup,
	action: 'invited' | 'reinvited' | 'unchanged',
	record_id: string,
	person: IDataObject | FoundRecord | undefined,
	more: IDataObject,
): Outcome {
	const subject = { record_id, ...personOf(person) };
	return {
		subject,
		json: {
			...subject,
			planned: true,
			action,
			user_type_id: userType,
			...(action !== 'unchanged' && { module, ...(language !== undefined && { language }) }),
			...more,
		},
	};
}

function nameIn(user: PortalUser): string | undefined {
	return typeof user.name === 'string' ? user.name : undefined;
}

async function userTypeToInvite(
	connection: Connection,
	{ portal, userType }: InviteGroup,
): Promise<UserType> {
	const all = await userTypesOf(connection, portal);
	const type = all.find(({ id }) => id === userType);
	if (type) return type;
	throw new ZohoApiError(unknownUserType(userType, all));
}

/** Searches for all records that the items of a run name by email, together for each user type. */
class RecordSearch {
	private readonly emails = new Map<string, Set<string>>();

	private readonly searches = new Map<string, ReturnType<typeof findRecords>>();

	constructor(
		private readonly connection: Connection,
		asked: AskedInvitation[],
	) {
		for (const { group, people } of asked) {
			const emails = this.emails.get(keyOfGroup(group)) ?? new Set<string>();
			for (const email of people.values.filter(isEmail)) emails.add(email);
			this.emails.set(keyOfGroup(group), emails);
		}
	}

	/** The records that a group may refer to, by email in lower case. */
	async records(group: InviteGroup, module: string, field: string): ReturnType<typeof findRecords> {
		const key = keyOfGroup(group);
		const found =
			this.searches.get(key) ??
			findRecords(this.connection, module, field, [...(this.emails.get(key) ?? [])]);
		this.searches.set(key, found);
		return await found;
	}
}

function keyOfGroup({ portal, userType, module }: InviteGroup): string {
	return JSON.stringify([portal, userType, module]);
}

/**
 * The field that invitations go to. If Zoho does not name it, the email field of Zoho's own
 * modules.
 */
export function emailFieldOf({ emailField }: UserType): string {
	return emailField?.api_name ?? 'Email';
}

/** The error for an email address that no record has. */
export function noRecord(type: UserType, module = type.module): ZohoErrorData {
	return errorData(0, 'NOT_FOUND', { details: { module, field: emailFieldOf(type) } });
}

/** The error for an email address that several records have. */
export function ambiguousRecords(records: Array<{ id: string; name?: string }>): ZohoErrorData {
	const found = records.map(({ id, name }) => `${name ?? ''} (${id})`.trim());
	return errorData(0, 'AMBIGUOUS', { details: { found } });
}
