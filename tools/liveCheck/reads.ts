import { isObject } from '../../nodes/ZohoCrmPortals/http/exactJson';
import { longest, Open, settled, succeeded, unexpected } from './answers';
import type { Answer, Finding } from './answers';
import type { Call } from './client';
import { INVITATIONS, madeUp, peopleIn, readUsers, USER_TYPE, USER_TYPES, USERS } from './scene';
import type { Person, Questions, Scene } from './scene';

/** Asks about a person, if there is anyone in the portal. */
function ofSomebody(ask: (call: Call, person: Person) => Promise<Finding>) {
	return async (call: Call, { people: [person] }: Scene) => {
		if (person) return await ask(call, person);
		throw new Open('Nobody is in the portal.', 'a portal with at least one user');
	};
}

/** Yes for a success and no for a refusal, each with the switch that behaves the same way. */
function yesOrNo(answer: Answer, what: string, seen: string, plays: string[] = []): Finding {
	if (answer.isRefusal) return settled('no', seen, plays[1]);
	return succeeded(answer, what) && settled('yes', seen, plays[0]);
}

/** The answer to a call that names something unknown. */
function refusal(answer: Answer, what: string, seen: string): Finding {
	return settled((answer.isRefusal ? answer : succeeded(answer, what)).told, seen);
}

/**
 * Functions that ask the user type of a person for people by ID, and check whether an answer
 * contains the person.
 */
function askingFor(call: Call, { id: wanted, userTypeId }: Person) {
	return {
		read: async (ids: string[]) =>
			await readUsers(call, userTypeId, { personality_ids: ids.join(',') }),
		has: (answer: Answer) => peopleIn(answer, userTypeId).some(({ id }) => id === wanted),
	};
}

/** Keys that only one of the two sources has. */
const KEYS = {
	oas: ['active_user_count', 'created_time', 'Source__s'],
	docs: ['no_of_users', 'modules', 'invited_time'],
};

/** No portal has this name: names have at most 30 characters. */
const NO_PORTAL = { portal: 'NoPortalHasThisNameWhichIsTooLong' };

const PORTAL_USER = 'Client Portal User';

