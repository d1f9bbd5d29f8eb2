import { errorData } from '../../nodes/ZohoCrmPortals/http/error';
import { Outage } from '../../nodes/ZohoCrmPortals/http/outage';
import { readResponse } from '../../nodes/ZohoCrmPortals/http/response';
import { noResponse, withRetries } from '../../nodes/ZohoCrmPortals/http/retry';
import type { Attempt, RetrySafety } from '../../nodes/ZohoCrmPortals/http/retry';

/** Runs a call that answers one after the other; returns the pauses and what came of it. */
async function attempt(safety: RetrySafety, tries: Attempt[], signal?: AbortSignal) {
	jest.useFakeTimers();
	const pauses: number[] = [];
	let last = Date.now();
	let made = 0;
	const running = withRetries(
		safety,
		async () => {
			if (made > 0) pauses.push(Date.now() - last);
			last = Date.now();
			return tries[Math.min(made++, tries.length - 1)];
		},
		new Outage(),
		signal,
	);
	await jest.runAllTimersAsync();
	const { httpStatus: status, doubted = false, error } = await running;
	jest.useRealTimers();
	return { made, pauses, status, doubtful: doubted || error?.uncertain === true };
}

beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(1));
afterEach(() => jest.restoreAllMocks());

const json = (code: string) => JSON.stringify({ code, details: {}, message: '', status: 'error' });
const ok: Attempt = { response: readResponse(200, '{"users":[]}') };
const throttled: Attempt = { response: readResponse(429, json('TOO_MANY_REQUESTS')) };
const gateway: Attempt = { response: readResponse(503, '<html></html>') };
const broken: Attempt = {
	response: noResponse({ ...errorData(0, 'BROKEN_ANSWER'), uncertain: true }),
	passing: true,
};
const refusedConnection: Attempt = {
	response: noResponse(errorData(0, 'NO_ANSWER')),
	passing: true,
};
const badRequest: Attempt = { response: readResponse(400, json('INVALID_DATA')) };
const internal: Attempt = { response: readResponse(500, json('INTERNAL_ERROR')) };
const dressed: Attempt = { response: readResponse(400, json('INTERNAL_ERROR')) };
const inList: Attempt = {
	response: readResponse(200, `{"users":[${json('INTERNAL_ERROR')}]}`),
};
const cut: Attempt = { response: readResponse(200, '{"users":[{"id"') };
const empty: Attempt = { response: readResponse(200, '') };
const page: Attempt = { response: readResponse(200, '<html></html>') };

const redirected: Attempt = { response: readResponse(302, '<html></html>') };
/** Rows that a call was answered with, in place of a refusal of the whole. */
const rows = (status: number, ...codes: string[]): Attempt => ({
	response: readResponse(status, JSON.stringify({ users: codes.map((code) => ({ code })) })),
});
const doubtfulRows = rows(503, 'SUCCESS', 'INVALID_DATA');
const refusedRows = rows(429, 'SUCCESS', 'TOO_MANY_REQUESTS');

test('pauses grow exponentially, up to 30 seconds and a minute in all, and end', async () => {
	const { made, pauses, status } = await attempt('safe', [throttled]);
	expect(made).toBe(7);
	expect(pauses).toEqual([1000, 2000, 4000, 8000, 16000, 24000]);
	expect(status).toBe(429);
});

test('pauses are of random length', async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0.25);
	expect((await attempt('safe', [throttled, ok])).pauses).toEqual([250]);
});

test('pauses are as long as Zoho asks, but not for ever', async () => {
	const asked = (retryAfter: number): Attempt => ({ ...throttled, retryAfter });
	expect((await attempt('unsafe', [asked(7000), ok])).pauses).toEqual([7000]);
	expect((await attempt('unsafe', [asked(600_000), ok])).pauses).toEqual([30_000]);
});

