import type { Fault } from '../../emulator/faults';
import { Faults } from '../../emulator/faults';
import type { Emulator } from '../../emulator/server';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;
let token: string;

useEmulator((started) => {
	emulator = started;
	token = emulator.connect('ZohoCRM.settings.clientportal.ALL').access_token;
});

async function call(times: number) {
	const answers: Array<{ status: number; retryAfter: string | null }> = [];
	for (let index = 0; index < times; index++) {
		const response = await fetch(`${emulator.origin}/crm/v8/settings/portals`, {
			headers: { Authorization: `Bearer ${token}` },
		});
		await response.text();
		answers.push({ status: response.status, retryAfter: response.headers.get('retry-after') });
	}
	return answers;
}

describe('Retry-After', () => {
	const DATE = 'Wed, 21 Oct 2026 07:28:00 GMT';

	test.each<[Partial<Fault> & Pick<Fault, 'kind'>, string | null]>([
		[{ kind: 'throttle' }, '0'],
		[{ kind: 'throttle', retryAfter: 7 }, '7'],
		[{ kind: 'throttle', retryAfter: DATE }, DATE],
		[{ kind: 'status', status: 429 }, null],
		[{ kind: 'status', status: 429, body: 'html', retryAfter: 7 }, '7'],
		[{ kind: 'status', status: 429, body: 'empty', retryAfter: DATE }, DATE],
	])('%j answers 429 with %p', async (fault, retryAfter) => {
		emulator.faults.add({ ...fault, before: true, times: 1 });
		expect(await call(1)).toEqual([{ status: 429, retryAfter }]);
	});
});

test.each([300, 405, 418, 599])('status can be %i', async (status) => {
	emulator.faults.add({ kind: 'status', status, body: 'foreign', before: true, times: 1 });
	expect(await call(1)).toEqual([{ status, retryAfter: null }]);
});

describe('share', () => {
	const half = (status: number, extra: Partial<Fault> = {}): Fault => ({
		kind: 'status',
		status,
		before: true,
		share: 0.5,
		...extra,
	});

	/** Whether each of some calls would meet a fault with this status. */
	function hits(faults: Faults, status: number, method = 'GET') {
		return Array.from({ length: 200 }, () => faults.next(method, '/')?.status === status);
	}

	test('of one fault does not move with the faults after it', () => {
		const alone = new Faults();
		alone.add(half(501));
		const among = new Faults();
		among.add(half(501));
		among.add(half(502));
		among.add(half(503));
		expect(hits(among, 501)).toEqual(hits(alone, 501));
	});

	test('of one fault does not move with what those before it hit', () => {
		const never = new Faults();
		never.add(half(501, { share: 0 }));
		never.add(half(502));
		const first = new Faults();
		first.add(half(501));
		first.add(half(502));
		const would = hits(never, 502);
		const taken = Array.from({ length: 200 }, () => first.next('GET', '/')?.status);
		const free = taken.flatMap((status, place) => (status === 501 ? [] : [place]));
		expect(free.map((place) => taken[place] === 502)).toEqual(free.map((place) => would[place]));
		expect(free.length).toBeLessThan(200);
	});

	test('of two faults differs in the calls that it hits', () => {
		const faults = new Faults();
		faults.add(half(501, { method: 'GET' }));
		faults.add(half(502, { method: 'PUT' }));
		const get = hits(faults, 501);
		const put = hits(faults, 502, 'PUT');
		expect(put).not.toEqual(get);
		const both = get.filter((hit, place) => hit && put[place]).length;
		expect(both).toBeGreaterThan(25);
		expect(both).toBeLessThan(75);
	});

	test('starts anew with a seed, for faults that are planned already, too', () => {
		const faults = new Faults();
		faults.seed(7);
		faults.add(half(501, { method: 'GET' }));
		faults.add(half(502, { method: 'PUT' }));
		const first = [hits(faults, 501), hits(faults, 502, 'PUT')];
		faults.seed(7);
		expect([hits(faults, 501), hits(faults, 502, 'PUT')]).toEqual(first);
		faults.seed(8);
		const other = [hits(faults, 501), hits(faults, 502, 'PUT')];
		expect(other[0]).not.toEqual(first[0]);
		expect(other[1]).not.toEqual(first[1]);
	});

	test('is counted in calls that fit only', () => {
		const faults = new Faults();
		faults.add(half(501, { url: '/users' }));
		const others = new Faults();
		others.add(half(501, { url: '/users' }));
		const expected = Array.from({ length: 50 }, () => others.next('GET', '/users') !== undefined);
		const seen = Array.from({ length: 50 }, () => {
			expect(faults.next('GET', '/portals')).toBeUndefined();
			return faults.next('GET', '/users') !== undefined;
		});
		expect(seen).toEqual(expected);
	});
});
