import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { ByteReader, ByteWriter } from '../../nodes/ZohoCrmPortals/trigger/bytes';
import { hashOf, unorderedJson } from '../../nodes/ZohoCrmPortals/trigger/hash';
import { readState, writeState } from '../../nodes/ZohoCrmPortals/trigger/state';
import { decodeUsers, encodeUsers } from '../../nodes/ZohoCrmPortals/trigger/users';
import type { KnownUser } from '../../nodes/ZohoCrmPortals/trigger/users';

const id = fc.bigInt({ min: 1n, max: 9_223_372_036_854_775_807n }).map(String);

const userTypeIds = fc.uniqueArray(id, { minLength: 1, maxLength: 40 });

/** A portal: its user types, and users of them, each ID once. */
const portal = userTypeIds.chain((types) =>
	fc.record({
		types: fc.constant(types),
		users: fc.uniqueArray(
			fc.record<KnownUser>({
				id,
				userTypeId: fc.constantFrom(...types),
				active: fc.boolean(),
				confirm: fc.boolean(),
				told: fc.boolean(),
				overdue: fc.boolean(),
				emailHash: fc.integer({ min: 0, max: 0xffffffff }),
			}),
			{ selector: (user) => user.id, maxLength: 60 },
		),
	}),
);

test('users come out as they went in, sorted by ID', () => {
	fc.assert(
		fc.property(portal, ({ types, users }) => {
			const decoded = decodeUsers(encodeUsers(users, types), types);
			const byNumber = [...users].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
			expect([...decoded.values()]).toEqual(byNumber);
			expect([...decoded.keys()]).toEqual(byNumber.map((user) => user.id));
		}),
	);
});

test('text that was cut is an error, or holds users that were there', () => {
	fc.assert(
		fc.property(portal, fc.nat(), ({ types, users }, at) => {
			const text = encodeUsers(users, types);
			const known = new Map(users.map((user) => [user.id, user]));
			const decode = () => [...decodeUsers(text.slice(0, at % (text.length + 1)), types).values()];
			let decoded: KnownUser[] = [];
			try {
				decoded = decode();
			} catch (error) {
				expect(error).toBeInstanceOf(RangeError);
			}
			for (const user of decoded) expect(user).toEqual(known.get(user.id));
		}),
	);
});

test('a user takes 24 characters at most, with IDs as a CRM gives them', () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 100, maxLength: 200 }),
			(gaps) => {
				let last = 731_000_000_000_000_000n;
				const users = gaps.map((gap) => {
					last += BigInt(gap);
					return { ...user, id: String(last) };
				});
				expect(encodeUsers(users, ['1']).length / users.length).toBeLessThan(24);
			},
		),
	);
});

const user: KnownUser = {
	id: '1',
	userTypeId: '1',
	active: true,
	confirm: true,
	told: false,
	overdue: false,
	emailHash: 4_000_000_000,
};

test('numbers of any length come out as they went in', () => {
	fc.assert(
		fc.property(fc.array(fc.bigInt({ min: 0n, max: 2n ** 80n })), (numbers) => {
			const writer = new ByteWriter();
			for (const number of numbers) writer.varint(number);
			const reader = new ByteReader(writer.toBase64());
			expect(numbers.map(() => reader.varint())).toEqual(numbers);
			expect(reader.ended).toBe(true);
		}),
	);
});

test.each([2n ** 46n - 1n, 2n ** 49n - 1n, 2n ** 49n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n])(
	'%p comes out as it went in',
	(number) => {
		const writer = new ByteWriter();
		writer.varint(number);
		expect(new ByteReader(writer.toBase64()).varint()).toBe(number);
	},
);

test('a user type that nobody knows is an error', () => {
	expect(() => encodeUsers([user], ['2'])).toThrow(RangeError);
	expect(() => decodeUsers(encodeUsers([user], ['2', '1']), ['2'])).toThrow(RangeError);
});

describe('the state of a poll', () => {
	const state = fc.record({
		portal: fc.string(),
		portalName: fc.string(),
		watch: fc.record({
			events: fc.array(fc.string()),
			userTypes: fc.array(id),
			unconfirmedDays: fc.nat(),
		}),
		known: portal.map(({ types, users }) => ({
			userTypes: types.map((one, place) => ({
				id: one,
				name: `Type ${place}`,
				active: place % 2 === 0,
				...(place % 3 === 0 && { modules: place }),
			})),
			users: new Map(users.map((one) => [one.id, one])),
		})),
	});

	test('comes out of the stored JSON as it went in', () => {
		fc.assert(
			fc.property(state, (one) => {
				const data = {};
				writeState(data, one);
				expect(readState(JSON.parse(JSON.stringify(data)) as IDataObject)).toEqual(one);
			}),
		);
	});

	test('is not set anew where nothing has changed: n8n would store it', () => {
		fc.assert(
			fc.property(state, (one) => {
				const data: { portalState?: object } = {};
				writeState(data, one);
				const { portalState } = data;
				writeState(data, one);
				expect(data.portalState).toBe(portalState);
			}),
		);
	});

	test.each([
		{},
		{ portalState: null },
		{ portalState: { version: 2 } },
		{ portalState: { version: 1, portal: 'A', portalName: 'A', watch: {}, users: 5 } },
		{ portalState: { version: 1, portal: 'A', portalName: 'A', watch: {}, users: 'AQID' } },
	])('%j is none', (data) => {
		expect(readState(data)).toBeUndefined();
	});
});

test('a hash has 32 bits, and differs for what hardly differs', () => {
	const hashes = Array.from({ length: 50_000 }, (_, index) =>
		hashOf(`person${index}@example.test`),
	);
	expect(new Set(hashes).size).toBe(50_000);
	expect(Math.max(...hashes)).toBeLessThanOrEqual(0xffffffff);
	expect(Math.min(...hashes)).toBeGreaterThanOrEqual(0);
});

test('the order of keys and arrays does not count, all else does', () => {
	const one = { a: 1, b: [{ c: 1 }, { d: [1, 2] }], e: undefined };
	expect(unorderedJson(one)).toBe(unorderedJson({ b: [{ d: [2, 1] }, { c: 1 }], a: 1 }));
	for (const other of [
		{ ...one, a: 2 },
		{ ...one, f: null },
		{ ...one, b: [{ c: 1 }] },
	]) {
		expect(unorderedJson(other)).not.toBe(unorderedJson(one));
	}
});
