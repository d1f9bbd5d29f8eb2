import { isObject, listOf } from '../../nodes/ZohoCrmPortals/http/exactJson';
import { found, longest, Open, settled, succeeded, unexpected } from './answers';
import type { Answer, Finding } from './answers';
import type { Call } from './client';
import type { Write } from './questions';
import { isDocumented } from './redact';
import { everybodyIn, INVITATIONS, madeUp, USERS } from './scene';
import type { Person, Questions, UserType, WriteScene } from './scene';

const BULK = `${USERS}/actions/change_status`;

/** How many times to look at something that takes time. */
const MOST_LOOKS = 20;

/** Whether a person is in the named user type. */
async function isThere(call: Call, { userType }: WriteScene, person: string): Promise<boolean> {
	return (await everybodyIn(call, userType)).has(person);
}

/** @throws Open if a person is not there: an earlier invitation may not have added them */
async function expectThere(call: Call, scene: WriteScene, person: string): Promise<void> {
	if (await isThere(call, scene, person)) return;
	const needed = '--people with people in the user type';
	throw new Open('The person who was named is not in the user type.', needed);
}

/** Deletes people, or moves them from one user type to another. */
const remove = async (call: Call, ids: string[]) =>
	await call('DELETE', USERS, { query: { personality_ids: ids.join(',') } });

const transfer = async (call: Call, ids: string[], from: UserType, to: UserType) =>
	await call('POST', `${USERS}/action/transfer`, {
		path: { user_type_id: from.id },
		query: { transfer_To: to.id, personality_ids: ids.join(',') },
	});

/**
 * The answer to right and wrong IDs in one call: one existing person between two IDs that nobody
 * has.
 *
 * @param isDone whether the lists show that the existing person was changed
 */
async function mixed(
	person: string,
	send: (ids: string[]) => Promise<Answer>,
	isDone: () => Promise<boolean>,
): Promise<Finding> {
	const wrong = madeUp(person, 2);
	const answer = await send([wrong[0], person, wrong[1]]);
	const done = await isDone();
	const named = answer.results.filter(({ details }) =>
		wrong.includes(String(details.personality_id)),
	).length;
	const outcome = done ? 'done' : 'not done';
	const seen = `One who is there between two unknown: ${answer.told}. It was ${outcome}.`;
	if (!answer.isRefusal) {
		if (succeeded(answer, 'The call').has('SCHEDULED')) return settled(`a job, ${outcome}`, seen);
		if (named < wrong.length) return settled(`a success, ${outcome}`, seen);
		return settled(`a row each, ${outcome}`, seen, done ? 'mixedIds: rows' : undefined);
	}
	if (done) return settled('a refusal, done all the same', seen, 'mixedIds: doneThenNamed');
	if (named === 0) return settled('a refusal without IDs', seen, 'mixedIds: unnamed');
	return named === 1
		? settled('a refusal that names one wrong ID', seen, 'mixedIds: first')
		: settled('a refusal that names the wrong IDs', seen, 'mixedIds: named');
}

/** How to undo a write to people. */
interface Undo {
	people: string[];
	/** What the user has to do if it fails: "to be activated by hand". */
	todo: string;
	undo: (person: string) => Promise<Answer>;
	/** Everybody in the previous user type of these people, read after the undo. */
	read: () => Promise<Map<string, Person>>;
	/** Whether a person is in the previous state again. */
	isBack: (person?: Person) => boolean;
}

/**
 * Asks a question, and undoes the changes to these people, whatever the answers were, and also if a
 * call got no answer or a 429.
 */
async function thenUndo(
	{ people, todo, undo, read, isBack }: Undo,
	ask: () => Promise<Finding>,
): Promise<Finding> {
	const asked = await found(ask());
	const failed: string[] = [];
	for (const person of people) {
		const answer = await found(undo(person));
		if (answer instanceof Open || !answer.isSuccess) failed.push(person);
	}
	// The undo is refused for people who were never changed. The list shows that they are in their
	// previous state.
	const there = await found(read());
	const left = there instanceof Open ? failed : people.filter((one) => !isBack(there.get(one)));
	if (left.length > 0) {
		asked.notUndone = `Not undone for ${left.length} of ${people.length}: ${left.join(', ')} (${todo}).`;
	}
	return asked;
}

/**
 * Looks repeatedly until there is nothing more to wait for; returns the observations, latest first.
 */
async function watched<T>(
	{ wait }: WriteScene,
	look: () => Promise<T>,
	isLast: (seen: T) => boolean,
): Promise<[T, ...T[]]> {
	const seen: [T, ...T[]] = [await look()];
	while (!isLast(seen[0]) && seen.length < MOST_LOOKS) {
		await wait();
		seen.unshift(await look());
	}
	return seen;
}

