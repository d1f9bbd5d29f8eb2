/* eslint-disable @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { isSuccess } from './answers';
import type { Answer } from './client';
import type { Finding } from './finding';
import type { Person } from './scene';
import { Stopped } from './stopped';

/** How a write to people who were named is taken back. */
interface Undo {
	people: string[];
	/** What is to be done by hand where it fails: "still to be activated". */
	todo: string;
	undo: (person: string) => Promise<Answer>;
	/** Everybody in the user type where these people were, read after the undo. */
	read: () => Promise<Map<string, Person>>;
	/** Whether somebody is again as before. */
	isBack: (person?: Person) => boolean;
}

/**
 * Asks, and takes back what was written to each of these people, whatever the answers were and also
 * where a call in between got none or a 429.
 *
 * @throws Stopped like `ask`; it says who is not as before, as the finding does otherwise
 */
export async function thenUndo(ask: () => Promise<Finding>, undo: Undo): Promise<Finding> {
	let finding: Finding;
	try {
		finding = await ask();
	} catch (error) {
		const notUndone = await takeBack(undo);
		if (error instanceof Stopped) error.notUndone = notUndone;
		throw error;
	}
	return { ...finding, notUndone: await takeBack(undo) };
}

/** Who is not as before, in words; undefined where everybody is. */
async function takeBack({ people, todo, undo, read, isBack }: Undo): Promise<string | undefined> {
	const succeeded = new Set<string>();
	for (const person of people) {
		const answer = await answerTo(() => undo(person));
		if (answer && isSuccess(answer)) succeeded.add(person);
	}
	// Somebody who was never changed is refused, and all the same as before: the list tells.
	const there = await answerTo(read);
	const left = people.filter((one) => (there ? !isBack(there.get(one)) : !succeeded.has(one)));
	if (left.length === 0) return undefined;
	return `Not undone for ${left.length} of ${people.length}: ${left.join(', ')} (${todo}).`;
}

/** Undefined where a call is not answered: the next one may be. */
async function answerTo<T>(work: () => Promise<T>): Promise<T | undefined> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof Stopped) return undefined;
		throw error;
	}
}
