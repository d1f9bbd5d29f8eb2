import { isObject, listOf } from '../../../nodes/ZohoCrmPortals/transport/exactJson';
import { hasCode, isSuccess, resultsIn, rowsIn, told, unexpected } from '../answers';
import type { Call } from '../client';
import { open, settled } from '../finding';
import type { Finding } from '../finding';
import type { Question } from '../question';
import type { Scene } from '../scene';
import { READ } from '../scene';
import { INVITATIONS } from './invitations';

const MOST_READS = 20;

type Rows = ReturnType<typeof listOf>;

export const invitationJob: Question = {
	id: 'invitationJob',
	title: 'What does a job of invitations tell, and in which order?',
	needs: 'writes',
	write: 'invite',
	scopes: ['ZohoCRM.settings.clientportal.CREATE', READ],
	async ask(call, scene) {
		const { people, userType } = scene.named;
		if (people.length < 3 || !userType) {
			return open('Fewer than three people were named.', '--people with three records');
		}
		// The first was invited before, so that one of three fails.
		const data = people.slice(0, 3).map((id) => ({
			id,
			user_type_id: userType.id,
			type: 'invite',
		}));
		const sent = await call('POST', INVITATIONS, {
			path: { module: userType.module },
			body: { portal_invite: [{ data }] },
		});
		if (!isSuccess(sent)) return unexpected(sent, 'Three invitations in one call');
		const [job] = resultsIn(sent).flatMap(({ details }) => details.job_id ?? []);
		if (!hasCode(sent, 'SCHEDULED') || job === undefined) {
			return settled('there is no job', `Three invitations in one call: ${told(sent)}.`);
		}
		return await follow(call, scene, { module: userType.module, job: String(job) });
	},
};

/** Reads the job until it has ended. */
async function follow(
	call: Call,
	{ named: { people }, wait }: Scene,
	{ module, job }: { module: string; job: string },
): Promise<Finding> {
	const statuses = new Set<string>();
	for (let reads = 0; reads < MOST_READS; reads++) {
		const answer = await call('GET', INVITATIONS, { path: { module }, query: { job_id: job } });
		const [entry] = rowsIn(answer, 'portal_invite');
		if (!isSuccess(answer) || !entry) return unexpected(answer, 'The read of the job');
		statuses.add(wordOf(entry.status));
		const seen = `The job was ${[...statuses].join(', then ')}.`;
		if (entry.status === 'failed') return settled('that it failed', seen);
		if (entry.status === 'completed') return judge(listOf(entry.data), people, seen);
		await wait();
	}
	return open(
		`After ${MOST_READS} reads the job was ${[...statuses].join(', then ')}.`,
		'more time: read the job later',
	);
}

/** @param people of whom the first was to fail */
function judge(rows: Rows, [, second, third]: string[], seen: string): Finding {
	const ids = rows.map((row) => (row.status === 'error' ? 'failed' : idIn(row)));
	const failed = rows.find(({ status }) => status === 'error');
	const named = failed && idIn(failed) !== '' ? 'with its ID' : 'without an ID';
	const places = ids.map((id) => {
		if (id === 'failed') return 'the failed first';
		return id === second ? 'the second' : id === third ? 'the third' : 'another';
	});
	const observation = `${seen} Of three, the rows were: ${places.join(', ')}.`;
	const order = ORDERS[places.join(', ')];
	if (order === undefined) {
		return open(observation, 'somebody to look at the rows, which are in the report');
	}
	const answer = failed ? `${order.told}, a failed one ${named}` : order.told;
	return settled(answer, observation, `jobRows: ${order.emulator}`);
}

const ORDERS: Record<string, { told: string; emulator: string }> = {
	'the failed first, the second, the third': {
		told: 'every row, in the order of the call',
		emulator: 'inOrder',
	},
	'the third, the second, the failed first': {
		told: 'every row, the last first',
		emulator: 'reversed',
	},
	'the second, the third, the failed first': {
		told: 'every row, failed ones last',
		emulator: 'failedLast',
	},
	'the second, the third': { told: 'not every row', emulator: 'incomplete' },
};

function idIn({ details }: Rows[number]): string {
	const { id, record_id, personality_id } = isObject(details) ? details : {};
	return String(id ?? record_id ?? personality_id ?? '');
}

function wordOf(status: unknown): string {
	return /^[a-z_ ]{1,30}$/i.test(String(status)) ? String(status) : 'in a state without a word';
}
