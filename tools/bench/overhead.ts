import { Bench } from 'tinybench';

import type { RemoteEmulator } from '../../emulator/remote';
import { DEALERS, PORTAL } from '../../emulator/seed';
import type { Engine } from '../../test/support/engine';
import { asItems, byName, ofDealers } from '../../test/support/parameters';
import { declarative, programmatic } from './reference';
import { count, table, times } from '../table';

const SIZES = [1_000, 5_000, 20_000];

/** Parameters of a deletion that takes the user from the item. */
export const deletion = {
	resource: 'portalUser',
	operation: 'delete',
	portal: byName(PORTAL),
	...ofDealers(),
};

/** What an item costs inside n8n, with an emulator that answers at once. */
export async function measureOverhead(emulator: RemoteEmulator, engine: Engine): Promise<string> {
	engine.register('programmatic', programmatic);
	engine.register('declarative', declarative);
	const ways: Array<[string, string | undefined]> = [
		['minimal programmatic node, no request', 'programmatic'],
		['minimal declarative node with expressions, no request', 'declarative'],
		['this node, delete', undefined],
	];
	const perItem = new Map<string, number[]>();
	for (const size of SIZES) {
		// As many rounds as it takes for a median, fewer where a round is long.
		const bench = new Bench({
			time: 0,
			iterations: size > 5_000 ? 3 : 7,
			warmupTime: 0,
			warmupIterations: 1,
		});
		let input: Array<{ id: string }> = [];
		for (const [name, type] of ways) {
			bench.add(
				name,
				async () => {
					const { error, items } = await engine.runNode({
						...(type && { type }),
						parameters: deletion,
						input,
					});
					if (error ?? items.length !== size) throw error ?? new Error('Items are missing');
				},
				{
					async beforeEach() {
						await emulator.reset();
						input = asItems(await emulator.addPortalUsers(DEALERS, size));
					},
				},
			);
		}
		await bench.run();
		for (const { name, result } of bench.tasks) {
			if (!('latency' in result)) throw new Error(`${name} did not run`);
			perItem.set(name, [...(perItem.get(name) ?? []), result.latency.p50 / size]);
		}
	}
	const [[reference]] = ways;
	const base = perItem.get(reference) ?? [];
	return table(
		['', ...SIZES.map((size) => `${count(size)} items`), 'of the first', '20,000 : 1,000'],
		[...perItem].map(([name, ms]) => [
			name,
			...ms.map((one) => `${(one * 1000).toFixed(0)} µs`),
			times(ms[0], base[0]),
			times(ms[2], ms[0]),
		]),
	);
}