test.each<[RetrySafety, string, Attempt, number]>([
	['safe', 'throttled', throttled, 2],
	['safe', 'a gateway', gateway, 2],
	['safe', 'a broken connection', broken, 2],
	['safe', 'no connection', refusedConnection, 2],
	['safe', 'an internal error', internal, 2],
	['safe', 'a page with 500', { response: readResponse(500, '<html></html>') }, 2],
	['safe', 'an internal error with 400', dressed, 2],
	['safe', 'an internal error in a list', inList, 2],
	['safe', 'a cut answer', cut, 2],
	['safe', 'an empty answer', empty, 2],
	['safe', 'a page', page, 2],
	['safe', 'a refusal', badRequest, 1],
	['safe', 'an answer', ok, 1],
	['safe', 'a page with a status that will not pass', redirected, 1],
	['ambiguous', 'rows that say nothing', doubtfulRows, 2],
	['unsafe', 'rows that say nothing', doubtfulRows, 1],
	['unsafe', 'rows that refuse', refusedRows, 2],
	['ambiguous', 'throttled', throttled, 2],
	['ambiguous', 'a gateway', gateway, 2],
	['ambiguous', 'a broken connection', broken, 2],
	['ambiguous', 'no connection', refusedConnection, 2],
	['ambiguous', 'an internal error', internal, 1],
	['ambiguous', 'an internal error with 400', dressed, 1],
	['ambiguous', 'a cut answer', cut, 1],
	['ambiguous', 'an empty answer', empty, 1],
	['unsafe', 'throttled', throttled, 2],
	['unsafe', 'a gateway', gateway, 1],
	['unsafe', 'a broken connection', broken, 1],
	['unsafe', 'no connection', refusedConnection, 2],
	['unsafe', 'an internal error', internal, 1],
	['unsafe', 'an internal error with 400', dressed, 1],
	['unsafe', 'a refusal', badRequest, 1],
])('what is "%s" takes after %s %#: calls', async (safety, _, first, expected) => {
	expect((await attempt(safety, [first, ok])).made).toBe(expected);
});

test.each<[RetrySafety, string, Attempt[], boolean]>([
	['ambiguous', 'a broken connection, then a refusal', [broken, badRequest], true],
	['ambiguous', 'a gateway, then a refusal', [gateway, badRequest], true],
	['ambiguous', 'throttled, then a refusal', [throttled, badRequest], false],
	['ambiguous', 'no connection, then a refusal', [refusedConnection, badRequest], false],
	['ambiguous', 'a gateway, then no connection', [gateway, refusedConnection], true],
	['ambiguous', 'a cut answer', [cut], true],
	['ambiguous', 'an internal error', [internal], true],
	['unsafe', 'a broken connection', [broken], true],
	['unsafe', 'a gateway', [gateway], true],
	['unsafe', 'an internal error', [internal], true],
	['unsafe', 'an internal error with 400', [dressed], true],
	['unsafe', 'a cut answer', [cut], true],
	['unsafe', 'no connection, then a refusal', [refusedConnection, badRequest], false],
])('what is "%s" is after %s in doubt: %#', async (safety, _, tries, expected) => {
	expect((await attempt(safety, tries)).doubtful).toBe(expected);
});

test('stops when the execution is stopped', async () => {
	const controller = new AbortController();
	controller.abort();
	expect((await attempt('safe', [throttled, ok], controller.signal)).made).toBe(1);
});

/** Runs calls of one run side by side, each with one answer; returns what came of each. */
async function responsesTo(safety: RetrySafety, answers: Attempt[], outage = new Outage()) {
	jest.useFakeTimers();
	const running = Promise.all(
		answers.map(
			async (answer) =>
				await withRetries(safety, async () => await Promise.resolve(answer), outage),
		),
	);
	await jest.runAllTimersAsync();
	const responses = await running;
	jest.useRealTimers();
	return responses;
}

test('pauses grow likewise where only this call fails', async () => {
	jest.useFakeTimers();
	const outage = new Outage();
	const pauses: number[] = [];
	let last = Date.now();
	const running = withRetries(
		'safe',
		async () => {
			pauses.push(Date.now() - last);
			last = Date.now();
			const other = await outage.turn();
			if ('end' in other) other.end();
			return throttled;
		},
		outage,
	);
	await jest.runAllTimersAsync();
	await running;
	jest.useRealTimers();
	expect(pauses).toEqual([0, 1000, 2000, 4000, 8000, 16000, 24000]);
});

