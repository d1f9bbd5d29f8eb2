import { isObject } from '../../nodes/ZohoCrmPortals/transport/exactJson';
import {
	hasCode,
	isRefusal,
	isSuccess,
	longest,
	open,
	rowsIn,
	settled,
	told,
	unexpected,
} from './answers';
import type { Finding } from './answers';
import type { Answer, Call } from './client';
import type { Questions } from './questions';
import { INVITATIONS, madeUp, peopleIn, readUsers, readUserTypes, USER_TYPE, USERS } from './scene';
import type { Person, Scene } from './scene';

/** Asks about somebody, where somebody is in the portal. */
function about(ask: (call: Call, scene: Scene, person: Person) => Promise<Finding>) {
	return async (call: Call, scene: Scene) =>
		scene.people.length > 0
			? await ask(call, scene, scene.people[0])
			: open('Nobody is in the portal.', 'a portal with at least one user');
}

/** What a call is answered that names something unknown. */
function refusal(answer: Answer, what: string, seen: string): Finding {
	const isTold = isRefusal(answer) || isSuccess(answer);
	return isTold ? settled(told(answer), seen) : unexpected(answer, what);
}

/** How the user type of a person is asked for people by ID, and whether an answer has the person. */
function askingFor(call: Call, { portal }: Scene, { id: wanted, userTypeId }: Person) {
	return {
		read: async (ids: string[]) =>
			await readUsers(call, portal, userTypeId, { personality_ids: ids.join(',') }),
		has: (answer: Answer) => peopleIn(answer, userTypeId).some(({ id }) => id === wanted),
	};
}

/** Keys that only one of the two sources has. */
const KEYS = {
	oas: ['active_user_count', 'created_time', 'Source__s'],
	docs: ['no_of_users', 'modules', 'invited_time'],
};

/** No portal has it: names have 30 characters at most. */
const NO_PORTAL = 'NoPortalHasThisNameWhichIsTooLong';

const PORTAL_USER = 'Client Portal User';

