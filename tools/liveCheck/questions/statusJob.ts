import { hasCode, isRefusal, isSuccess, resultsIn, told, unexpected } from '../answers';
import type { Call } from '../client';
import { open, settled } from '../finding';
import type { Finding } from '../finding';
import type { Question } from '../question';
import { everybodyIn, READ, USERS } from '../scene';
import type { Scene } from '../scene';
import { thenUndo } from '../undo';

const BULK = `${USERS}/actions/change_status`;
const SINGLE = `${USERS}/{personality_id}/actions/change_status`;
const MOST_LOOKS = 20;

export const statusJob: Question = {
	id: 'statusJob',
	title: 'What becomes of a change of the status of many, and can its job be read?',
	needs: 'writes',
	write: 'status',
	scopes: ['ZohoCRM.settings.clientportal.UPDATE', READ],
	async ask(call, scene) {
		const { portal, named } = scene;
		if (!named.userType) return open('No user type was named.', '--user-type');
		const path = { portal, user_type_id: named.userType.id };
		const there = await everybodyIn(call, scene, path.user_type_id);
		const people = named.people.filter((id) => there.get(id)?.active && there.get(id)?.confirm);
		if (people.length < 2) {
			return open(
				'Fewer than two of those who were named are active and have accepted.',
				'--people with two who have accepted their invitation',
			);
		}
		const activate = async (personality_id: string) =>
			await call('PUT', SINGLE, { path: { ...path, personality_id }, query: { active: 'true' } });
		return await thenUndo(async () => await deactivate(call, scene, path, people), {
			people,
			todo: 'to be activated by hand',
			undo: activate,
			read: async () => await everybodyIn(call, scene, path.user_type_id),
			isBack: (person) => person?.active === true,
		});
	},
};

/** Deactivates these people in one call, and looks what becomes of it. */
async function deactivate(
	call: Call,
	scene: Scene,
	path: Record<string, string>,
	people: string[],
): Promise<Finding> {
	const users = people.map((personality_id) => ({ personality_id, active: false }));
	const sent = await call('PUT', BULK, { path, body: { change_status: [{ users }] } });
	const seen = `The call for ${people.length}: ${told(sent)}.`;
	if (isRefusal(sent)) return settled('there is no such call', seen, 'bulkStatus: unknown');
	if (!isSuccess(sent)) return unexpected(sent, 'The call');
	const looks = await watch(call, scene, people);
	const job = resultsIn(sent).map(({ details }) => details.job_id);
	const read = await call('GET', BULK, { path, query: { job_id: String(job[0] ?? '') } });
	const scheduled = hasCode(sent, 'SCHEDULED') ? 'a job' : 'no job';
	return judge(looks, people.length, `${seen} It is ${scheduled}; its read: ${told(read)}.`);
}

interface Looks {
	/** Looks at the list until everybody was changed, or until nobody looked any more. */
	looks: number;
	changed: string[];
}

/** Looks at the list until all of these people are inactive. */
async function watch(call: Call, scene: Scene, people: string[]): Promise<Looks> {
	let changed: string[] = [];
	for (let looks = 1; looks <= MOST_LOOKS; looks++) {
		const there = await everybodyIn(call, scene, scene.named.userType?.id ?? '');
		changed = people.filter((id) => there.get(id)?.active === false);
		if (changed.length === people.length) return { looks, changed };
		await scene.wait();
	}
	return { looks: MOST_LOOKS, changed };
}

function judge({ looks, changed }: Looks, amount: number, seen: string): Finding {
	const observation = `${seen} ${changed.length} of ${amount} were changed after ${looks} looks.`;
	if (changed.length === amount) {
		return looks === 1
			? settled('all are changed at once', observation, 'bulkStatus: fast')
			: settled('all are changed, some later', observation, 'bulkStatus: slow');
	}
	return changed.length > 0
		? settled('some are changed', observation, 'bulkStatus: ignoresSome')
		: settled('nobody is changed', observation, 'bulkStatus: ignoresAll');
}
