import { withConcurrency, mapWithConcurrency } from '../../nodes/ZohoCrmPortals/http/concurrency';
import { fc } from '../../harness/random';

/** Counts how many of its tasks run at once. */
function counter() {
	const seen = { now: 0, most: 0, done: 0 };
	const task = (ticks: number) => async () => {
		seen.most = Math.max(seen.most, ++seen.now);
		for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
		seen.now--;
		return ++seen.done;
	};
	return { seen, task };
}

test('runs everything, never more than allowed at once, whatever takes how long', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 8 }),
			fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 60 }),
			async (most, durations) => {
				const { seen, task } = counter();
				await Promise.all(
					durations.map(async (ticks) => await withConcurrency('a', most, task(ticks))),
				);
				expect(seen).toEqual({
					now: 0,
					most: expect.any(Number),
					done: durations.length,
				});
				expect(seen.most).toBeLessThanOrEqual(most);
				if (durations.length >= most) expect(seen.most).toBe(most);
			},
		),
	);
});

test('each caller waits for its own limit', async () => {
	const { seen, task } = counter();
	const wide = Array.from({ length: 6 }, async () => await withConcurrency('b', 6, task(10)));
	const narrow = withConcurrency('b', 2, async () => seen.now);
	await Promise.all(wide);
	expect(await narrow).toBeLessThan(2);
});

test('goes on after a failure', async () => {
	const { seen, task } = counter();
	const failing = withConcurrency('c', 1, async () => await Promise.reject(new Error('no')));
	const next = withConcurrency('c', 1, task(1));
	await expect(failing).rejects.toThrow('no');
	await next;
	expect(seen.done).toBe(1);
});

test('maps in order, a few at a time', async () => {
	const { seen, task } = counter();
	const results = await mapWithConcurrency([5, 1, 3, 0, 2], 2, async (ticks) => {
		await task(ticks)();
		return ticks * 2;
	});
	expect(results).toEqual([10, 2, 6, 0, 4]);
	expect(seen.most).toBe(2);
	expect(await mapWithConcurrency([], 3, async () => 1)).toEqual([]);
});

test('starts nothing more after a failure, and leaves nothing running', async () => {
	const { seen, task } = counter();
	let started = 0;
	const mapped = mapWithConcurrency([1, 2, 3, 4, 5, 6], 2, async (one) => {
		started++;
		if (one === 2) throw new Error('no');
		await task(5)();
	});
	await expect(mapped).rejects.toThrow('no');
	expect(seen.now).toBe(0);
	expect(started).toBe(2);
});
