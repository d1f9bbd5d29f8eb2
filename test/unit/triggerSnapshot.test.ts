import type { IDataObject } from 'n8n-workflow';

import { hashOf, unorderedJson } from '../../nodes/ZohoCrmPortals/trigger/hash';
import { readState, writeState } from '../../nodes/ZohoCrmPortals/trigger/state';
import { decodeUsers, encodeUsers } from '../../nodes/ZohoCrmPortals/trigger/users';
import type { KnownUser } from '../../nodes/ZohoCrmPortals/trigger/users';
import { cases, fc } from '../../harness/random';

const id = fc.bigInt({ min: 1n, max: 9_223_372_036_854_775_807n }).map(String);

const userTypeIds = fc.uniqueArray(id, { minLength: 1, maxLength: 40 });

/** A portal: its user types, and users of them, each ID once. */
const portal = userTypeIds.chain((types) =>
	fc.record({
		types: fc.constant(types),
		users: fc.uniqueArray(
			fc.record(
				{
					id,
					userTypeId: fc.constantFrom(...types),
					active: fc.boolean(),
					confirm: fc.boolean(),
					told: fc.boolean(),
					overdue: fc.boolean(),
					emailHash: fc.integer({ min: 0, max: 0xffffffff }),
				},
				{ requiredKeys: ['id', 'userTypeId', 'active', 'confirm', 'told', 'overdue'] },
			),
			{ selector: (user) => user.id, maxLength: 60 },
		),
	}),
);

test('users come out as they went in', () => {
	fc.assert(
		fc.property(portal, ({ users }) => {
			const decoded = decodeUsers(encodeUsers(users));
			expect(decoded).toEqual(new Map(users.map((user) => [user.id, user])));
			expect(encodeUsers(decoded.values())).toBe(encodeUsers(users));
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
				expect(encodeUsers(users).length / users.length).toBeLessThan(24);
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

test.each(['x', '1', '1:', '1:5', '1:5Z', '1:5A,', '1:5A;'])('%j is no users', (text) => {
	expect(() => decodeUsers(text)).toThrow(RangeError);
});

describe('the state of a poll', () => {
	const state = fc.record({
		portal: fc.string(),
		portalName: fc.string(),
		origin: fc.string(),
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
		{ portalState: { version: 1, portal: 'A', portalName: 'A', watch: {}, users: 'AQID' } },
		{ portalState: { version: 2 } },
		{ portalState: { version: 2, sum: 0, portal: 'A', portalName: 'A', watch: {}, users: 5 } },
	])('%j is none', (data) => {
		expect(readState(data)).toBeUndefined();
	});

	test('is none where the text of its users was damaged in one place', () => {
		fc.assert(
			fc.property(state, fc.nat(), fc.nat(), (one, at, letter) => {
				const data: { portalState?: { users: string } } = {};
				writeState(data as IDataObject, one);
				const stored = data.portalState;
				if (!stored?.users) return;
				const place = at % stored.users.length;
				const alphabet = '0123456789abcABCDEFU,;:';
				const wrong = alphabet[letter % alphabet.length];
				if (stored.users[place] === wrong) return;
				stored.users = stored.users.slice(0, place) + wrong + stored.users.slice(place + 1);
				expect(readState(data as IDataObject)).toBeUndefined();
			}),
			cases(300),
		);
	});

	test('is none where its text was cut, or another part of it is wrong', () => {
		const user = { id: '5', userTypeId: '1', active: true, confirm: true };
		const known = {
			userTypes: [{ id: '1', name: 'One', active: true }],
			users: new Map([['5', { ...user, told: false, overdue: false, emailHash: 7 }]]),
		};
		const watch = { events: ['userAdded'], userTypes: [], unconfirmedDays: 7 };
		const names = { portal: 'A', portalName: 'B', origin: 'https://a.test' };
		const data: IDataObject = {};
		writeState(data, { ...names, watch, known });
		const stored = data.portalState as IDataObject;
		expect(readState({ portalState: stored })).toBeDefined();
		const types = [{ id: '1', name: 'Two', active: true }];
		for (const wrong of [
			{ users: String(stored.users).slice(0, -1) },
			{ users: '' },
			{ portalName: 'C' },
			{ origin: 'https://b.test' },
			{ userTypes: types },
			{ watch: { ...watch, events: [] } },
		]) {
			expect(readState({ portalState: { ...stored, ...wrong } })).toBeUndefined();
		}
		const { watch: last, ...first } = stored;
		expect(readState({ portalState: { watch: last, ...first } })).toBeDefined();
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
