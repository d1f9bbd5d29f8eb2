import { isRefusal, isSuccess, told, unexpected } from '../answers';
import { open, settled } from '../finding';
import type { Question } from '../question';
import { askingFor, madeUp, READ } from '../scene';

/** As many ids as fit into the 255 characters that the newest OpenAPI file has. */
const IN_255 = 12;

export const idFilter: Question = {
	id: 'idFilter',
	title: 'Does a list of portal users select by personality_ids?',
	needs: 'reads',
	scopes: [READ],
	async ask(call, { portal, people }) {
		const [person] = people;
		if (!person) return open('Nobody is in the portal.', 'a portal with at least one user');
		const { read, has } = askingFor(call, portal, person);
		const alone = await read([person.id]);
		if (isRefusal(alone)) {
			return settled('no, it is refused', `One ID: ${told(alone)}.`, 'idFilter: refused');
		}
		if (!has(alone)) return unexpected(alone, 'The ID of somebody who is there');
		const strangers = madeUp(person.id, IN_255);
		const nobody = await read(strangers.slice(0, 1));
		if (has(nobody)) {
			return settled('no', 'An unknown ID gave people with other IDs.', 'idFilter: ignored');
		}
		const last = await read([...strangers, person.id]);
		const seen = `An unknown ID: ${told(nobody)}. ${IN_255} unknown IDs and a known one`;
		if (has(last)) return settled('yes', `${seen} gave the known one.`, 'idFilter: works');
		return isSuccess(last)
			? settled('yes, by the first 12', `${seen} did not give the known one.`, 'idFilter: cut')
			: settled('yes', `${seen}: ${told(last)}.`, 'idFilter: works');
	},
};
