import type { RemoteEmulator } from '../../emulator/remote';
import { DEALERS, PORTAL } from '../../emulator/seed';
import { chunk } from '../../nodes/ZohoCrmPortals/http/chunk';
import type { Engine } from '../../harness/engine';
import { asItems, byName, ofDealers } from '../../harness/parameters';
import { callBare } from './bare';
import { race } from './race';
import type { Measured } from './race';
import { declarative, programmatic } from './reference';
import { count, table, times } from '../table';

/** How many items, and how often: a median of few rounds is only stable for long ones. */
const SIZES = new Map([
	[1_000, 15],
	[5_000, 9],
	[20_000, 5],
]);

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
	for (const [size, rounds] of SIZES) {
		const medians = await race(
			ways.map(
				([, type]) =>
					async () =>
						await measured(emulator, engine, size, type),
			),
			rounds,
		);
		for (const [way, { ms }] of medians.entries()) {
			const [name] = ways[way];
			perItem.set(name, [...(perItem.get(name) ?? []), ms / size]);
		}
	}
	const [[reference]] = ways;
	const base = perItem.get(reference) ?? [];
	return table(
		['', ...[...SIZES.keys()].flatMap((size) => [`${count(size)} items`, ''])],
		[...perItem].map(([name, ms]) => [
			name,
			...ms.flatMap((one, size) => [`${(one * 1000).toFixed(0)} µs`, times(one, base[size])]),
		]),
	);
}

/** One run of a deletion; without a type, by this node. */
async function measured(
	emulator: RemoteEmulator,
	engine: Engine,
	size: number,
	type?: string,
): Promise<Measured> {
	await emulator.reset();
	const input = asItems(await emulator.addPortalUsers(DEALERS, size));
	const started = performance.now();
	const { error, items } = await engine.runNode({
		...(type && { type }),
		parameters: deletion,
		input,
	});
	const ms = performance.now() - started;
	if (error ?? items.length !== size) throw error ?? new Error('Items are missing');
	return { ms, calls: 0, failed: 0 };
}
