import type { IDataObject } from 'n8n-workflow';

import type { OperationLabels } from '../../errors/messages';
import type { Failure } from '../../errors/nodeError';
import { count } from '../../errors/words';
import type { Strategy } from '../../execution/operation';
import type { Addressed, Item } from '../../form/item';
import { crmUser as userField } from './fields';
import type { Run } from '../../execution/run';
import { dataOf, errorData } from '../../transport/error';
import type { ZohoErrorData } from '../../transport/error';
import { readCrmUsers, isGone } from '../../transport/crmUsers';

/**
 * Runs a strategy with CRM users who may be named by email address. Where some are, all CRM users
 * are read, once for all items, and the strategy runs with their IDs. Without, nothing is read.
 *
 * @param about names what an item is about, where that is not the parameter "user"
 */
export function usersByEmail(
	strategy: Strategy,
	about: (item: Item) => IDataObject = (item) => ({ id: item.read(userField) }),
): Strategy {
	return (items) => {
		const asked = strategy(items);
		const { mistakes, refused } = asked;
		const sound = items.filter((item) => !mistakes.has(item));
		const addressing = sound.filter(({ addressed }) => addressed.length > 0);
		if (addressing.length === 0) return asked;
		let resolved = asked;
		return {
			mistakes,
			refused,
			lookUp: async (run) => {
				const find = await readDirectory(run);
				for (const item of addressing) {
					const failure = resolve(item, find, about);
					if (failure) refused.set(item, [failure]);
				}
				resolved = strategy(sound.filter((item) => !refused.has(item)));
				await resolved.lookUp?.(run);
				for (const [item, outcomes] of resolved.refused) refused.set(item, outcomes);
			},
			send: async (run, some) => {
				const sent = some.filter((item) => !refused.has(item));
				const outcomes = await resolved.send(run, sent);
				const ofItem = new Map(sent.map((item, position) => [item, outcomes[position]]));
				return some.map((item) => ofItem.get(item) ?? refused.get(item) ?? []);
			},
		};
	};
}

/** Who has an email address: their ID, or why there is none. */
type Find = (email: string) => { id: string } | { error: ZohoErrorData };

async function readDirectory(run: Run): Promise<Find> {
	try {
		const users = await readCrmUsers(run.connection);
		const byEmail = new Map<string, IDataObject[]>();
		for (const user of users) {
			const email = String(user.email).toLowerCase();
			byEmail.set(email, [...(byEmail.get(email) ?? []), user]);
		}
		return (email) => {
			const found = pickOne(byEmail.get(email) ?? [], users.length);
			if ('error' in found) return remembered(run, email) ?? found;
			run.memory?.keep(MEMORY, email, { output: found });
			return found;
		};
	} catch (caught) {
		const error = dataOf(caught);
		run.note(error);
		return () => ({ error });
	}
}

/** What the look-ups of a run are remembered by. */
const MEMORY = 'CRM users by email';

/** Who was found before n8n started the run over, and may have been deleted by the run since. */
function remembered({ memory }: Run, email: string): { id: string } | undefined {
	const before = memory?.recall(MEMORY).get(email);
	return before && 'output' in before ? { id: String(before.output.id) } : undefined;
}

/** The one who has the address; who has left counts where nobody else has it. */
function pickOne(having: IDataObject[], users: number): ReturnType<Find> {
	const present = having.filter((user) => !isGone(user));
	const candidates = present.length > 0 ? present : having;
	const [first] = candidates;
	if (!first) return { error: errorData(0, 'NOT_FOUND', { details: { users } }) };
	if (candidates.length === 1) return { id: String(first.id) };
	const found = candidates.map(({ id, full_name, status }) => ({ id, full_name, status }));
	return { error: errorData(0, 'AMBIGUOUS', { details: { found } }) };
}

/** Gives an item the IDs of the users whom it names. */
function resolve(item: Item, find: Find, about: (item: Item) => IDataObject): Failure | undefined {
	const idsByEmail = new Map<string, string>();
	let failed: { who: Addressed; error: ZohoErrorData } | undefined;
	for (const who of item.addressed) {
		const found = find(who.email);
		if ('id' in found) idsByEmail.set(who.email, found.id);
		else failed ??= { who, error: found.error };
	}
	item.resolveCrmUsers(idsByEmail);
	if (!failed) return undefined;
	const { who, error } = failed;
	const isSubject = who.label === userField.property.displayName;
	const subject = isSubject ? {} : about(item);
	return {
		subject: { ...subject, email: subject.email ?? who.email },
		error,
		labels: labelsFor(who),
	};
}

/** What a failed look-up says; the words of other errors are the same as ever. */
export function labelsFor({ label: field, email }: Addressed): Partial<OperationLabels> {
	return {
		messages: {
			NOT_FOUND: {
				say: ({ details }) => ({
					reason: `none of ${count(Number(details.users))} CRM users has the email address "${email}"`,
					remedy: `Check the address in "${field}", or choose the user from the list.`,
				}),
			},
			AMBIGUOUS: {
				say: ({ details }) => ({
					reason: `more than one CRM user has the email address "${email}": ${list(details.found)}`,
					remedy: `Choose "By ID" in "${field}", and enter the ID of the one you mean.`,
				}),
			},
		},
	};
}

/** `Ben Ortiz (7310000000000101002, active) and Ben O. (7310000000000101009, inactive)`. */
function list(found: unknown): string {
	const users: IDataObject[] = Array.isArray(found) ? found : [];
	return users
		.map(({ id, full_name: name, status }) => `${String(name)} (${String(id)}, ${String(status)})`)
		.join(' and ');
}
