import { errorData } from '../../nodes/ZohoCrmPortals/http/error';
import { Outage } from '../../nodes/ZohoCrmPortals/http/outage';

const failure = (code = 'DOWN', retryAfter = 0) => ({ error: errorData(503, code), retryAfter });

beforeEach(() => {
	jest.useFakeTimers();
	jest.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

/** Leave to make a call, and how long it was waited for, in ms. */
async function turnOf(outage: Outage, signal?: AbortSignal) {
	const start = Date.now();
	let waited = 0;
	const leave = outage.turn(signal).then((turn) => {
		waited = Date.now() - start;
		return turn;
	});
	await jest.runAllTimersAsync();
	const turn = await leave;
	if ('down' in turn) throw new Error(`No leave: ${turn.down.code}`);
	return { waited, end: turn.end };
}

/** One call that fails at the given pace. */
async function fail(outage: Outage, code?: string, retryAfter?: number): Promise<number> {
	const { waited, end } = await turnOf(outage);
	end(failure(code, retryAfter));
	return waited;
}

test('is not known while nothing has failed: calls go at once', async () => {
	const outage = new Outage();
	expect(outage.known).toBe(false);
	const turns = [await turnOf(outage), await turnOf(outage)];
	expect(turns.map(({ waited }) => waited)).toEqual([0, 0]);
	for (const { end } of turns) end();
	expect(outage.known).toBe(false);
});

test('is known after a failure, and over with the next answer', async () => {
	const outage = new Outage();
	await fail(outage);
	expect(outage.known).toBe(true);
	const { waited, end } = await turnOf(outage);
	expect(waited).toBe(1000);
	end();
	expect(outage.known).toBe(false);
	expect((await turnOf(outage)).waited).toBe(0);
});

test('pauses grow, end after 55 seconds in all, and begin anew with the next outage', async () => {
	const outage = new Outage();
	const pauses: number[] = [];
	for (let call = 0; call < 6; call++) pauses.push(await fail(outage));
	expect(pauses).toEqual([0, 1000, 2000, 4000, 8000, 16000]);
	const { waited, end } = await turnOf(outage);
	expect(waited).toBe(24_000);
	end();
	const again: number[] = [];
	for (let call = 0; call < 7; call++) again.push(await fail(outage));
	expect(again).toEqual([...pauses, 24_000]);
});

test('is waited for as long as Zoho asked for last', async () => {
	const outage = new Outage();
	await fail(outage, 'DOWN', 5000);
	expect(await fail(outage, 'DOWN', 7000)).toBe(5000);
	expect(await fail(outage)).toBe(7000);
	expect(await fail(outage)).toBe(4000);
});

test('after seven failures in a row no call is made, and the last failure is why', async () => {
	const outage = new Outage();
	for (let call = 1; call <= 6; call++) await fail(outage, `DOWN_${call}`);
	await fail(outage, 'DOWN_7');
	expect(await outage.turn()).toEqual({ down: errorData(503, 'DOWN_7') });
	expect(await outage.turn()).toEqual({ down: errorData(503, 'DOWN_7') });
});

test('an answer in between makes seven failures none in a row', async () => {
	const outage = new Outage();
	for (let call = 1; call <= 6; call++) await fail(outage);
	(await turnOf(outage)).end();
	for (let call = 1; call <= 6; call++) await fail(outage);
	expect(await turnOf(outage)).toMatchObject({ waited: 24_000 });
});

test('calls go one at a time, and all at once when it is over', async () => {
	const outage = new Outage();
	await fail(outage);
	const first = await turnOf(outage);
	const started: number[] = [];
	const others = [1, 2].map(async (number) => {
		const turn = await outage.turn();
		started.push(number);
		return turn;
	});
	await jest.runAllTimersAsync();
	expect(started).toEqual([]);
	first.end(failure());
	await jest.runAllTimersAsync();
	expect(started).toEqual([1]);
	const second = await others[0];
	if ('end' in second) second.end();
	await jest.runAllTimersAsync();
	expect(started).toEqual([1, 2]);
	await Promise.all(others);
});

test('a crowd that fails at the same time counts once', async () => {
	const outage = new Outage();
	const turns = await Promise.all(Array.from({ length: 10 }, async () => await turnOf(outage)));
	turns.forEach(({ end }, index) => end(failure(`DOWN_${index}`, index * 1000)));
	expect(outage.known).toBe(true);
	expect((await turnOf(outage)).waited).toBe(1000);
});

test('a failure is no outage where others got through since the call was made', async () => {
	const outage = new Outage();
	const [slow, quick] = [await turnOf(outage), await turnOf(outage)];
	quick.end();
	slow.end(failure());
	expect(outage.known).toBe(false);
	const later = await turnOf(outage);
	later.end(failure());
	expect(outage.known).toBe(true);
});

test('the late answer of a crowd ends it', async () => {
	const outage = new Outage();
	const [slow, quick] = [await turnOf(outage), await turnOf(outage)];
	quick.end(failure());
	slow.end();
	expect(outage.known).toBe(false);
});

test('a stopped execution waits for nothing', async () => {
	const outage = new Outage();
	await fail(outage, 'DOWN', 20_000);
	const controller = new AbortController();
	controller.abort();
	expect((await turnOf(outage, controller.signal)).waited).toBe(0);
});
