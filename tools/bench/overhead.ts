import { Bench } from 'tinybench';

import type { RemoteEmulator } from '../../emulator/remote';
import { DEALERS, PORTAL } from '../../emulator/seed';
import { chunk } from '../../nodes/ZohoCrmPortals/http/chunk';
import type { Engine } from '../../harness/engine';
import { asItems, byName, ofDealers } from '../../harness/parameters';
import { callBare } from './bare';
import { declarative, programmatic } from './reference';
import { count, table, times } from '../table';

const SIZES = [1_000, 5_000, 20_000];

/** Parameters of a deletion that reads the user from the item. */
export const deletion = {
	resource: 'portalUser',
	operation: 'delete',
	portal: byName(PORTAL),
	...ofDealers(),
};

/** The cost of an item inside n8n, with an emulator that answers at once. */
export async function measureOverhead(
	emulator: RemoteEmulator,
	engine: Engine,
	token: string,
): Promise<string> {
	const users = `/settings/portals/${PORTAL}/user_type/${DEALERS}/users`;
	engine.register('programmatic', programmatic);
	engine.register('bare', {
		...programmatic,
		async execute() {
			const items = this.getInputData();
			const ids = items.map((_, item) => String(this.getNodeParameter('personalityIds', item)));
			await callBare(emulator, token, chunk(ids, 499), 5, (part) => [
				['DELETE', `${users}?personality_ids=${part.join(',')}`],
			]);
			return [
				ids.map((personality_id, item) => ({ json: { personality_id }, pairedItem: { item } })),
			];
		},
	});
	engine.register('declarative', declarative);
	const ways: Array<[string, string | undefined]> = [
		['minimal programmatic node, no request', 'programmatic'],
		['the same, with the calls for the deletion and nothing else', 'bare'],
		['minimal declarative node with expressions, no request', 'declarative'],
		['this node, delete', undefined],
	];
	const perItem = new Map<string, number[]>();
	for (const size of SIZES) {
		// As many rounds as a median needs, but fewer if a round is long.
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
		['', ...SIZES.flatMap((size) => [`${count(size)} items`, ''])],
		[...perItem].map(([name, ms]) => [
			name,
			...ms.flatMap((one, size) => [`${(one * 1000).toFixed(0)} µs`, times(one, base[size])]),
		]),
	);
}