/** Deactivates these people in one call, and observes the result. */
async function deactivate(call: Call, scene: WriteScene, people: string[]): Promise<Finding> {
	const users = people.map((personality_id) => ({ personality_id, active: false }));
	const sent = await call('PUT', BULK, { body: { change_status: [{ users }] } });
	const seen = `The call for ${people.length}: ${sent.told}.`;
	if (sent.isRefusal) return settled('there is no such call', seen, 'bulkStatus: unknown');
	const [{ details } = { details: { job_id: '' } }] = succeeded(sent, 'The call').results;
	const changes = async () => {
		const there = await everybodyIn(call, scene.userType);
		return people.filter((id) => there.get(id)?.active === false).length;
	};
	const amounts = await watched(scene, changes, (amount) => amount === people.length);
	const [changed] = amounts;
	const read = await call('GET', BULK, { query: { job_id: String(details.job_id ?? '') } });
	const job = `It is ${sent.has('SCHEDULED') ? 'a job' : 'no job'}; its read: ${read.told}.`;
	const observation = `${seen} ${job} ${changed} of ${people.length} were changed after ${amounts.length} looks.`;
	if (changed === 0) return settled('nobody is changed', observation, 'bulkStatus: ignoresAll');
	if (changed < people.length) {
		return settled('some are changed', observation, 'bulkStatus: ignoresSome');
	}
	return amounts.length === 1
		? settled('all are changed at once', observation, 'bulkStatus: fast')
		: settled('all are changed, some later', observation, 'bulkStatus: slow');
}

/** Reads a job of three invitations, of which the first should fail, until it has ended. */
async function followed(call: Call, scene: WriteScene, job_id: string): Promise<Finding> {
	const look = async () => {
		const answer = await call('GET', INVITATIONS, { query: { job_id } });
		const [{ status = '', data } = {}] = answer.isSuccess ? answer.rows('portal_invite') : [];
		return { answer, status: String(status), data };
	};
	const ended = ['', 'failed', 'completed'];
	const jobs = await watched(scene, look, ({ status }) => ended.includes(status));
	const [{ answer, status, data }] = jobs;
	if (status === '') return unexpected(answer, 'The read of the job');
	const states = jobs.map((job) =>
		isDocumented(job.status) ? job.status : 'in a state that is not documented',
	);
	const was = `the job was ${[...new Set(states.reverse())].join(', then ')}.`;
	const seen = was.replace('the', 'The');
	if (status === 'failed') return settled('that it failed', seen);
	if (status === 'completed') return judgeRows(listOf(data), scene, seen);
	return new Open(`After ${MOST_LOOKS} reads ${was}`, 'more time: read the job later');
}

/** Orders of the rows, with the switch that behaves the same way. */
const ORDERS: Record<string, [answer: string, jobRows: string]> = {
	'the failed first, the second, the third': ['every row, in the order of the call', 'inOrder'],
	'the third, the second, the failed first': ['every row, the last first', 'reversed'],
	'the second, the third, the failed first': ['every row, failed ones last', 'failedLast'],
	'the second, the third': ['not every row', 'incomplete'],
};

function judgeRows(rows: ReturnType<typeof listOf>, { named }: WriteScene, seen: string): Finding {
	const idIn = ({ details }: (typeof rows)[number]) => {
		const { id, record_id, personality_id } = isObject(details) ? details : {};
		return String(id ?? record_id ?? personality_id ?? '');
	};
	const places = rows.map((row) => {
		if (row.status === 'error') return 'the failed first';
		return ['another', 'the second', 'the third'][Math.max(0, named.indexOf(idIn(row)))];
	});
	const observation = `${seen} Of three, the rows were: ${places.join(', ')}.`;
	const order = ORDERS[places.join(', ')];
	if (!order) throw new Open(observation, 'somebody to look at the rows, which are in the report');
	const failed = rows.find(({ status }) => status === 'error');
	const which = failed && `, a failed one ${idIn(failed) === '' ? 'without an ID' : 'with its ID'}`;
	return settled(`${order[0]}${which ?? ''}`, observation, `jobRows: ${order[1]}`);
}

interface Writing {
	/** Levels of the scope for portals, in addition to READ. */
	levels: string[];
	/** The description that the user at the terminal has to agree to. */
	deed: (scene: WriteScene) => string;
	questions: Questions<WriteScene>;
}