test('an answer comes as it is', async () => {
	expect(await responsesTo('unsafe', [ok])).toEqual([ok.response]);
	expect(await responsesTo('unsafe', [{ ...ok, retryAfter: 7000 }])).toEqual([ok.response]);
	expect(await responsesTo('unsafe', [badRequest])).toEqual([badRequest.response]);
	expect(await responsesTo('unsafe', [gateway])).toEqual([gateway.response]);
});

test('an error keeps how long Zoho asks to wait', async () => {
	const [asked] = await responsesTo('safe', [{ ...throttled, retryAfter: 7000 }]);
	expect(asked.error).toEqual({ ...throttled.response.error, retryAfter: 7000 });
	const [unasked] = await responsesTo('safe', [{ ...throttled, retryAfter: 0 }]);
	expect(unasked).toStrictEqual(throttled.response);
});

test('the last answer says whether an earlier try is in doubt', async () => {
	const [repeated] = await responsesTo('ambiguous', [gateway]);
	expect(repeated).toStrictEqual({ ...gateway.response, doubted: true });
	const [refused] = await responsesTo('ambiguous', [refusedConnection]);
	expect(refused).toStrictEqual(refusedConnection.response);
	const [read] = await responsesTo('safe', [gateway]);
	expect(read).toStrictEqual(gateway.response);
});

test('what is not sent in an outage says why, and what was sent what came of it', async () => {
	const outage = new Outage();
	const sent = await responsesTo('safe', [gateway, rows(503, 'X')], outage);
	expect(sent).toEqual([gateway.response, rows(503, 'X').response]);
	const [unsent] = await responsesTo('safe', [ok], outage);
	expect(unsent).toMatchObject({ httpStatus: 503, rows: [], info: {}, error: { unsent: true } });
});

test('an outage that answers in rows is told by its status', async () => {
	const outage = new Outage();
	await responsesTo('safe', [rows(503, 'X')], outage);
	const [unsent] = await responsesTo('safe', [ok], outage);
	expect(unsent).toEqual({
		httpStatus: 503,
		rows: [],
		info: {},
		error: { httpStatus: 503, code: 'HTTP_503', message: '', details: {}, unsent: true },
	});
});

describe('an outage', () => {
	/** Makes many calls of one run, five at a time. */
	async function makeCalls(amount: number, safety: RetrySafety, answer: () => Attempt) {
		jest.useFakeTimers();
		const start = Date.now();
		const outage = new Outage();
		let made = 0;
		let next = 0;
		const results: string[] = [];
		const worker = async () => {
			while (next++ < amount) {
				const response = await withRetries(
					safety,
					async () => {
						made++;
						return await Promise.resolve(answer());
					},
					outage,
				);
				results.push(response.error?.unsent ? 'unsent' : response.error ? 'failed' : 'done');
			}
		};
		const running = Promise.all(Array.from({ length: 5 }, worker));
		await jest.runAllTimersAsync();
		await running;
		const seconds = (Date.now() - start) / 1000;
		jest.useRealTimers();
		return { made, seconds, results };
	}

	test.each<[RetrySafety, string, Attempt]>([
		['safe', 'a gateway', gateway],
		['ambiguous', 'a broken connection', broken],
		['unsafe', 'a gateway', gateway],
		['unsafe', 'no connection', refusedConnection],
		['safe', 'throttled', throttled],
	])('is found out once ("%s", %s)', async (safety, _, answer) => {
		const { made, seconds, results } = await makeCalls(100, safety, () => answer);
		expect(made).toBeLessThanOrEqual(20);
		expect(seconds).toBeLessThanOrEqual(60);
		expect(results).toHaveLength(100);
		expect(results.filter((one) => one === 'done')).toEqual([]);
		expect(results.filter((one) => one === 'unsent').length).toBeGreaterThan(80);
	});

	test('that ends is no loss', async () => {
		let answers = 0;
		const { results } = await makeCalls(100, 'safe', () => (++answers <= 8 ? gateway : ok));
		expect(results.every((one) => one === 'done')).toBe(true);
	});

	test('is none where others get through', async () => {
		let answers = 0;
		const { results, seconds } = await makeCalls(100, 'safe', () =>
			++answers % 3 === 0 ? throttled : ok,
		);
		expect(results.every((one) => one === 'done')).toBe(true);
		expect(seconds).toBeLessThan(60);
	});
});
