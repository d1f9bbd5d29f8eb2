import type { INodeParameters } from 'n8n-workflow';

import { chunk } from '../../nodes/ZohoCrmPortals/http/chunk';
import { mapWithConcurrency } from '../../nodes/ZohoCrmPortals/http/concurrency';
import { PER_PAGE } from '../../nodes/ZohoCrmPortals/http/paginate';
import type { RemoteEmulator } from '../../emulator/remote';
import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import type { Engine } from '../../harness/engine';
import { byEmail, byId, byName } from '../../harness/parameters';
import { count, seconds, table, times } from '../table';
import { IN_FLIGHT, LATENCY, race } from './race';

const USERS = 20_000;
const WANTED = 1_000;

/**
 * A method to read users: its name, the number of users, and a function that returns how many it
 * has read.
 */
type Way = [name: string, users: number, read: () => Promise<number>];

interface Answer {
	users?: Array<{ personality_id: string; email: string }>;
	info?: { total_count: number };
}

/** Reads 20,000 portal users, and 1,000 of them by email or by ID. */
export async function measureLists(
	emulator: RemoteEmulator,
	engine: Engine,
	token: string,
): Promise<string> {
	const portal = `${emulator.origin}/crm/v8/settings/portals/${PORTAL}/user_type`;
	const get = async (path: string) => {
		const response = await fetch(`${portal}${path}`, {
			headers: { Authorization: `Bearer ${token}` },
		});
		// Zoho answers 204 if there are no users.
		return response.status === 204 ? {} : ((await response.json()) as Answer);
	};
	const page = async (number: number) =>
		await get(`/${DEALERS}/users?type=AllUsers&page=${number}&per_page=${PER_PAGE}`);
	const usersIn = (answers: Answer[]) => answers.flatMap(({ users = [] }) => users);

	const allPages = async () => {
		const first = await page(1);
		const pages = Math.ceil((first.info?.total_count ?? 0) / PER_PAGE) - 1;
		const rest = Array.from({ length: pages }, (_, index) => index + 2);
		return usersIn([first, ...(await mapWithConcurrency(rest, IN_FLIGHT, page))]);
	};
	const byIds = async (ids: string[]) => {
		await get('');
		const calls = [CLIENT_PORTAL, DEALERS, PREMIUM].flatMap((type) =>
			chunk(ids, PER_PAGE).map((part) => ({ type, part })),
		);
		const answers = await mapWithConcurrency(calls, IN_FLIGHT, async ({ type, part }) => {
			return await get(`/${type}/users?type=AllUsers&personality_ids=${part.join(',')}`);
		});
		return usersIn(answers);
	};
	const thisNode = async (parameters: INodeParameters, input?: Array<{ who: string }>) => {
		const options = { concurrency: IN_FLIGHT };
		const common = { resource: 'portalUser', portal: byName(PORTAL), options };
		const { items, error } = await engine.runNode({
			parameters: { ...common, ...parameters },
			input,
		});
		if (error) throw error;
		return items.length;
	};

	await emulator.reset();
	await emulator.addPortalUsers(DEALERS, USERS);
	const people = await allPages();
	const wanted = people.filter((_, index) => index % (USERS / WANTED) === 0);
	const ids = wanted.map(({ personality_id }) => personality_id);
	const emails = new Set(wanted.map(({ email }) => email));
	await emulator.behave({ latency: LATENCY, maxInFlight: IN_FLIGHT });

	const [userType, who] = [byId(DEALERS), '={{ $json.who }}'];
	const races: Array<[task: string, bound: Way, own: Way]> = [
		[
			'20,000 portal users',
			['lower bound', USERS, async () => (await allPages()).length],
			[
				'this node',
				USERS,
				async () => await thisNode({ operation: 'getAll', userType, returnAll: true }),
			],
		],
		[
			'1,000 of them by email',
			[
				'lower bound',
				WANTED,
				async () => (await allPages()).filter(({ email }) => emails.has(email)).length,
			],
			[
				'this node',
				WANTED,
				async () =>
					await thisNode(
						{ operation: 'get', userType, personalityIds: byEmail(who) },
						[...emails].map((email) => ({ who: email })),
					),
			],
		],
		[
			'1,000 of them by ID, without the user type',
			['lower bound', WANTED, async () => (await byIds(ids)).length],
			[
				'this node',
				WANTED,
				async () =>
					await thisNode(
						{ operation: 'get', personalityIds: who },
						ids.map((id) => ({ who: id })),
					),
			],
		],
	];
	const measured = async ([name, users, read]: Way) => {
		const before = (await emulator.requests()).length;
		const started = performance.now();
		const amount = await read();
		const ms = performance.now() - started;
		if (amount !== users) throw new Error(`${name} read ${amount} users`);
		return { calls: (await emulator.requests()).length - before, ms, failed: 0 };
	};
	const rows: string[][] = [];
	for (const [task, ...ways] of races) {
		const medians = await race(ways.map((way) => async () => await measured(way)));
		for (const [way, { calls, ms }] of medians.entries()) {
			rows.push([task, ways[way][0], count(calls), seconds(ms), times(ms, medians[0].ms)]);
		}
	}
	return table(['', 'way', 'calls', 'time', ''], rows);
}
