import { howToUse } from '../../emulator/howToUse';
import type { View } from '../../emulator/play/view';
import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, UNKNOWN, VENDORS } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import type { PortalUser } from '../../emulator/world';
import { guardContract } from '../../harness/contract';
import { until } from '../../harness/until';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

guardContract(() => emulator);

async function post(path: string, body?: object) {
	const response = await fetch(`${emulator.origin}/play/${path}`, {
		method: 'POST',
		...(body && {
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		}),
	});
	return { status: response.status, answer: (await response.json()) as unknown };
}

async function see(search = ''): Promise<View> {
	const query = new URLSearchParams({ search });
	return (await (await fetch(`${emulator.origin}/play/view?${query}`)).json()) as View;
}

function addPerson(extra: Partial<PortalUser> = {}): PortalUser {
	const [person] = emulator.world.addPortalUsers(DEALERS, 1, extra);
	return person;
}

test('a page without anything from elsewhere', async () => {
	// As it is told to a person.
	const [address = ''] = /http\S+\/play/.exec(howToUse(emulator.origin)) ?? [];
	const response = await fetch(address);
	expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
	const page = await response.text();
	expect(page).toMatch(/^<!doctype html>/);
	expect(page).not.toMatch(/https?:\/\/|<script src|<link rel="stylesheet"/);
});