/** Questions that writes can answer, in the order in which they build on each other. */
export const writing: Record<Write, Writing> = {
	invite: {
		levels: ['CREATE'],
		deed: ({ named }) =>
			`invites ${named.slice(0, 3).join(', ')}: each gets an email, and ` +
			`${named[0]}, who is invited up to four times, up to three`,
		questions: {
			async invitation(call, { named: [person], userType: { id: user_type_id } }) {
				const send = async (record_id: string, query: Record<string, string>) =>
					await call('POST', '/{module}/{record_id}/actions/portal_invite', {
						path: { record_id },
						query,
					});
				const asked = { user_type_id, type: 'invite' };
				const first = succeeded(await send(person, asked), 'The invitation');
				const again = await send(person, asked);
				const nobody = await send(madeUp(person, 1)[0], asked);
				const refused = `The same again: ${again.told}. A record that does not exist: ${nobody.told}.`;
				const seen = `The invitation: ${first.told}. ${refused}`;
				if (again.isSuccess) return settled('it is not refused', seen);
				if (!again.isRefusal) return unexpected(again, 'The same invitation again');
				// Asked only here: a person who can be invited again would get one more email.
				const untyped = await send(person, { user_type_id });
				return settled(`${again.told}; ${nobody.told}`, `${seen} Without type: ${untyped.told}.`);
			},
			async invitationJob(call, scene) {
				const user_type_id = scene.userType.id;
				// The first person was invited before, so one of three fails.
				const data = scene.named.slice(0, 3).map((id) => ({ id, user_type_id, type: 'invite' }));
				if (data.length < 3) {
					throw new Open('Fewer than three people were named.', '--people with three records');
				}
				const three = 'Three invitations in one call';
				const body = { portal_invite: [{ data }] };
				const sent = succeeded(await call('POST', INVITATIONS, { body }), three);
				const [job] = sent.results.flatMap(({ details }) => details.job_id ?? []);
				if (sent.has('SCHEDULED') && job) return await followed(call, scene, String(job));
				return settled('there is no job', `${three}: ${sent.told}.`);
			},
		},
	},
	status: {
		levels: ['UPDATE'],
		deed: ({ named }) =>
			`deactivates those of ${named.join(', ')} who have accepted, and activates them again`,
		questions: {
			async statusJob(call, scene) {
				const read = async () => await everybodyIn(call, scene.userType);
				const there = await read();
				const people = scene.named.filter((id) => there.get(id)?.active && there.get(id)?.confirm);
				if (people.length < 2) {
					throw new Open(
						'Fewer than two of those who were named are active and have accepted.',
						'--people with two who have accepted their invitation',
					);
				}
				const one = `${USERS}/{personality_id}/actions/change_status`;
				const undo: Undo = {
					people,
					todo: 'to be activated by hand',
					undo: async (personality_id) =>
						await call('PUT', one, { path: { personality_id }, query: { active: 'true' } }),
					read,
					isBack: (person) => person?.active === true,
				};
				return await thenUndo(undo, async () => await deactivate(call, scene, people));
			},
		},
	},
	transfer: {
		// The sources differ about which of the two is needed.
		levels: ['CREATE', 'UPDATE'],
		deed: ({ named, targetUserType: { id } }) =>
			`moves ${named[0]} to the user type ${id} and back`,
		questions: {
			async transferMixed(call, scene) {
				const { named, userType: from, targetUserType: to, wait } = scene;
				const [person] = named;
				await expectThere(call, scene, person);
				const laterIn = async (type: UserType) => {
					await wait();
					return await everybodyIn(call, type);
				};
				const undo: Undo = {
					people: [person],
					todo: 'to be moved back by hand',
					undo: async () => await transfer(call, [person], to, from),
					read: async () => await laterIn(from),
					isBack: (there) => there !== undefined,
				};
				const send = async (ids: string[]) => await transfer(call, ids, from, to);
				const isDone = async () => (await laterIn(to)).has(person);
				return await thenUndo(undo, async () => await mixed(person, send, isDone));
			},
			async transferLength(call, { named: [person], userType: from, targetUserType: to }) {
				// Nobody has these IDs, so nobody is moved. The sources have limits of 100 results
				// and 200 at once.
				const ids = madeUp(person, 201);
				const send = async (amount: number) => await transfer(call, ids.slice(0, amount), from, to);
				return await longest([12, 13, 100, 200, ids.length], send);
			},
		},
	},
	delete: {
		levels: ['DELETE'],
		deed: ({ named }) => `removes ${named.slice(0, 2).join(', ')} from the portal`,
		questions: {
			async deleteMixed(call, scene) {
				const [person] = scene.named;
				await expectThere(call, scene, person);
				const send = async (ids: string[]) => await remove(call, ids);
				return await mixed(person, send, async () => {
					await scene.wait();
					return !(await isThere(call, scene, person));
				});
			},
			async deleteLength(call, scene) {
				const [, person] = scene.named;
				if (!person)
					throw new Open('Fewer than two people were named.', '--people with two records');
				await expectThere(call, scene, person);
				// Only the longest list names an existing person, so that a job has something to
				// do. The sources have limits of 255 characters, 200 results and 499 at once.
				const ids = [...madeUp(person, 499), person];
				let sent = 0;
				const finding = await longest([12, 13, 100, 200, 499, ids.length], async (amount) => {
					sent = amount;
					return await remove(call, ids.slice(0, amount));
				});
				if (sent < ids.length) return finding;
				await scene.wait();
				const outcome = (await isThere(call, scene, person)) ? 'is still there' : 'is gone';
				finding.observation += ` The one known ID, among ${sent}, ${outcome}.`;
				return finding;
			},
		},
	},
};