/** Questions that reads can answer, in the order in which they are asked. */
export const reads: Questions<Scene> = {
	forms: ofSomebody(async (call, { userTypeId }) => {
		const types = succeeded(await call('GET', USER_TYPES), 'The list of user types');
		const users = succeeded(await readUsers(call, userTypeId), 'The list of portal users');
		const ofTypes = types.rows('user_type').flatMap((row) => Object.keys(row));
		const ofUsers = users.rows('users').flatMap((row) => Object.keys(row));
		// User types have both times in either source.
		const keys = [...ofTypes.filter((key) => key !== 'created_time'), ...ofUsers];
		const oas = KEYS.oas.filter((key) => keys.includes(key)).join(', ');
		const docs = KEYS.docs.filter((key) => keys.includes(key)).join(', ');
		const seen = `Of the OpenAPI files: ${oas || 'nothing'}. Of the documentation: ${docs || 'nothing'}.`;
		if (oas && docs) return settled('some of both', seen);
		if (oas) return settled('that of the OpenAPI files', seen, 'sources: oas');
		if (docs) return settled('that of the documentation', seen, 'sources: docs');
		throw new Open(seen, 'somebody to look at the answers, which are in the report');
	}),
	async typeOptional(call) {
		const answer = await call('GET', USERS);
		return yesOrNo(answer, 'A list without type', `Without type: ${answer.told}.`);
	},
	async pages(call, { people }) {
		// People are sorted by user type, so the first two of the same type are neighbors.
		const types = people.map(({ userTypeId }) => userTypeId);
		const type = types.find((id, index) => id === types[index - 1]);
		if (!type) throw new Open('No user type has two people.', 'a user type with two people');
		const read = async (page: string) => await readUsers(call, type, { page, per_page: '1' });
		const first = await read('1');
		if (first.isRefusal) return settled('no, they are refused', `A page of one: ${first.told}.`);
		const [one, ...more] = peopleIn(succeeded(first, 'A page of one'), type);
		if (!one || more.length > 0) return settled('no', `per_page=1 gave ${more.length + 1} people.`);
		const second = succeeded(await read('2'), 'The second page');
		return peopleIn(second, type)[0]?.id === one.id
			? settled('no', 'The second page was the first again.', 'ignoresPages: true')
			: settled('yes', `The second page of one: ${second.told}.`, 'ignoresPages: false');
	},
	async pageSize(call, { userTypes, people }) {
		const amountIn = (id: string) => people.filter((one) => one.userTypeId === id).length;
		const [{ id }] = [...userTypes].sort((a, b) => amountIn(b.id) - amountIn(a.id));
		const size = 'per_page=1000';
		const answer = await readUsers(call, id, { page: '1', per_page: '1000' });
		if (answer.isRefusal) return settled('fewer than 1000', `${size}: ${answer.told}.`);
		const rows = peopleIn(succeeded(answer, size), id).length;
		const info = isObject(answer.body) && isObject(answer.body.info) ? answer.body.info : {};
		const total = typeof info.total_count === 'number' ? info.total_count : undefined;
		const seen = `${size} gave ${rows} of ${total ?? 'an untold number of'} people.`;
		if (total && total > rows) return settled(String(rows), seen, `pageSize: ${rows}`);
		if (rows > 200) return settled(`${rows} or more`, seen);
		throw new Open(seen, 'a user type with more than 200 people');
	},
	idFilter: ofSomebody(async (call, person) => {
		const { read, has } = askingFor(call, person);
		const alone = await read([person.id]);
		if (alone.isRefusal) {
			return settled('no, it is refused', `One ID: ${alone.told}.`, 'idFilter: refused');
		}
		if (!has(alone)) throw unexpected(alone, 'The ID of somebody who is there');
		// 12 IDs fit into the 255 characters of the newest OpenAPI file.
		const strangers = madeUp(person.id, 12);
		const nobody = await read(strangers.slice(0, 1));
		if (has(nobody)) {
			return settled('no', 'An unknown ID gave people with other IDs.', 'idFilter: ignored');
		}
		const last = await read([...strangers, person.id]);
		const seen = `An unknown ID: ${nobody.told}. 12 unknown IDs and a known one`;
		if (has(last)) return settled('yes', `${seen} gave the known one.`, 'idFilter: works');
		return last.isSuccess
			? settled('yes, by the first 12', `${seen} did not give the known one.`, 'idFilter: cut')
			: settled('yes', `${seen}: ${last.told}.`, 'idFilter: works');
	}),
	readLength: ofSomebody(async (call, person) => {
		const { read, has } = askingFor(call, person);
		const strangers = madeUp(person.id, 498);
		if (!has(await read([person.id])) || has(await read(strangers.slice(0, 1)))) {
			const needed = '--writes delete, which sends such lists, too';
			throw new Open('A list does not select by IDs.', needed);
		}
		const send = async (ids: number) => await read([...strangers.slice(0, ids - 1), person.id]);
		// 255 characters are 12 IDs; 100, 200 and 499 are other documented limits.
		return await longest([12, 13, 100, 200, 499], send, has);
	}),
	async unknownPortal(call) {
		const types = await call('GET', USER_TYPES, { path: NO_PORTAL });
		const users = await call('GET', USERS, { path: NO_PORTAL, query: { type: 'AllUsers' } });
		const seen = `Its user types: ${types.told}. Its users: ${users.told}.`;
		return refusal(users, 'A list of portal users of no portal', seen);
	},
	async unknownUserType(call, { usual }) {
		const [user_type_id] = madeUp(usual.user_type_id, 1);
		const type = await call('GET', USER_TYPE, { path: { user_type_id } });
		const users = await readUsers(call, user_type_id);
		const seen = `Itself: ${type.told}. Its users: ${users.told}.`;
		return refusal(users, 'A list of portal users of no user type', seen);
	},
	async unknownJob(call, { usual }) {
		const [job_id] = madeUp(usual.user_type_id, 1);
		const answer = await call('GET', INVITATIONS, { query: { job_id } });
		const all = await call('GET', INVITATIONS);
		const seen = `Without job_id, which stands for all jobs: ${all.told}.`;
		return refusal(answer, 'An unknown job', seen);
	},
	crmUsers: ofSomebody(async (call) => {
		const query = { type: 'AllUsers', type__s: PORTAL_USER };
		const answer = await call('GET', '/users', { query });
		if (answer.isRefusal) return settled('no, they cannot be asked for', `${answer.told}.`);
		const users = succeeded(answer, 'A list of CRM users of that type').rows('users');
		const found = users.filter(({ type__s }) => type__s === PORTAL_USER);
		const seen = `type__s=${PORTAL_USER}: ${answer.told}, ${found.length} of them of that type.`;
		return settled(found.length > 0 ? 'yes' : 'no', seen);
	}),
};

/** Questions that are asked only if the user names them, each with its own token. */
export const apart: Questions<Scene> = {
	async portalsMeta(call, { usual: { module } }) {
		const answer = await call('GET', '/settings/portals/meta', { query: { module } });
		return yesOrNo(answer, 'The call', `${answer.told}.`, ['hasMeta: true', 'hasMeta: false']);
	},
	async settingsAll(call) {
		const answer = await call('GET', '/settings/portals');
		const seen = `The list of portals: ${answer.told}.`;
		if (answer.has('OAUTH_SCOPE_MISMATCH')) return settled('no', seen);
		return succeeded(answer, 'The list of portals') && settled('yes', seen);
	},
};
