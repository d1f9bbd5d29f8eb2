import { isObject } from '../../nodes/ZohoCrmPortals/transport/exactJson';
import { isSuccess, rowsIn, told, unexpected } from './answers';
import type { Answer, Call } from './client';
import { Stopped } from './stopped';

interface UserType {
	id: string;
	/** API name of the module whose records are its people. */
	module: string;
}

export interface Person {
	/** Personality id, which is the id of the CRM record. */
	id: string;
	userTypeId: string;
	active: boolean;
	confirm: boolean;
}

/** What the person at the terminal named for writes. */
interface Named {
	/** Ids of CRM records that were made for this. */
	people: string[];
	userType?: UserType;
	targetUserType?: UserType;
}

/** What is there to ask about. */
export interface Scene {
	/** Name of the portal. */
	portal: string;
	userTypes: UserType[];
	/** Those on the first page of each user type. */
	people: Person[];
	named: Named;
	/** Waits between two looks at something that takes its time. */
	wait: () => Promise<void>;
}

const USER_TYPES = '/settings/portals/{portal}/user_type';
export const USER_TYPE = `${USER_TYPES}/{user_type_id}`;
export const USERS = `${USER_TYPE}/users`;

/** What the least of the questions needs. */
export const READ = 'ZohoCRM.settings.clientportal.READ';

/** Said where an invitation before did not bring somebody into the portal. */
export const NOT_THERE = 'The person who was named is not in the user type.';

const MOST_PAGES = 100;

/**
 * Reads portals, user types and the first people of each.
 *
 * @param wanted name of the portal; undefined: the first
 * @throws Stopped where there is nothing to ask about, or where a list cannot be read
 */
export async function readScene(
	call: Call,
	wanted: string | undefined,
): Promise<Pick<Scene, 'portal' | 'userTypes' | 'people'>> {
	const portals = await call('GET', '/settings/portals');
	if (!isSuccess(portals)) throw new Stopped(`The portals cannot be read: ${told(portals)}.`);
	const names = rowsIn(portals, 'portals').map(({ name }) => String(name));
	const [portal] = wanted === undefined ? names : names.filter((name) => name === wanted);
	if (portal === undefined) {
		throw new Stopped(
			names.length === 0 ? 'There is no portal.' : 'There is no portal of that name.',
		);
	}
	const answer = await readUserTypes(call, portal);
	const userTypes = rowsIn(answer, 'user_type').map(({ id, personality_module: module }) => ({
		id: String(id),
		module: isObject(module) ? String(module.api_name) : '',
	}));
	if (userTypes.length === 0) {
		throw new Stopped(`The user types cannot be read: ${told(answer)}.`);
	}
	const people: Person[] = [];
	for (const { id } of userTypes) {
		people.push(...everyoneOn(await readUsers(call, portal, id), id));
	}
	return { portal, userTypes, people };
}

export async function readUserTypes(call: Call, portal: string): Promise<Answer> {
	return await call('GET', USER_TYPES, { path: { portal } });
}

/** A list of portal users; those of every kind unless `query` says otherwise. */
export async function readUsers(
	call: Call,
	portal: string,
	userTypeId: string,
	query: Record<string, string> = {},
): Promise<Answer> {
	return await call('GET', USERS, {
		path: { portal, user_type_id: userTypeId },
		query: { type: 'AllUsers', ...query },
	});
}

/** How the user type of a person is asked for people by ID, and whether an answer has the person. */
export function askingFor(call: Call, portal: string, { id: wanted, userTypeId }: Person) {
	return {
		read: async (ids: string[]): Promise<Answer> =>
			await readUsers(call, portal, userTypeId, { personality_ids: ids.join(',') }),
		has: (answer: Answer): boolean => peopleIn(answer, userTypeId).some(({ id }) => id === wanted),
	};
}

/** The portal users in an answer; nobody where it is no list. */
export function peopleIn(answer: Answer, userTypeId: string): Person[] {
	return rowsIn(answer, 'users').map(({ personality_id, active, confirm }) => ({
		id: String(personality_id),
		userTypeId,
		active: active === true,
		confirm: confirm === true,
	}));
}

/**
 * The portal users on a page.
 *
 * @throws Stopped where the answer is no list, so that nobody is taken to be absent unseen
 */
function everyoneOn(answer: Answer, userTypeId: string): Person[] {
	const { status, body } = answer;
	// Zoho has no body where there are no rows.
	if (status === 204) return [];
	const isList = isSuccess(answer) && isObject(body) && Array.isArray(body.users);
	if (!isList || rowsIn(answer, 'users').some(({ personality_id: id }) => id === undefined)) {
		const { needed } = unexpected(answer, 'The list');
		throw new Stopped(`The portal users cannot be read: ${told(answer)}. It takes ${needed}.`);
	}
	return peopleIn(answer, userTypeId);
}

/**
 * Everybody in a user type, page by page until a page has nobody new.
 *
 * @throws Stopped where a page cannot be read, or where there are more pages than it reads
 */
export async function everybodyIn(
	call: Call,
	{ portal }: Scene,
	userTypeId: string,
): Promise<Map<string, Person>> {
	const found = new Map<string, Person>();
	for (let page = 1; page <= MOST_PAGES; page++) {
		const query = { page: String(page), per_page: '200' };
		const people = everyoneOn(await readUsers(call, portal, userTypeId, query), userTypeId);
		const before = found.size;
		for (const person of people) found.set(person.id, person);
		if (found.size === before) return found;
	}
	throw new Stopped(`A user type has more than ${MOST_PAGES} pages of people.`);
}

/**
 * Ids that nobody has: like one that exists, and far beyond those that Zoho has given out there.
 *
 * @param like an id of that organization
 */
export function madeUp(like: string, amount: number): string[] {
	const start = like.slice(0, -9);
	return Array.from({ length: amount }, (_, index) => `${start}${999_000_001 + index}`);
}
