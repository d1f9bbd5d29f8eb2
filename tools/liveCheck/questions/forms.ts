import { isSuccess, rowsIn, unexpected } from '../answers';
import { open, settled } from '../finding';
import type { Question } from '../question';
import { READ, readUsers, readUserTypes } from '../scene';

/** Keys that only one of the two sources has. */
const KEYS = {
	oas: ['active_user_count', 'created_time', 'Source__s'],
	docs: ['no_of_users', 'modules', 'invited_time'],
};

/** Of user types, which have both times whatever the source. */
const ELSEWHERE = ['created_time'];

export const forms: Question = {
	id: 'forms',
	title: 'Whose form have the lists of user types and portal users?',
	needs: 'reads',
	scopes: [READ],
	async ask(call, { portal, people }) {
		const [person] = people;
		if (!person) return open('Nobody is in the portal.', 'a portal with at least one user');
		const types = await readUserTypes(call, portal);
		if (!isSuccess(types)) return unexpected(types, 'The list of user types');
		const users = await readUsers(call, portal, person.userTypeId);
		if (!isSuccess(users)) return unexpected(users, 'The list of portal users');
		const keys = new Set([
			...keysOf(rowsIn(types, 'user_type')).filter((key) => !ELSEWHERE.includes(key)),
			...keysOf(rowsIn(users, 'users')),
		]);
		const ofOas = KEYS.oas.filter((key) => keys.has(key));
		const ofDocs = KEYS.docs.filter((key) => keys.has(key));
		const seen = `Of the OpenAPI files: ${list(ofOas)}. Of the documentation: ${list(ofDocs)}.`;
		if (ofOas.length === 0 && ofDocs.length === 0) {
			return open(seen, 'somebody to look at the answers, which are in the report');
		}
		if (ofDocs.length === 0) return settled('that of the OpenAPI files', seen, 'sources: oas');
		if (ofOas.length === 0) return settled('that of the documentation', seen, 'sources: docs');
		return settled('some of both', seen);
	},
};

function keysOf(rows: object[]): string[] {
	return rows.flatMap((row) => Object.keys(row));
}

function list(keys: string[]): string {
	return keys.length === 0 ? 'nothing' : keys.join(', ');
}
