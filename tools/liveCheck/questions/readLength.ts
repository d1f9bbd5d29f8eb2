import { open } from '../finding';
import type { Question } from '../question';
import { askingFor, madeUp, READ } from '../scene';
import { longest } from './lengths';

/** 12 IDs are the 255 characters of an OpenAPI file; 100, 200 and 499 are other documented limits. */
const AMOUNTS = [12, 13, 100, 200, 499];

export const readLength: Question = {
	id: 'readLength',
	title: 'How many IDs may a list of portal users be asked for (personality_ids)?',
	needs: 'reads',
	scopes: [READ],
	async ask(call, { portal, people }) {
		const [person] = people;
		if (!person) return open('Nobody is in the portal.', 'a portal with at least one user');
		const { read, has } = askingFor(call, portal, person);
		const strangers = madeUp(person.id, Math.max(...AMOUNTS) - 1);
		if (!has(await read([person.id])) || has(await read(strangers.slice(0, 1)))) {
			return open('A list does not select by IDs.', '--writes delete, which sends such lists, too');
		}
		return await longest(
			AMOUNTS,
			async (amount) => await read([...strangers.slice(0, amount - 1), person.id]),
			has,
		);
	},
};
