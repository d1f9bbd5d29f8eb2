import type { Answer } from '../../nodes/ZohoCrmPortals/transport/answer';
import { withRetries } from '../../nodes/ZohoCrmPortals/transport/retry';
import type { Repeat, Try } from '../../nodes/ZohoCrmPortals/transport/retry';

const answer = (httpStatus: number): Answer => ({ httpStatus, rows: [], info: {}, body: {} });

/** Runs a call that answers one after the other; returns the pauses and what came of it. */
async function attempt(repeat: Repeat, tries: Try[], signal?: AbortSignal) {
	jest.useFakeTimers();
	const pauses: number[] = [];
	const start = Date.now();
	let last = start;
	let made = 0;
	const running = withRetries(
		repeat,
		async () => {
			if (made > 0) pauses.push(Date.now() - last);
			last = Date.now();
			return tries[Math.min(made++, tries.length - 1)];
		},
		signal,
	);
	await jest.runAllTimersAsync();
	const { answer: final, doubtful } = await running;
	jest.useRealTimers();
	return { made, pauses, status: final.httpStatus, doubtful };
}

beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(1));
afterEach(() => jest.restoreAllMocks());

const ok: Try = { answer: answer(200) };
const throttled: Try = { answer: answer(429) };
const gateway: Try = { answer: answer(503) };
const reset: Try = { answer: answer(0), reached: 'maybe' };
const refusedConnection: Try = { answer: answer(0), reached: 'no' };
const badRequest: Try = { answer: answer(400) };

test('pauses grow exponentially, up to 30 seconds, and end', async () => {
	const { made, pauses, status } = await attempt('yes', [throttled]);
	expect(made).toBe(7);
	expect(pauses).toEqual([1000, 2000, 4000, 8000, 16000, 30000]);
	expect(status).toBe(429);
});

test('pauses are of random length', async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0.25);
	expect((await attempt('yes', [throttled, ok])).pauses).toEqual([250]);
});

test('pauses are as long as Zoho asks, but not for ever', async () => {
	const asked = (retryAfter: number): Try => ({ answer: answer(429), retryAfter });
	expect((await attempt('never', [asked(7000), ok])).pauses).toEqual([7000]);
	expect((await attempt('never', [asked(600_000), ok])).pauses).toEqual([30_000]);
});

test.each<[Repeat, Try, number]>([
	['yes', throttled, 2],
	['yes', gateway, 2],
	['yes', reset, 2],
	['yes', refusedConnection, 2],
	['yes', badRequest, 1],
	['doubtful', throttled, 2],
	['doubtful', gateway, 2],
	['doubtful', reset, 2],
	['doubtful', refusedConnection, 2],
	['never', throttled, 2],
	['never', gateway, 1],
	['never', reset, 1],
	['never', refusedConnection, 2],
	['never', badRequest, 1],
])('what may be repeated "%s" after %j takes %i calls', async (repeat, first, expected) => {
	expect((await attempt(repeat, [first, ok])).made).toBe(expected);
});

test.each<[Repeat, Try[], boolean]>([
	['yes', [reset, badRequest], false],
	['doubtful', [reset, badRequest], true],
	['doubtful', [gateway, badRequest], true],
	['doubtful', [throttled, badRequest], false],
	['doubtful', [refusedConnection, badRequest], false],
	['never', [reset], true],
	['never', [gateway], true],
	['never', [refusedConnection, badRequest], false],
])('repeated "%s", the answer after %j is in doubt: %s', async (repeat, tries, expected) => {
	expect((await attempt(repeat, tries)).doubtful).toBe(expected);
});

test('stops when the execution is stopped', async () => {
	const controller = new AbortController();
	controller.abort();
	expect((await attempt('yes', [throttled, ok], controller.signal)).made).toBe(1);
});
