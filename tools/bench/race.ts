import { median } from '../table';

/** How many ms the emulator takes to answer, and how many calls it accepts at once. */
export const [LATENCY, IN_FLIGHT] = [150, 10];

export const ROUNDS = 3;

export interface Measured {
	calls: number;
	ms: number;
	failed: number;
}

/**
 * Medians for each method of a task. After one warm-up round, the methods take turns, so that a
 * slow moment affects all of them.
 */
export async function race(
	ways: Array<() => Promise<Measured>>,
	rounds = ROUNDS,
): Promise<Measured[]> {
	const measures = ways.map((): Measured[] => []);
	for (let round = 0; round <= rounds; round++) {
		for (const [way, measure] of ways.entries()) {
			const measured = await measure();
			if (round > 0) measures[way].push(measured);
		}
	}
	return measures.map((all) => ({
		calls: median(all.map(({ calls }) => calls)),
		ms: median(all.map(({ ms }) => ms)),
		failed: median(all.map(({ failed }) => failed)),
	}));
}
