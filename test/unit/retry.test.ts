import type { ZohoResponse } from '../../nodes/ZohoCrmPortals/transport/response';
import { withRetries } from '../../nodes/ZohoCrmPortals/transport/retry';
import type { RetrySafety, Attempt } from '../../nodes/ZohoCrmPortals/transport/retry';

const response = (httpStatus: number): ZohoResponse => ({
	httpStatus,
	rows: [],
	info: {},
	body: {},
});

/** Runs a call that answers one after the other; returns the pauses and what came of it. */
async function attempt(safety: RetrySafety, tries: Attempt[], signal?: AbortSignal) {
	jest.useFakeTimers();
	const pauses: number[] = [];
	const start = Date.now();
	let last = start;
	let made = 0;
	const running = withRetries(
		safety,
		async () => {
			if (made > 0) pauses.push(Date.now() - last);
			last = Date.now();
			return tries[Math.min(made++, tries.length - 1)];
		},
		signal,
	);
	await jest.runAllTimersAsync();
	const { response: final, doubtful } = await running;
	jest.useRealTimers();
	return { made, pauses, status: final.httpStatus, doubtful };
}

beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(1));
afterEach(() => jest.restoreAllMocks());

const ok: Attempt = { response: response(200) };
const throttled: Attempt = { response: response(429) };
const gateway: Attempt = { response: response(503) };
const reset: Attempt = { response: response(0), reached: 'maybe' };
const refusedConnection: Attempt = { response: response(0), reached: 'no' };
const badRequest: Attempt = { response: response(400) };

test('pauses grow exponentially, up to 30 seconds, and end', async () => {
	const { made, pauses, status } = await attempt('safe', [throttled]);
	expect(made).toBe(7);
	expect(pauses).toEqual([1000, 2000, 4000, 8000, 16000, 30000]);
	expect(status).toBe(429);
});

test('pauses are of random length', async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0.25);
	expect((await attempt('safe', [throttled, ok])).pauses).toEqual([250]);
});

test('pauses are as long as Zoho asks, but not for ever', async () => {
	const asked = (retryAfter: number): Attempt => ({ response: response(429), retryAfter });
	expect((await attempt('unsafe', [asked(7000), ok])).pauses).toEqual([7000]);
	expect((await attempt('unsafe', [asked(600_000), ok])).pauses).toEqual([30_000]);
});

test.each<[RetrySafety, Attempt, number]>([
	['safe', throttled, 2],
	['safe', gateway, 2],
	['safe', reset, 2],
	['safe', refusedConnection, 2],
	['safe', badRequest, 1],
	['ambiguous', throttled, 2],
	['ambiguous', gateway, 2],
	['ambiguous', reset, 2],
	['ambiguous', refusedConnection, 2],
	['unsafe', throttled, 2],
	['unsafe', gateway, 1],
	['unsafe', reset, 1],
	['unsafe', refusedConnection, 2],
	['unsafe', badRequest, 1],
])('what may be repeated "%s" after %j takes %i calls', async (repeat, first, expected) => {
	expect((await attempt(repeat, [first, ok])).made).toBe(expected);
});

test.each<[RetrySafety, Attempt[], boolean]>([
	['safe', [reset, badRequest], false],
	['ambiguous', [reset, badRequest], true],
	['ambiguous', [gateway, badRequest], true],
	['ambiguous', [throttled, badRequest], false],
	['ambiguous', [refusedConnection, badRequest], false],
	['unsafe', [reset], true],
	['unsafe', [gateway], true],
	['unsafe', [refusedConnection, badRequest], false],
])('repeated "%s", the answer after %j is in doubt: %s', async (repeat, tries, expected) => {
	expect((await attempt(repeat, tries)).doubtful).toBe(expected);
});

test('stops when the execution is stopped', async () => {
	const controller = new AbortController();
	controller.abort();
	expect((await attempt('safe', [throttled, ok], controller.signal)).made).toBe(1);
});
