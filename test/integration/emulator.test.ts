/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';

import { sleep } from 'n8n-workflow';

import { allErrors, documented, operations } from '../../emulator/contract';
import type { DocumentedOperation } from '../../emulator/contractTypes';
import { howToUse } from '../../emulator/howToUse';
import type { View } from '../../emulator/play/view';
import { handlers } from '../../emulator/routes';
import {
	BEN,
	CLIENT_PORTAL,
	DEALERS,
	PORTAL,
	PREMIUM,
	UNKNOWN,
	VENDORS,
} from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import type { PortalUser } from '../../emulator/world';
import { guardContract } from '../../harness/contract';
import { until } from '../../harness/until';
import { addUsers, useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

describe('the emulator', () => {
	let token: string;

	beforeAll(() => {
		token = emulator.accounts.connect(
			'ZohoCRM.settings.clientportal.ALL,ZohoCRM.users.ALL,ZohoCRM.settings.ALL,ZohoCRM.change_owner.ALL',
		).access_token;
	});
	guardContract(() => emulator);

	async function call(method: string, path: string, body?: unknown) {
		const response = await fetch(`${emulator.origin}/crm/v8${path}`, {
			method,
			headers: {
				Authorization: `Zoho-oauthtoken ${token}`,
				...(body !== undefined && { 'Content-Type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		return { status: response.status, body: text === '' ? undefined : JSON.parse(text), text };
	}

	/** A path of the contract with values for its placeholders. */
	function pathOf({ path }: DocumentedOperation): string {
		const [personalityId] = emulator.world.portalUsers.keys();
		return path
			.replace('{portal}', PORTAL)
			.replace('{user_type_id}', DEALERS)
			.replace('{personality_id}', personalityId)
			.replace('{user_id}', BEN)
			.replace('{module}', 'Contacts')
			.replace('{record_id}', personalityId);
	}

	test('serves every operation of the contract', () => {
		const served = handlers.map(({ id }) => id);
		expect(operations.map(({ id }) => id).filter((id) => !served.includes(id))).toEqual([]);
	});

	describe.each(operations)('$id', (operation) => {
		beforeEach(() => {
			emulator.world.addPortalUsers(DEALERS, 2);
		});

		test('answers any documented error in its documented shape', async () => {
			for (const error of allErrors(operation).filter(({ code }) => code !== null)) {
				emulator.force(operation.id, error);
				const { status, body } = await call(operation.method, pathOf(operation));
				expect(status).toBe(error.http ?? 400);
				const wrapped = error.wrapper !== null && error.wrapper !== '?';
				const item = wrapped ? body[error.wrapper as string][0] : body;
				expect(item).toMatchObject({ code: error.code, status: 'error' });
				if (error.message !== null) expect(item.message).toBe(error.message);
				if (error.details !== null) expect(item.details).toEqual(error.details);
			}
		});

		test('wants one of the documented scopes', async () => {
			const weak = emulator.accounts.connect('ZohoCRM.modules.ALL').access_token;
			const response = await fetch(`${emulator.origin}/crm/v8${pathOf(operation)}`, {
				method: operation.method,
				headers: { Authorization: `Bearer ${weak}` },
			});
			expect(response.status).toBe(401);
			expect(await response.json()).toMatchObject({ code: 'OAUTH_SCOPE_MISMATCH' });
		});
	});

	/** The keys of a value, and of what is in it, down to the first row of lists. */
	function shape(value: unknown): unknown {
		if (Array.isArray(value)) return value.length > 0 ? [shape(value[0])] : [];
		if (typeof value !== 'object' || value === null) return typeof value;
		return Object.fromEntries(
			Object.entries(value)
				.sort(([a], [b]) => a.localeCompare(b))
				.map(([key, one]) => [key, shape(one)]),
		);
	}

	describe.each([
		['oas', 0],
		['docs', 1],
	] as const)('in the form of the %s, successes have the documented shape:', (sources, entry) => {
		const ids = () => [...emulator.world.portalUsers.keys()];

		test.each<[string, () => [path: string, body?: unknown]]>([
			['getPortals', () => ['/settings/portals']],
			['createPortal', () => ['/settings/portals', { portals: [{ name: 'NewPortal' }] }]],
			['updatePortal', () => [`/settings/portals/${PORTAL}`, { portals: [{ name: 'Renamed1' }] }]],
			[
				'getPortalUsers',
				() => [`/settings/portals/${PORTAL}/user_type/${DEALERS}/users?type=AllUsers`],
			],
			[
				'deletePortalUsers',
				() => [
					`/settings/portals/${PORTAL}/user_type/${DEALERS}/users?personality_ids=${ids().join(',')}`,
				],
			],
			[
				'transferPortalUsers',
				() => [
					`/settings/portals/${PORTAL}/user_type/${DEALERS}/users/action/transfer?transfer_To=${PREMIUM}&personality_ids=${ids()[0]}`,
				],
			],
			['deletePortalUserType', () => [`/settings/portals/${PORTAL}/user_type/${PREMIUM}`]],
			['deleteUser', () => ['/users/7310000000000101002']],
		])('%s', async (id, request) => {
			emulator.switches.sources = sources;
			emulator.world.addPortalUsers(DEALERS, 2);
			const operation = documented(id);
			const expected = operation.success[Math.min(entry, operation.success.length - 1)];
			const [path, body] = request();
			const answer = await call(operation.method, path, body);
			expect(answer.status).toBe(expected.http);
			const loose = (value: unknown) =>
				JSON.stringify(shape(value)).replace(/"object"/g, '"string"');
			if (id === 'deletePortalUserType' && sources === 'docs') {
				expect(answer.text).toMatch(/"id":\d{19}\}/);
			} else if (id !== 'getPortalUsers' || sources === 'docs') {
				expect(loose(answer.body)).toBe(loose(expected.body));
			} else {
				expect(Object.keys(answer.body.users[0]).sort()).toEqual(
					Object.keys((expected.body.users as object[])[0]).sort(),
				);
			}
		});
	});

	test('refuses more calls in flight than the organization may have', async () => {
		emulator.switches.maxInFlight = 2;
		const answerAll = emulator.hold();
		const running = Array.from({ length: 3 }, async () => await call('GET', '/settings/portals'));
		while (emulator.requests.length < 3) await sleep(1);
		answerAll();
		const answers = await Promise.all(running);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
	});

	test('lets the same calls fail for the same seed', async () => {
		const outcomes = async (seed: number) => {
			emulator.faults.clear();
			emulator.faults.seed(seed);
			emulator.faults.add({ kind: 503, before: true, share: 0.5, times: 100 });
			const statuses: number[] = [];
			for (let index = 0; index < 20; index++) {
				const response = await fetch(`${emulator.origin}/crm/v8/settings/portals`, {
					headers: { Authorization: `Bearer ${token}` },
				});
				statuses.push(response.status);
			}
			return statuses;
		};
		const first = await outcomes(7);
		expect(new Set(first)).toEqual(new Set([200, 503]));
		expect(await outcomes(7)).toEqual(first);
		expect(await outcomes(8)).not.toEqual(first);
	});

	describe('OAuth', () => {
		const post = async (path: string, form: Record<string, string>) =>
			await fetch(emulator.origin + path, {
				method: 'POST',
				body: new URLSearchParams(form),
				redirect: 'manual',
			});

		const client = { client_id: 'emulator-client', client_secret: 'emulator-example' };

		test('asks for consent, hands out tokens, refreshes and revokes', async () => {
			const redirect_uri = 'http://localhost/callback';
			const query = new URLSearchParams({
				...client,
				redirect_uri,
				scope: 'ZohoCRM.users.READ,ZohoCRM.settings.clientportal.ALL',
				state: 'a b&c',
				access_type: 'offline',
			});
			const page = await (await fetch(`${emulator.origin}/oauth/v2/auth?${query}`)).text();
			expect(page).toContain('ZohoCRM.settings.clientportal.ALL');
			const consent = await post('/oauth/v2/auth', {
				...Object.fromEntries(query),
				decision: 'accept',
			});
			const target = new URL(consent.headers.get('location') ?? '');
			expect(target.searchParams.get('state')).toBe('a b&c');
			expect(target.searchParams.get('accounts-server')).toBe(emulator.origin);
			const code = target.searchParams.get('code') ?? '';
			const grant = { ...client, grant_type: 'authorization_code', code, redirect_uri };
			const tokens = (await (await post('/oauth/v2/token', grant)).json()) as Record<
				string,
				string
			>;
			expect(tokens).toMatchObject({ api_domain: emulator.origin, token_type: 'Bearer' });
			const again = await post('/oauth/v2/token', grant);
			expect([again.status, await again.json()]).toEqual([200, { error: 'invalid_code' }]);
			const refresh = {
				...client,
				grant_type: 'refresh_token',
				refresh_token: tokens.refresh_token,
			};
			const renewed = (await (await post('/oauth/v2/token', refresh)).json()) as object;
			expect(renewed).toHaveProperty('access_token');
			expect(renewed).not.toHaveProperty('refresh_token');
			await post('/oauth/v2/token/revoke', { token: tokens.refresh_token });
			expect(await (await post('/oauth/v2/token', refresh)).json()).toEqual({
				error: 'invalid_code',
			});
		});

		test('says no with HTTP 200', async () => {
			const response = await post('/oauth/v2/token', { client_id: 'x', client_secret: 'y' });
			expect([response.status, await response.json()]).toEqual([200, { error: 'invalid_client' }]);
			const rejected = await post('/oauth/v2/auth', {
				...client,
				redirect_uri: 'http://localhost/callback',
				decision: 'reject',
			});
			expect(rejected.headers.get('location')).toBe(
				'http://localhost/callback?error=access_denied',
			);
		});
	});
});

describe('switches', () => {
	let token: string;

	beforeAll(() => {
		token = emulator.connect('ZohoCRM.settings.clientportal.ALL,ZohoCRM.users.ALL').access_token;
	});

	guardContract(() => emulator);

	const PORTALS = '/settings/portals';
	const USERS = `${PORTALS}/${PORTAL}/user_type/${DEALERS}/users`;

	async function call(method: string, path: string, body?: object) {
		const response = await fetch(`${emulator.origin}/crm/v8${path}`, {
			method,
			headers: {
				Authorization: `Zoho-oauthtoken ${token}`,
				...(body && { 'Content-Type': 'application/json' }),
			},
			body: body && JSON.stringify(body),
		});
		const text = await response.text();
		return { status: response.status, text };
	}

	/** Sets switches as another process does. */
	async function behave(switches: object) {
		await fetch(`${emulator.origin}/emulator/switches`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(switches),
		});
	}

	const anyCall = async () => await call('GET', PORTALS);

	describe.each<['delete' | 'transfer', (ids: string[]) => [method: string, path: string]]>([
		['delete', (ids) => ['DELETE', `${USERS}?personality_ids=${ids}`]],
		[
			'transfer',
			(ids) => ['POST', `${USERS}/action/transfer?transfer_To=${PREMIUM}&personality_ids=${ids}`],
		],
	])('scheduledAfterCalls, %s', (_, deed) => {
		const left = (id: string) => emulator.world.portalUsers.get(id)?.userTypeId !== DEALERS;

		beforeEach(() => {
			emulator.switches.scheduledAbove = { delete: 1, transfer: 1 };
		});

		test('leaves the work undone until so many further calls are over', async () => {
			emulator.switches.scheduledAfterCalls = 2;
			const ids = addUsers(emulator, 2);
			expect((await call(...deed(ids))).text).toContain('"SCHEDULED"');
			expect([ids.map(left), emulator.requests[0].done]).toEqual([[false, false], false]);
			await anyCall();
			expect([ids.map(left), emulator.requests[0].done]).toEqual([[false, false], false]);
			await anyCall();
			expect([ids.map(left), emulator.requests[0].done]).toEqual([[true, true], true]);
		});

		test('of Infinity, and of a very large number over the control API, is never', async () => {
			const ids = addUsers(emulator, 2);
			emulator.switches.scheduledAfterCalls = Infinity;
			await call(...deed(ids));
			await behave({ scheduledAfterCalls: Number.MAX_SAFE_INTEGER });
			await call(...deed(ids));
			for (let index = 0; index < 10; index++) await anyCall();
			expect(ids.map(left)).toEqual([false, false]);
			expect(emulator.requests.map(({ done }) => done).slice(0, 2)).toEqual([false, false]);
		});

		test('is over with a reset', async () => {
			emulator.switches.scheduledAfterCalls = 1;
			await call(...deed(addUsers(emulator, 2)));
			const [first] = emulator.requests;
			emulator.reset();
			await anyCall();
			expect(first.done).toBe(false);
		});

		test('does nothing for wrong ids only', async () => {
			expect((await call(...deed(['1', '2']))).text).toContain('"SCHEDULED"');
			await anyCall();
			expect(emulator.requests[0].done).toBe(false);
		});
	});

	describe('bulkStatus', () => {
		const deactivate = async (ids: string[]) =>
			await call('PUT', `${USERS}/actions/change_status`, {
				change_status: [
					{ users: ids.map((personality_id) => ({ personality_id, active: false })) },
				],
			});
		const states = (ids: string[]) => ids.map((id) => emulator.world.portalUsers.get(id)?.active);

		test.each([
			['fast', [false, false, false], true],
			['ignoresSome', [false, true, false], true],
			['ignoresAll', [true, true, true], false],
		] as const)('%s', async (bulkStatus, expected, done) => {
			emulator.switches.bulkStatus = bulkStatus;
			const ids = addUsers(emulator, 3);
			const { status, text } = await deactivate(ids);
			expect([status, text]).toEqual([200, expect.stringContaining('"SCHEDULED"')]);
			for (let index = 0; index < 5; index++) await anyCall();
			expect(states(ids)).toEqual(expected);
			expect(emulator.requests[0].done).toBe(done);
		});

		test('slow changes one user with each further call', async () => {
			emulator.switches.bulkStatus = 'slow';
			const ids = addUsers(emulator, 3);
			expect((await deactivate(ids)).text).toContain('"SCHEDULED"');
			const seen = [states(ids)];
			const done = [emulator.requests[0].done];
			for (let index = 0; index < 3; index++) {
				await anyCall();
				seen.push(states(ids));
				done.push(emulator.requests[0].done);
			}
			expect(seen).toEqual([
				[true, true, true],
				[false, true, true],
				[false, false, true],
				[false, false, false],
			]);
			expect(done).toEqual([false, true, true, true]);
		});

		test('slow counts calls that a fault hits, too', async () => {
			emulator.switches.bulkStatus = 'slow';
			const ids = addUsers(emulator, 1);
			await deactivate(ids);
			emulator.faults.add({ kind: 503, before: true, times: 1 });
			expect((await anyCall()).status).toBe(503);
			expect(states(ids)).toEqual([false]);
		});

		test('unknown refuses the call as any unknown address', async () => {
			emulator.switches.bulkStatus = 'unknown';
			const ids = addUsers(emulator, 2);
			const { status, text } = await deactivate(ids);
			expect([status, JSON.parse(text)]).toMatchObject([404, { code: 'INVALID_URL_PATTERN' }]);
			expect(states(ids)).toEqual([true, true]);
			expect(emulator.requests[0].done).toBe(false);
		});
	});

	describe('the filter by ids of a list of users', () => {
		const listed = async (ids: string[]) => {
			const { status, text } = await call('GET', `${USERS}?personality_ids=${ids}`);
			const { users = [] } = JSON.parse(text) as { users?: Array<{ personality_id: string }> };
			return [status, ...users.map(({ personality_id }) => personality_id)];
		};

		test('is heeded unless told otherwise', async () => {
			const [first, , third] = addUsers(emulator, 3);
			expect(await listed([third, first, '7310000000000999999'])).toEqual([200, first, third]);
		});

		test('is ignored where the switch says so', async () => {
			emulator.switches.idFilter = 'ignored';
			const ids = addUsers(emulator, 3);
			expect(await listed([ids[1]])).toEqual([200, ...ids]);
		});

		test('is refused above maxIdsLength', async () => {
			// No source says how.
			emulator.onExchange = undefined;
			emulator.switches.maxIdsLength = 39;
			const ids = addUsers(emulator, 3);
			expect(await listed(ids.slice(0, 2))).toEqual([200, ids[0], ids[1]]);
			expect(await listed(ids)).toEqual([400]);
		});
	});

	describe('secondPortal', () => {
		const create = async (name: string) => await call('POST', PORTALS, { portals: [{ name }] });

		test('is accepted unless told otherwise', async () => {
			expect((await create('AnotherPortal')).status).toBe(200);
			expect([...emulator.world.portals.keys()]).toEqual([PORTAL, 'AnotherPortal']);
		});

		test('is refused under the key of portals, and not created', async () => {
			emulator.switches.secondPortal = false;
			const { status, text } = await create('AnotherPortal');
			expect([status, JSON.parse(text)]).toMatchObject([
				400,
				{ portals: [{ code: 'NOT_ALLOWED', status: 'error' }] },
			]);
			expect([...emulator.world.portals.keys()]).toEqual([PORTAL]);
		});

		test('does not concern the first one', async () => {
			emulator.switches.secondPortal = false;
			emulator.world.portals.clear();
			expect((await create('FirstPortal')).status).toBe(200);
			expect((await create('SecondPortal')).status).toBe(400);
		});
	});

	test.each([
		['Infinity', async () => Object.assign(emulator.switches, { jobReads: Infinity })],
		['a large number', async () => await behave({ jobReads: Number.MAX_SAFE_INTEGER })],
	])('with jobReads of %s a job never ends', async (_, set) => {
		await set();
		const { id } = emulator.world.addRecord();
		const data = [{ id, user_type_id: DEALERS, type: 'invite' }];
		await call('POST', '/Contacts/actions/portal_invite', { portal_invite: [{ data }] });
		const [job] = emulator.world.jobs.keys();
		for (let read = 0; read < 20; read++) {
			const { text } = await call('GET', `/Contacts/actions/portal_invite?job_id=${job}`);
			expect(text).toContain(read === 0 ? '"scheduled"' : '"in_progress"');
		}
		expect(emulator.world.mails).toEqual([]);
	});

	describe('user types', () => {
		const TYPES = `${PORTALS}/${PORTAL}/user_type`;

		const dealers = () => {
			const found = emulator.world.userTypes.get(DEALERS);
			if (!found) throw new Error('There are no dealers');
			return found;
		};

		test.each([
			[false, 201],
			[true, 400],
		])('refusesTwins %s', async (refusesTwins, status) => {
			await behave({ refusesTwins });
			const { name, personality_module: personality, invitation_field, modules } = dealers();
			const { id, api_name } = personality;
			const personality_module = { id, api_name };
			const sent = modules.map((module) => ({ ...module, views: null }));
			const twin = { name, personality_module, invitation_field, modules: sent };
			const answer = await call('POST', TYPES, { user_type: [twin] });
			expect(answer.status).toBe(status);
			if (refusesTwins) expect(answer.text).toContain('DUPLICATE_DATA');
		});

		test.each([
			[false, ['Email']],
			[true, ['Last_Name', 'Email']],
		])('keepsFields %s', async (keepsFields, left) => {
			await behave({ keepsFields });
			const [contacts] = dealers().modules;
			const { id } = emulator.world.field('Contacts', 'Email');
			const layouts = emulator.world.module('Contacts').layouts;
			for (const layout of layouts) layout.mandatory = [];
			const modules = [{ id: contacts.id, fields: [{ id, read_only: false }] }];
			await call('PUT', `${TYPES}/${DEALERS}`, { user_type: [{ modules }] });
			expect(dealers().modules[0].fields).toMatchObject(left.map((api_name) => ({ api_name })));
			const gone = [{ id: contacts.id, fields: [{ id, read_only: false, _delete: true }] }];
			await call('PUT', `${TYPES}/${DEALERS}`, { user_type: [{ modules: gone }] });
			expect(dealers().modules[0].fields).toMatchObject(
				left.filter((name) => name !== 'Email').map((api_name) => ({ api_name })),
			);
		});
	});
});

describe('play', () => {
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

		test('add, with a name and an email address', async () => {
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
			expect(emulator.world.records.get(person.personality_id)).toMatchObject({
				module: 'Vendors',
			});
		});

		test('add, with a name and an email address that are made up', async () => {
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

		test('an email address that somebody has', async () => {
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
			const shown = ({
				personality_id,
				name,
				email,
				active,
				confirm,
				invited_time,
			}: PortalUser) => ({
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
			['an email address', 'ADA@'],
			['an id', '77701'],
		])('has those whom %s finds', async (_, search) => {
			addPerson();
			addPerson({
				personality_id: '7310000000000077701',
				name: 'Ada B',
				email: 'ada@example.test',
			});
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
		emulator.switches.maxInFlight = 0;
		const person = addPerson({ confirm: false });
		await see();
		await fetch(`${emulator.origin}/play`);
		await post('people', { userType: DEALERS });
		await post(`people/${person.personality_id}/confirm`);
		expect(person.confirm).toBe(true);
		expect((await post('nothing')).status).toBe(404);
		expect([emulator.requests, emulator.tokenRequests, seen]).toEqual([[], [], []]);
	});
});

describe('web pages of others', () => {
	guardContract(() => emulator);

	/** Sends what a browser would, `Host` included, which a page's DNS server decides on. */
	async function browse(path: string, headers: Record<string, string>, body?: string) {
		const method = path === '/play/view' || path === '/emulator/world' ? 'GET' : 'POST';
		const sent = request(emulator.origin + path, { method, headers });
		sent.end(body);
		const [response] = (await once(sent, 'response')) as [IncomingMessage];
		response.resume();
		return response.statusCode;
	}

	const host = () => emulator.origin.replace('http://', '');
	const port = () => host().replace(/.*:/, '');

	/** What there is to lose. */
	const state = () => JSON.stringify([[...emulator.world.portalUsers.values()], emulator.switches]);

	function attacks(): Array<[path: string, body?: string]> {
		const [{ personality_id: id }] = emulator.world.addPortalUsers(DEALERS, 1);
		return [
			['/emulator/world'],
			['/emulator/reset', '{}'],
			['/emulator/connect', '{"scope":"ZohoCRM.users.ALL"}'],
			['/emulator/switches', '{"latency":1000}'],
			['/play/view'],
			['/play/people', JSON.stringify({ userType: DEALERS })],
			[`/play/people/${id}/remove`],
			[`/play/people/${id}/move`, JSON.stringify({ target: PREMIUM })],
		];
	}

	const json = { 'Content-Type': 'application/json' };

	test.each<[string, () => Record<string, string>]>([
		['of another origin', () => ({ Origin: 'https://shop.example.test' })],
		['of another port of this machine', () => ({ Origin: 'http://localhost:1' })],
		['that hides its origin', () => ({ Origin: 'null' })],
		['whose name leads to this machine', () => ({ Host: `rebound.example.test:${port()}` })],
		[
			'whose name leads to this machine, as its own origin',
			() => {
				const name = `rebound.example.test:${port()}`;
				return { Host: name, Origin: `http://${name}` };
			},
		],
	])('%s neither see nor change anything', async (_, headers) => {
		for (const [path, body] of attacks()) {
			const before = state();
			const sent = { ...headers(), ...(body !== undefined && json) };
			expect([path, await browse(path, sent, body)]).toEqual([path, 403]);
			expect(state()).toBe(before);
		}
	});

	test.each(['text/plain', 'text/plain;charset=UTF-8', 'application/x-www-form-urlencoded', ''])(
		'a body that is sent as %j is refused',
		async (type) => {
			for (const [path, body] of attacks()) {
				if (body === undefined) continue;
				const before = state();
				const headers: Record<string, string> = type === '' ? {} : { 'Content-Type': type };
				expect([path, await browse(path, headers, body)]).toEqual([path, 415]);
				expect(state()).toBe(before);
			}
		},
	);

	test.each(['127.0.0.1', 'localhost'])('its own page at %s may do all of it', async (name) => {
		const own = `${name}:${port()}`;
		// The last one first: a reset would take the person away whom the others are about.
		for (const [path, body] of attacks().reverse()) {
			const headers = { Host: own, Origin: `http://${own}`, ...(body !== undefined && json) };
			expect([path, await browse(path, headers, body)]).toEqual([path, 200]);
		}
	});
});
