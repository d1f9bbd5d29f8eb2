import { isObject } from '../../nodes/ZohoCrmPortals/http/exactJson';
import { Stopped, unexpected } from './answers';
import type { Answer, Finding } from './answers';
import type { Call } from './client';
import type { Options } from './options';

/** What there is to ask about. */
export interface Scene extends Awaited<ReturnType<typeof readScene>> {
	/** Waits between two looks at something that takes its time. */
	wait: () => Promise<void>;
}

export type WriteScene = Awaited<ReturnType<typeof lookUp>>;

export type UserType = Scene['userTypes'][number];

export type Person = ReturnType<typeof peopleIn>[number];

/** How questions are asked, by id, in their order. */
export type Questions<S> = Record<string, (call: Call, scene: S) => Promise<Finding>>;

export const USER_TYPES = '/settings/portals/{portal}/user_type';
export const USER_TYPE = `${USER_TYPES}/{user_type_id}`;
export const USERS = `${USER_TYPE}/users`;

/** Where the records of a module are invited in a job, and where the job is read. */
export const INVITATIONS = '/{module}/actions/portal_invite';

const MOST_PAGES = 100;

/** Calls that are about what `usual` names, where nothing else is named. */
export function about(usual: Record<string, string>, call: Call): Call {
	return async (method, template, sent) =>
		await call(method, template, { ...sent, path: { ...usual, ...sent?.path } });
}

/**
 * Reads portals, user types with the API names of their modules, and the first people of each.
 *
 * @param wanted name of the portal; undefined: the first
 * @throws Stopped where there is nothing to ask about, or where a list cannot be read
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
	/** What calls are about unless they name something else. */
	const usual = { portal, user_type_id: first.id, module: first.module };
	return { portal, userTypes, people, usual };
}

/** A list of portal users; those of every kind unless `query` says otherwise. */
export async function readUsers(
	call: Call,
	user_type_id: string,
	query: Record<string, string> = {},
): Promise<Answer> {
	const path = { user_type_id };
	return await call('GET', USERS, { path, query: { type: 'AllUsers', ...query } });
}

/** The portal users in an answer; nobody where it is no list. */
export function peopleIn(answer: Answer, userTypeId: string) {
	return answer.rows('users').map(({ personality_id, active, confirm }) => ({
		...{ id: String(personality_id), userTypeId },
		...{ active: active === true, confirm: confirm === true },
	}));
}

/** @throws Stopped where an answer is no list, so that nobody is taken to be absent unseen */
function everyoneOn(answer: Answer, userTypeId: string): Person[] {
	// Zoho has no body where there are no rows.
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
 * @throws Stopped where a page cannot be read, or where there are more pages than it reads
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

/** Ids that nobody has: like one of that organization, and far beyond those that Zoho has given out. */
export function madeUp(like: string, amount: number): string[] {
	const start = like.slice(0, -9);
	return Array.from({ length: amount }, (_, index) => `${start}${999_000_001 + index}`);
}

/**
 * Adds to the scene what was named for writes: people, their user type and that to transfer to (the
 * same without transfers), and the organization (API v8, Get Organization Data).
 *
 * @throws Stopped where somebody is not as the writes need it, so that nothing is done to others
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
