import { isObject } from '../../nodes/ZohoCrmPortals/http/exactJson';
import { Stopped, unexpected } from './answers';
import type { Answer, Finding } from './answers';
import type { Call } from './client';
import type { Options } from './options';

/** The objects of the questions. */
export interface Scene extends Awaited<ReturnType<typeof readScene>> {
	/** Waits between two looks at something that takes time. */
	wait: () => Promise<void>;
}

export type WriteScene = Awaited<ReturnType<typeof lookUp>>;

export type UserType = Scene['userTypes'][number];

export type Person = ReturnType<typeof peopleIn>[number];

/** The functions that ask the questions, by ID, in order. */
export type Questions<S> = Record<string, (call: Call, scene: S) => Promise<Finding>>;

export const USER_TYPES = '/settings/portals/{portal}/user_type';
export const USER_TYPE = `${USER_TYPES}/{user_type_id}`;
export const USERS = `${USER_TYPE}/users`;

/** The paths for inviting records of a module in a job, and for reading the job. */
export const INVITATIONS = '/{module}/actions/portal_invite';

const MOST_PAGES = 100;

/** Calls that use the values of `usual` unless others are given. */
export function about(usual: Record<string, string>, call: Call): Call {
	return async (method, template, sent) =>
		await call(method, template, { ...sent, path: { ...usual, ...sent?.path } });
}

/**
 * Reads portals, user types with the API names of their modules, and the first people of each.
 *
 * @param wanted name of the portal; undefined for the first one
 * @throws Stopped if there is nothing to ask about, or if a list cannot be read
 */
export async function readScene(call: Call, wanted: string | undefined) {
	const portals = await call('GET', '/settings/portals');
	if (!portals.isSuccess) throw new Stopped(`The portals cannot be read: ${portals.told}.`);
	const names = portals.rows('portals').map(({ name }) => String(name));
	const portal = names.find((name) => wanted === undefined || name === wanted);
	if (portal === undefined) {
		throw new Stopped(`There is no portal${names.length === 0 ? '' : ' of that name'}.`);
	}
	const answer = await call('GET', USER_TYPES, { path: { portal } });
	const userTypes = answer.rows('user_type').map(({ id, personality_module: module }) => ({
		id: String(id),
		module: isObject(module) ? String(module.api_name) : '',
	}));
	const [first] = userTypes;
	if (!first) throw new Stopped(`The user types cannot be read: ${answer.told}.`);
	const people: Person[] = [];
	for (const { id } of userTypes) {
		people.push(...everyoneOn(await readUsers(about({ portal }, call), id), id));
	}
	/** The default objects of calls. */
	const usual = { portal, user_type_id: first.id, module: first.module };
	return { portal, userTypes, people, usual };
}

/** A list of portal users; all kinds unless `query` filters them. */
export async function readUsers(
	call: Call,
	user_type_id: string,
	query: Record<string, string> = {},
): Promise<Answer> {
	const path = { user_type_id };
	return await call('GET', USERS, { path, query: { type: 'AllUsers', ...query } });
}

/** The portal users in an answer; none if it is not a list. */
export function peopleIn(answer: Answer, userTypeId: string) {
	return answer.rows('users').map(({ personality_id, active, confirm }) => ({
		...{ id: String(personality_id), userTypeId },
		...{ active: active === true, confirm: confirm === true },
	}));
}

/** @throws Stopped if an answer is not a list, so that nobody counts as absent by mistake */
function everyoneOn(answer: Answer, userTypeId: string): Person[] {
	// Zoho sends no body if there are no rows.
	if (answer.status === 204) return [];
	const isList = answer.isSuccess && isObject(answer.body) && Array.isArray(answer.body.users);
	if (isList && answer.rows('users').every(({ personality_id: id }) => id !== undefined)) {
		return peopleIn(answer, userTypeId);
	}
	const { needed } = unexpected(answer, 'The list');
	throw new Stopped(`The portal users cannot be read: ${answer.told}. It takes ${needed}.`);
}

/**
 * Everybody in a user type, page by page until a page has nobody new.
 *
 * @throws Stopped if a page cannot be read, or if there are more pages than it reads
 */
export async function everybodyIn(call: Call, { id: userTypeId }: UserType) {
	const found = new Map<string, Person>();
	for (let page = 1; page <= MOST_PAGES; page++) {
		const query = { page: String(page), per_page: '200' };
		const people = everyoneOn(await readUsers(call, userTypeId, query), userTypeId);
		if (people.every(({ id }) => found.has(id))) return found;
		for (const person of people) found.set(person.id, person);
	}
	throw new Stopped(`A user type has more than ${MOST_PAGES} pages of people.`);
}

/**
 * IDs that no object has: like an ID of the organization, but far beyond those that Zoho has
 * issued.
 */
export function madeUp(like: string, amount: number): string[] {
	const start = like.slice(0, -9);
	return Array.from({ length: amount }, (_, index) => `${start}${999_000_001 + index}`);
}

/**
 * Adds the objects for writes to the scene: the named people, their user type and the target user
 * type (the same without transfers), and the organization (API v8, Get Organization Data).
 *
 * @throws Stopped if a person is not in the required state, so that nothing is done to others
 */
export async function lookUp(
	call: Call,
	scene: Scene,
	{ writes, people: named, userType: ofPeople = '', targetUserType: target }: Options,
) {
	const answer = await call('GET', '/org');
	const [{ company_name: organization, license_details: license } = {}] = answer.rows('org');
	if (!answer.isSuccess || typeof organization !== 'string' || organization === '') {
		throw new Stopped(`The organization's name cannot be read: ${answer.told}.`);
	}
	const [userType, targetUserType] = [ofPeople, target].map((id) => {
		const type = scene.userTypes.find((one) => one.id === id);
		if (!type) throw new Stopped(`The portal has no user type ${id}.`);
		return type;
	});
	const invites = writes.includes('invite');
	for (const type of scene.userTypes) {
		const there = await everybodyIn(call, type);
		const guest = named.find((person) => there.has(person));
		if (invites && guest !== undefined) {
			throw new Stopped(`${guest} is in the portal already: name records that nobody invited.`);
		}
		const stranger = named.find((person) => !there.has(person));
		if (!invites && type === userType && stranger !== undefined) {
			throw new Stopped(`${stranger} is not in the user type ${type.id}: --writes invite invites.`);
		}
	}
	const edition = isObject(license) ? String(license.paid_type) : '';
	const usual = { ...scene.usual, user_type_id: userType.id, module: userType.module };
	return { ...scene, usual, named, userType, targetUserType, organization, edition };
}