describe('changes', () => {
	test.each<[path: string, before: Partial<PortalUser>, after: Partial<PortalUser>]>([
		['confirm', { confirm: false }, { confirm: true, active: true }],
		['deactivate', {}, { confirm: true, active: false }],
		[
			'activate',
			{ active: false, status_reason__s: 'disabled on updation of email' },
			{ active: true, status_reason__s: null },
		],
	])('%s', async (path, before, after) => {
		const person = addPerson(before);
		const other = { ...addPerson(before) };
		expect((await post(`people/${person.personality_id}/${path}`)).status).toBe(200);
		const { portalUsers } = emulator.world;
		expect(portalUsers.get(person.personality_id)).toMatchObject(after);
		expect(portalUsers.get(other.personality_id)).toEqual(other);
	});

	test('remove', async () => {
		const [person, other] = [addPerson(), addPerson()];
		expect((await post(`people/${person.personality_id}/remove`)).status).toBe(200);
		expect(emulator.world.usersOf(DEALERS)).toEqual([other]);
	});

	test('move', async () => {
		const person = addPerson();
		const target = PREMIUM;
		const { status } = await post(`people/${person.personality_id}/move`, { target });
		expect([status, person.userTypeId]).toEqual([200, PREMIUM]);
	});

	test('add, with a name and an e-mail address', async () => {
		const body = { userType: VENDORS, name: ' Ada Byron ', email: 'ada@example.test' };
		const { status, answer } = await post('people', body);
		const [person] = emulator.world.usersOf(VENDORS);
		expect([status, answer]).toEqual([200, person]);
		expect(person).toMatchObject({
			name: 'Ada Byron',
			email: 'ada@example.test',
			module: 'Vendors',
			active: true,
			confirm: false,
		});
		expect(person.invited_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
		expect(Math.abs(Date.parse(person.invited_time) - Date.now())).toBeLessThan(60_000);
		expect(emulator.world.records.get(person.personality_id)).toMatchObject({ module: 'Vendors' });
	});

	test('add, with a name and an e-mail address that are made up', async () => {
		await post('people', { userType: DEALERS });
		await post('people', { userType: DEALERS, name: '', email: '' });
		const people = emulator.world.usersOf(DEALERS);
		const emails = people.map(({ email }) => email);
		expect(new Set(emails).size).toBe(2);
		for (const email of emails) expect(email).toMatch(/^person\d+@example\.test$/);
		for (const { name } of people) expect(name).toMatch(/^Person \d+$/);
	});
});

describe('what cannot be done is told, and nothing is changed', () => {
	const told = (status: number, message: string) => ({
		status,
		answer: expect.objectContaining({ message }),
	});

	test.each<[path: string, before: Partial<PortalUser>, why: string]>([
		['confirm', {}, 'Ada has accepted the invitation already.'],
		['activate', {}, 'Ada is active already.'],
		['deactivate', { active: false }, 'Ada is inactive already.'],
		['deactivate', { confirm: false }, 'Ada has not accepted the invitation yet.'],
	])('%s of %p', async (path, extra, why) => {
		const person = addPerson({ name: 'Ada', ...extra });
		const before = { ...person };
		const result = await post(`people/${person.personality_id}/${path}`);
		expect(result).toEqual(told(409, why));
		expect(person).toEqual(before);
	});

	test.each([
		['of another module', VENDORS],
		['where one is', DEALERS],
		['that does not exist', UNKNOWN],
	])('move to a user type %s', async (_, target) => {
		const person = addPerson({ name: 'Ada' });
		const result = await post(`people/${person.personality_id}/move`, { target });
		expect(result).toEqual(told(409, 'Ada cannot be moved there.'));
		expect(person.userTypeId).toBe(DEALERS);
	});

	test('an e-mail address that somebody has', async () => {
		const { email } = addPerson();
		const result = await post('people', { userType: PREMIUM, email });
		expect(result).toEqual(told(409, `${email} belongs to somebody in the portal already.`));
		expect(emulator.world.portalUsers.size).toBe(1);
	});

	test.each(['confirm', 'activate', 'deactivate', 'remove', 'move'])(
		'%s of somebody who is gone',
		async (path) => {
			const result = await post(`people/${UNKNOWN}/${path}`, { target: PREMIUM });
			expect(result).toEqual(told(404, 'This person is not in the portal any more.'));
		},
	);

	test('a user type that is gone', async () => {
		const result = await post('people', { userType: UNKNOWN });
		expect(result).toEqual(told(404, 'This user type does not exist any more.'));
	});

	test.each([
		['people', {}],
		[`people/${UNKNOWN}/move`, {}],
		['people', undefined],
	])('%s with the body %p', async (path, body) => {
		expect((await post(path, body)).status).toBe(400);
	});
});

describe('the view', () => {
	test('has every user type with its people, who came last on top', async () => {
		const first = addPerson({ confirm: false });
		const last = addPerson({ active: false });
		const { userTypes } = await see();
		expect(userTypes.map(({ name, found }) => [name, found])).toEqual([
			['Client Portal', 0],
			['Dealers', 2],
			['Premium', 0],
			['Suppliers', 0],
		]);
		const shown = ({ personality_id, name, email, active, confirm, invited_time }: PortalUser) => ({
			personality_id,
			name,
			email,
			active,
			confirm,
			invited_time,
		});
		expect(userTypes[1]).toEqual({
			id: DEALERS,
			name: 'Dealers',
			portal: PORTAL,
			module: 'Contacts',
			found: 2,
			targets: [
				{ id: CLIENT_PORTAL, name: 'Client Portal' },
				{ id: PREMIUM, name: 'Premium' },
			],
			people: [last, first].map(shown),
		});
		expect(userTypes[3].targets).toEqual([]);
	});

	test('has twenty people of a user type at most, and says how many there are', async () => {
		const people = emulator.world.addPortalUsers(DEALERS, 21);
		const [, dealers] = (await see()).userTypes;
		expect([dealers.found, dealers.people.length]).toEqual([21, 20]);
		expect(dealers.people[0].personality_id).toBe(people[20].personality_id);
	});

	test.each([
		['a name', ' ada '],
		['an e-mail address', 'ADA@'],
		['an id', '77701'],
	])('has those whom %s finds', async (_, search) => {
		addPerson();
		addPerson({ personality_id: '7310000000000077701', name: 'Ada B', email: 'ada@example.test' });
		const found = (await see(search)).userTypes.flatMap(({ people }) => people);
		expect(found.map(({ name }) => name)).toEqual(['Ada B']);
	});

	test('has the newest calls of the API, numbered, the newest first', async () => {
		for (let page = 1; page <= 51; page++) {
			await fetch(`${emulator.origin}/crm/v8/settings/portals?page=${page}`);
		}
		const { calls } = await see();
		expect(calls).toHaveLength(50);
		const url = '/crm/v8/settings/portals?page=';
		expect(calls[0]).toEqual({ number: 51, method: 'GET', url: `${url}51`, status: 401 });
		expect(calls[49]).toMatchObject({ number: 2, url: `${url}2` });
	});

	test('has a call before it is answered', async () => {
		const release = emulator.hold();
		const call = fetch(`${emulator.origin}/crm/v8/users`);
		const [held] = await until('the call', 10, async () => {
			const { calls } = await see();
			return calls.length > 0 ? calls : undefined;
		});
		expect(held).toMatchObject({ url: '/crm/v8/users', status: 0 });
		release();
		await call;
		expect((await see()).calls[0].status).toBe(401);
	});
});

test('nothing of it is a call of the API', async () => {
	const seen: unknown[] = [];
	emulator.onExchange = (exchange) => seen.push(exchange);
	emulator.faults.add({ kind: 503, before: true });
	emulator.behaviour.maxInFlight = 0;
	const person = addPerson({ confirm: false });
	await see();
	await fetch(`${emulator.origin}/play`);
	await post('people', { userType: DEALERS });
	await post(`people/${person.personality_id}/confirm`);
	expect(person.confirm).toBe(true);
	expect((await post('nothing')).status).toBe(404);
	expect([emulator.requests, emulator.tokenRequests, seen]).toEqual([[], [], []]);
});