/** Questions that reading answers, in the order in which they are asked. */
export const reads: Questions<Scene> = {
	forms: about(async (call, { portal }, { userTypeId }) => {
		const types = await readUserTypes(call, portal);
		if (!isSuccess(types)) return unexpected(types, 'The list of user types');
		const users = await readUsers(call, portal, userTypeId);
		if (!isSuccess(users)) return unexpected(users, 'The list of portal users');
		const ofTypes = rowsIn(types, 'user_type').flatMap((row) => Object.keys(row));
		const ofUsers = rowsIn(users, 'users').flatMap((row) => Object.keys(row));
		// User types have both times whatever the source.
		const keys = [...ofTypes.filter((key) => key !== 'created_time'), ...ofUsers];
		const oas = KEYS.oas.filter((key) => keys.includes(key)).join(', ');
		const docs = KEYS.docs.filter((key) => keys.includes(key)).join(', ');
		const seen = `Of the OpenAPI files: ${oas || 'nothing'}. Of the documentation: ${docs || 'nothing'}.`;
		if (oas && docs) return settled('some of both', seen);
		if (oas) return settled('that of the OpenAPI files', seen, 'sources: oas');
		if (docs) return settled('that of the documentation', seen, 'sources: docs');
		return open(seen, 'somebody to look at the answers, which are in the report');
	}),
	async typeOptional(call, { portal, userTypes: [{ id }] }) {
		const answer = await call('GET', USERS, { path: { portal, user_type_id: id } });
		const seen = `Without type: ${told(answer)}.`;
		if (isSuccess(answer)) return settled('yes', seen);
		return isRefusal(answer) ? settled('no', seen) : unexpected(answer, 'A list without type');
	},
	async pages(call, { portal, userTypes, people }) {
		const isIn = (id: string) => people.filter(({ userTypeId }) => userTypeId === id);
		const type = userTypes.find(({ id }) => isIn(id).length > 1);
		if (!type) return open('No user type has two people.', 'a user type with two people');
		const read = async (page: string) =>
			await readUsers(call, portal, type.id, { page, per_page: '1' });
		const first = await read('1');
		if (isRefusal(first)) return settled('no, they are refused', `A page of one: ${told(first)}.`);
		if (!isSuccess(first)) return unexpected(first, 'A page of one');
		const [one, ...more] = peopleIn(first, type.id);
		if (!one || more.length > 0) return settled('no', `per_page=1 gave ${more.length + 1} people.`);
		const second = await read('2');
		if (!isSuccess(second)) return unexpected(second, 'The second page');
		return peopleIn(second, type.id)[0]?.id === one.id
			? settled('no', 'The second page was the first again.', 'ignoresPages: true')
			: settled('yes', `The second page of one: ${told(second)}.`, 'ignoresPages: false');
	},
	async pageSize(call, { portal, userTypes, people }) {
		const amountIn = (id: string) => people.filter((one) => one.userTypeId === id).length;
		const [{ id }] = [...userTypes].sort((a, b) => amountIn(b.id) - amountIn(a.id));
		const size = 'per_page=1000';
		const answer = await readUsers(call, portal, id, { page: '1', per_page: '1000' });
		if (isRefusal(answer)) return settled('fewer than 1000', `${size}: ${told(answer)}.`);
		if (!isSuccess(answer)) return unexpected(answer, size);
		const rows = peopleIn(answer, id).length;
		const info = isObject(answer.body) && isObject(answer.body.info) ? answer.body.info : {};
		const total = typeof info.total_count === 'number' ? info.total_count : undefined;
		const seen = `${size} gave ${rows} of ${total ?? 'an untold number of'} people.`;
		if (total && total > rows) return settled(String(rows), seen, `pageSize: ${rows}`);
		if (rows > 200) return settled(`${rows} or more`, seen);
		return open(seen, 'a user type with more than 200 people');
	},
	idFilter: about(async (call, scene, person) => {
		const { read, has } = askingFor(call, scene, person);
		const alone = await read([person.id]);
		if (isRefusal(alone)) {
			return settled('no, it is refused', `One ID: ${told(alone)}.`, 'idFilter: refused');
		}
		if (!has(alone)) return unexpected(alone, 'The ID of somebody who is there');
		// 12 IDs fit into the 255 characters that the newest OpenAPI file has.
		const strangers = madeUp(person.id, 12);
		const nobody = await read(strangers.slice(0, 1));
		if (has(nobody)) {
			return settled('no', 'An unknown ID gave people with other IDs.', 'idFilter: ignored');
		}
		const last = await read([...strangers, person.id]);
		const seen = `An unknown ID: ${told(nobody)}. 12 unknown IDs and a known one`;
		if (has(last)) return settled('yes', `${seen} gave the known one.`, 'idFilter: works');
		return isSuccess(last)
			? settled('yes, by the first 12', `${seen} did not give the known one.`, 'idFilter: cut')
			: settled('yes', `${seen}: ${told(last)}.`, 'idFilter: works');
	}),
	readLength: about(async (call, scene, person) => {
		const { read, has } = askingFor(call, scene, person);
		const strangers = madeUp(person.id, 498);
		if (!has(await read([person.id])) || has(await read(strangers.slice(0, 1)))) {
			const needed = '--writes delete, which sends such lists, too';
			return open('A list does not select by IDs.', needed);
		}
		const send = async (ids: number) => await read([...strangers.slice(0, ids - 1), person.id]);
		// 255 characters are 12 IDs; 100, 200 and 499 are other documented limits.
		return await longest([12, 13, 100, 200, 499], send, has);
	}),
	async unknownPortal(call, { userTypes: [{ id }] }) {
		const types = await readUserTypes(call, NO_PORTAL);
		const users = await readUsers(call, NO_PORTAL, id);
		const seen = `Its user types: ${told(types)}. Its users: ${told(users)}.`;
		return refusal(users, 'A list of portal users of no portal', seen);
	},
	async unknownUserType(call, { portal, userTypes: [{ id }] }) {
		const [unknown] = madeUp(id, 1);
		const type = await call('GET', USER_TYPE, { path: { portal, user_type_id: unknown } });
		const users = await readUsers(call, portal, unknown);
		const seen = `Itself: ${told(type)}. Its users: ${told(users)}.`;
		return refusal(users, 'A list of portal users of no user type', seen);
	},
	async unknownJob(call, { userTypes: [{ id, module }] }) {
		const [job_id] = madeUp(id, 1);
		const answer = await call('GET', INVITATIONS, { path: { module }, query: { job_id } });
		const all = await call('GET', INVITATIONS, { path: { module } });
		const seen = `Without job_id, which stands for all jobs: ${told(all)}.`;
		return refusal(answer, 'An unknown job', seen);
	},
	crmUsers: about(async (call) => {
		const query = { type: 'AllUsers', type__s: PORTAL_USER };
		const answer = await call('GET', '/users', { query });
		if (isRefusal(answer)) return settled('no, they cannot be asked for', `${told(answer)}.`);
		if (!isSuccess(answer)) return unexpected(answer, 'A list of CRM users of that type');
		const found = rowsIn(answer, 'users').filter(({ type__s }) => type__s === PORTAL_USER);
		const seen = `type__s=${PORTAL_USER}: ${told(answer)}, ${found.length} of them of that type.`;
		return settled(found.length > 0 ? 'yes' : 'no', seen);
	}),
};

/** Those that are asked only by name, each with a token of its own. */
export const apart: Questions<Scene> = {
	async portalsMeta(call, { userTypes: [{ module }] }) {
		const answer = await call('GET', '/settings/portals/meta', { query: { module } });
		const seen = `${told(answer)}.`;
		if (isSuccess(answer)) return settled('yes', seen, 'hasMeta: true');
		if (isRefusal(answer)) return settled('no', seen, 'hasMeta: false');
		return unexpected(answer, 'The call');
	},
	async settingsAll(call) {
		const answer = await call('GET', '/settings/portals');
		const seen = `The list of portals: ${told(answer)}.`;
		if (isSuccess(answer)) return settled('yes', seen);
		if (hasCode(answer, 'OAUTH_SCOPE_MISMATCH')) return settled('no', seen);
		return unexpected(answer, 'The list of portals');
	},
};
