/** Limits the number of calls in flight. Calls start in the order in which they arrive. */
class Limiter {
	private active = 0;

	private readonly queue: Array<{ most: number; start: () => void }> = [];

	/**
	 * Runs `work` as soon as fewer than `most` other calls are running. Callers may use different
	 * limits; each caller waits for its own limit.
	 */
	async run<T>(most: number, work: () => Promise<T>): Promise<T> {
		if (this.active >= most || this.queue.length > 0) {
			await new Promise<void>((start) => this.queue.push({ most, start }));
		} else {
			this.active++;
		}
		try {
			return await work();
		} finally {
			this.active--;
			this.startNext();
		}
	}

	get idle(): boolean {
		return this.active === 0 && this.queue.length === 0;
	}

	private startNext(): void {
		while (this.queue.length > 0 && this.active < this.queue[0].most) {
			this.active++;
			this.queue.shift()?.start();
		}
	}
}

const limiters = new Map<string, Limiter>();

/**
 * Runs `work` with at most `most` calls of the same `key` in flight in this n8n process, across all
 * its executions. Zoho counts the calls in flight per organization: 5 in the Free edition, 25 in
 * Ultimate (https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html).
 */
export async function withConcurrency<T>(
	key: string,
	most: number,
	work: () => Promise<T>,
): Promise<T> {
	const limiter = limiters.get(key) ?? new Limiter();
	limiters.set(key, limiter);
	try {
		return await limiter.run(most, work);
	} finally {
		if (limiter.idle) limiters.delete(key);
	}
}

/**
 * Maps `list` with at most `most` calls of `work` at the same time, so that a long list does not
 * fill the queue of its credential and make others wait until it is done. After a failure, it
 * starts nothing more and waits for the running calls.
 */
export async function mapWithConcurrency<T, R>(
	list: readonly T[],
	most: number,
	work: (one: T) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(list.length);
	const failures: unknown[] = [];
	let next = 0;
	const worker = async () => {
		while (next < list.length && failures.length === 0) {
			const position = next++;
			await work(list[position]).then(
				(result) => (results[position] = result),
				(error) => failures.push(error),
			);
		}
	};
	await Promise.all(Array.from({ length: Math.min(most, list.length) }, worker));
	if (failures.length > 0) throw failures[0];
	return results;
}
