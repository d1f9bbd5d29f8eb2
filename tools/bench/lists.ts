import type { RemoteEmulator } from '../../emulator/remote';
import { DEALERS, PORTAL } from '../../emulator/seed';
import type { Engine } from '../../test/support/engine';
import { byId, byName } from '../../test/support/parameters';
import { count, median, seconds, table, times } from './table';

const USERS = 20_000;
const PER_PAGE = 200;
const LATENCY = 150;
const IN_FLIGHT = 10;
const ROUNDS = 3;

/** Reading 20,000 portal users. */
export async function measureLists(
	emulator: RemoteEmulator,
	engine: Engine,
	token: string,
): Promise<string> {
	const path = `/crm/v8/settings/portals/${PORTAL}/user_type/${DEALERS}/users`;
	const page = async (number: number) => {
		const address = `${emulator.origin}${path}?type=AllUsers&page=${number}&per_page=${PER_PAGE}`;
		const response = await fetch(address, { headers: { Authorization: `Bearer ${token}` } });
		return (await response.json()) as { users: object[]; info: { total_count: number } };
	};

	const lowerBound = async (): Promise<number> => {
		const { info } = await page(1);
		const queue = Array.from({ length: info.total_count / PER_PAGE - 1 }, (_, index) => index + 2);
		const worker = async () => {
			for (let next = queue.shift(); next; next = queue.shift()) await page(next);
		};
		await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
		return USERS;
	};

	const thisNode = async (): Promise<number> => {
		const { items, error } = await engine.runNode({
			parameters: {
				resource: 'portalUser',
				operation: 'getAll',
				portal: byName(PORTAL),
				userType: byId(DEALERS),
				returnAll: true,
				options: { concurrency: IN_FLIGHT },
			},
		});
		if (error) throw error;
		return items.length;
	};

	await emulator.reset();
	await emulator.addPortalUsers(DEALERS, USERS);
	await emulator.behave({ latency: LATENCY, maxInFlight: IN_FLIGHT });
	const ways: Array<[string, () => Promise<number>]> = [
		['lower bound', lowerBound],
		['this node', thisNode],
	];
	const measured = ways.map((): Array<{ ms: number; calls: number }> => []);
	for (let round = 0; round <= ROUNDS; round++) {
		for (const [way, [name, read]] of ways.entries()) {
			const before = (await emulator.requests()).length;
			const started = performance.now();
			const rows = await read();
			const ms = performance.now() - started;
			if (rows !== USERS) throw new Error(`${name} read ${rows} users`);
			const calls = (await emulator.requests()).length - before;
			if (round > 0) measured[way].push({ ms, calls });
		}
	}
	const bound = median(measured[0].map(({ ms }) => ms));
	return table(
		['20,000 portal users', 'calls', 'time', ''],
		ways.map(([name], way) => {
			const ms = median(measured[way].map((one) => one.ms));
			return [name, count(measured[way][0].calls), seconds(ms), times(ms, bound)];
		}),
	);
}
