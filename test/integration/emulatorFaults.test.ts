/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { Faults } from '../../emulator/faults';
import type { Fault, FaultKind } from '../../emulator/faults';
import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

describe('faults', () => {
	let tokens: { access_token: string; refresh_token: string };

	beforeAll(() => {
		tokens = emulator.connect('ZohoCRM.settings.clientportal.ALL,ZohoCRM.users.ALL');
	});

	const USERS = `/settings/portals/${PORTAL}/user_type/${DEALERS}/users`;

	/** A call that answers with its whole body, or rejects. */
	async function call(method: string, path: string, signal?: AbortSignal) {
		const response = await fetch(`${emulator.origin}/crm/v8${path}`, {
			method,
			headers: { Authorization: `Bearer ${tokens.access_token}` },
			redirect: 'manual',
			signal,
		});
		return { status: response.status, headers: response.headers, text: await response.text() };
	}

	/** The head of an answer, what came of its body, and whether all of it came. */
	async function callRaw(method: string, path: string) {
		const sent = httpRequest(`${emulator.origin}/crm/v8${path}`, {
			method,
			headers: { Authorization: `Bearer ${tokens.access_token}` },
		}).end();
		const [response] = (await once(sent, 'response')) as [IncomingMessage];
		const { statusCode: status, headers } = response;
		let body = '';
		response.setEncoding('utf8').on('data', (part: string) => (body += part));
		const [error] = (await Promise.race([once(response, 'end'), failure(response)])) as [Error?];
		return { status, headers, body, whole: error === undefined && response.complete };
	}

	const failure = async (response: IncomingMessage) =>
		await new Promise((resolve) => response.once('error', (error) => resolve([error])));

	async function askForToken() {
		return await fetch(`${emulator.origin}/oauth/v2/token`, {
			method: 'POST',
			body: new URLSearchParams({
				client_id: CLIENT_ID,
				client_secret: CLIENT_SECRET,
				grant_type: 'refresh_token',
				refresh_token: tokens.refresh_token,
			}),
		});
	}

	const readToken = async () => await (await askForToken()).text();

	const addUser = () => emulator.world.addPortalUsers(DEALERS, 1)[0].personality_id;
	const exists = (id: string) => emulator.world.portalUsers.has(id);
	const remove = (id: string) => `${USERS}?personality_ids=${id}`;

	describe.each<[Partial<Fault> & { kind: FaultKind }, status: number, text: string]>([
		[{ kind: 'empty' }, 200, ''],
		[{ kind: 'html' }, 200, '<html><h1>Maintenance</h1></html>'],
		[{ kind: 'redirect' }, 302, ''],
		[
			{ kind: 'throttle', retryAfter: 3 },
			429,
			'{"code":"TOO_MANY_REQUESTS","details":{},"message":"wait","status":"error"}',
		],
		[{ kind: 503 }, 503, '<html><h1>503</h1></html>'],
		[
			{ kind: 'status', status: 408 },
			408,
			'{"code":"INTERNAL_ERROR","details":{},"message":"internal_error","status":"error"}',
		],
		[
			{ kind: 'status', status: 403, body: 'json', code: 'FORBIDDEN' },
			403,
			'{"code":"FORBIDDEN","details":{},"message":"forbidden","status":"error"}',
		],
		[{ kind: 'status', status: 405, body: 'html' }, 405, '<html><h1>405</h1></html>'],
		[{ kind: 'status', status: 500, body: 'empty' }, 500, ''],
		[{ kind: 'status', status: 502, body: 'foreign' }, 502, '{"error":"bad gateway"}'],
		[
			{ kind: 'wrapped', status: 200, key: 'portals', code: 'NO_PERMISSION' },
			200,
			'{"portals":[{"code":"NO_PERMISSION","details":{},"message":"no_permission","status":"error"}]}',
		],
	])('%j', (fault, status, body) => {
		test.each([
			[true, 'before the work'],
			[false, 'after the work'],
		])('before: %s answers %s', async (before) => {
			const id = addUser();
			emulator.faults.add({ ...fault, before, times: 1 });
			const answer = await call('DELETE', remove(id));
			expect(answer).toMatchObject({ status, text: body });
			expect(answer.headers.get('retry-after')).toBe(fault.kind === 'throttle' ? '3' : null);
			expect(exists(id)).toBe(before);
			expect(emulator.requests).toMatchObject([{ fault: fault.kind, done: !before, status }]);
			expect((await call('GET', '/settings/portals')).text).toContain(PORTAL);
			expect(emulator.requests[1]).toMatchObject({ done: true, status: 200 });
			expect(emulator.requests[1].fault).toBeUndefined();
		});
	});

	test.each([true, false])('reset, before: %s', async (before) => {
		const id = addUser();
		emulator.faults.add({ kind: 'reset', before, times: 1 });
		await expect(call('DELETE', remove(id))).rejects.toThrow('fetch failed');
		expect(exists(id)).toBe(before);
		expect(emulator.requests).toMatchObject([{ fault: 'reset', done: !before, status: 0 }]);
	});

	describe('cut', () => {
		test('breaks off after half of the real body', async () => {
			const real = await callRaw('GET', '/settings/portals');
			expect(real.whole).toBe(true);
			emulator.faults.add({ kind: 'cut', before: false, times: 1 });
			const { status, headers, body, whole } = await callRaw('GET', '/settings/portals');
			expect([status, headers['content-type'], headers['content-length']]).toEqual([
				200,
				real.headers['content-type'],
				real.headers['content-length'],
			]);
			expect(body).toBe(real.body.slice(0, Math.ceil(real.body.length / 2)));
			expect(whole).toBe(false);
			expect(emulator.requests[1]).toMatchObject({ fault: 'cut', done: true, status: 200 });
		});

		test('does no work when it comes before it', async () => {
			const id = addUser();
			emulator.faults.add({ kind: 'cut', before: true, times: 1 });
			const { status, body, whole } = await callRaw('DELETE', remove(id));
			expect([status, whole, exists(id)]).toEqual([200, false, true]);
			expect(body).toMatch(/^\{"data":/);
			expect(emulator.requests).toMatchObject([{ fault: 'cut', done: false }]);
		});

		test('breaks the connection where the answer has no body', async () => {
			emulator.faults.add({ kind: 'cut', before: false, times: 1 });
			await expect(call('GET', `${USERS}?type=AllUsers`)).rejects.toThrow('fetch failed');
		});

		test('keeps the status of a refusal', async () => {
			emulator.faults.add({ kind: 'cut', before: false, times: 1 });
			const { status, whole } = await callRaw('GET', '/settings/nothing');
			expect([status, whole]).toEqual([404, false]);
			expect(emulator.requests).toMatchObject([{ done: false, status: 404 }]);
		});
	});

	describe('silent', () => {
		test.each([true, false])(
			'leaves a client waiting, in flight, until it gives up, before: %s',
			async (before) => {
				const id = addUser();
				emulator.faults.add({ kind: 'silent', before, times: 1 });
				const patience = new AbortController();
				const waiting = call('DELETE', remove(id), patience.signal);
				while (emulator.requests[0]?.fault === undefined) await sleep(1);
				await call('GET', '/settings/portals');
				expect(emulator.requests[1].inFlight).toBe(2);
				patience.abort();
				await expect(waiting).rejects.toThrow('aborted');
				expect(exists(id)).toBe(before);
				expect(emulator.requests[0]).toMatchObject({ fault: 'silent', done: !before, status: 0 });
			},
		);

		test('does not keep the emulator from stopping', async () => {
			const other = await Emulator.start();
			const { access_token } = other.connect('ZohoCRM.users.ALL');
			other.faults.add({ kind: 'silent', before: true });
			const waiting = fetch(`${other.origin}/crm/v8/users`, {
				headers: { Authorization: `Bearer ${access_token}` },
			});
			const ended = expect(waiting).rejects.toThrow('fetch failed');
			while (other.requests.length < 1) await sleep(1);
			await other.stop();
			await ended;
		});
	});

	test.each([true, false])('delay answers in full, only later, before: %s', async (before) => {
		const id = addUser();
		emulator.faults.add({ kind: 'delay', before, pause: 150, times: 1 });
		const start = performance.now();
		const running = call('DELETE', remove(id));
		while (emulator.requests.length < 1) await sleep(1);
		expect(exists(id)).toBe(before);
		expect(await running).toMatchObject({ status: 200, text: expect.stringContaining(id) });
		// Timers may be early by a fraction of a millisecond.
		expect(performance.now() - start).toBeGreaterThan(148);
		expect(exists(id)).toBe(false);
		expect(emulator.requests).toMatchObject([{ fault: 'delay', done: true, status: 200 }]);
	});

	test('a refused call has done nothing', async () => {
		await call('DELETE', remove('1'));
		expect(emulator.requests).toMatchObject([{ done: false, status: 400 }]);
	});

	describe('requests for a token', () => {
		test('are counted apart from calls', async () => {
			await askForToken();
			emulator.accounts.refusal = { status: 400, error: 'access_denied' };
			await askForToken();
			await fetch(`${emulator.origin}/oauth/v2/token`, { method: 'POST' });
			expect(emulator.tokenRequests).toEqual([
				{ grant: 'refresh_token', status: 200 },
				{ grant: 'refresh_token', status: 400 },
				{ grant: '', status: 400 },
			]);
			expect(emulator.requests).toEqual([]);
			const seen = await fetch(`${emulator.origin}/emulator/tokenRequests`);
			expect(await seen.json()).toEqual(emulator.tokenRequests);
			emulator.reset();
			expect(emulator.tokenRequests).toEqual([]);
		});

		test('meet faults of their own only', async () => {
			emulator.faults.add({ kind: 'empty', before: true });
			expect(await (await askForToken()).json()).toHaveProperty('access_token');
			emulator.faults.clear();
			emulator.faults.add({ kind: 'empty', before: true, during: 'token' });
			expect((await call('GET', '/settings/portals')).text).not.toBe('');
			expect(await (await askForToken()).text()).toBe('');
		});

		test('break off, fail and are refused like calls', async () => {
			for (const kind of ['reset', 'cut'] as const) {
				emulator.faults.add({ kind, before: false, during: 'token', times: 1 });
				await expect(readToken()).rejects.toThrow();
			}
			emulator.faults.add({ kind: 503, before: true, during: 'token', times: 1 });
			expect((await askForToken()).status).toBe(503);
			expect(emulator.tokenRequests.map(({ status }) => status)).toEqual([0, 200, 503]);
		});
	});

	/** A call with a body, and the JSON that it answers. */
	async function ask(method: string, path: string, sent?: object) {
		const response = await fetch(`${emulator.origin}/crm/v8${path}`, {
			method,
			headers: {
				Authorization: `Bearer ${tokens.access_token}`,
				...(sent && { 'Content-Type': 'application/json' }),
			},
			body: sent && JSON.stringify(sent),
		});
		const answered = await response.text();
		return { status: response.status, text: answered };
	}

	async function invite(amount: number) {
		const people = Array.from({ length: amount }, () => emulator.world.addRecord().id);
		const data = people.map((id) => ({ id, user_type_id: DEALERS, type: 'invite' }));
		const { text } = await ask('POST', '/Contacts/actions/portal_invite', {
			portal_invite: [{ data }],
		});
		const job = /"job_id":"(\d+)"/.exec(text)?.[1] ?? '';
		return { people, job: `/Contacts/actions/portal_invite?job_id=${job}` };
	}

	async function transfer() {
		const { superAdmin } = emulator.world;
		const leaver = emulator.world.addUser('Lea', 'Ver').id;
		const path = 'actions/transfer_and_delete';
		const { text } = await ask('POST', `/users/${leaver}/${path}`, {
			transfer_and_delete: [{ transfer: { id: superAdmin } }],
		});
		const job = /"job_id":"(\d+)"/.exec(text)?.[1] ?? '';
		return { leaver, job: `/users/${path}?job_id=${job}` };
	}

	describe.each([
		['unknown', 204, ''],
		['scope', 401, '"code":"OAUTH_SCOPE_MISMATCH"'],
		[400, 400, '"code":"INVALID_DATA"'],
		[403, 403, '"code":"NO_PERMISSION"'],
		[404, 404, '"code":"INVALID_URL_PATTERN"'],
		[500, 500, '"code":"INTERNAL_ERROR"'],
		['html', 200, '<html>'],
	] as const)(
		'with jobAnswer %p a job goes on, and its read is answered',
		(jobAnswer, status, part) => {
			beforeEach(() => {
				emulator.switches.jobAnswer = jobAnswer;
			});

			test('%i for invitations', async () => {
				const { people, job } = await invite(2);
				expect(await ask('GET', job)).toEqual({ status, text: expect.stringContaining(part) });
				expect(emulator.world.mails.map(({ record_id }) => record_id)).toEqual(people);
				emulator.switches.jobAnswer = 'ok';
				expect((await ask('GET', job)).text).toContain('"status":"completed"');
			});

			test('%i for transfers', async () => {
				const { leaver, job } = await transfer();
				expect(await ask('GET', job)).toEqual({ status, text: expect.stringContaining(part) });
				expect(emulator.world.users.get(leaver)?.status).toBe('deleted');
				emulator.switches.jobAnswer = 'ok';
				expect((await ask('GET', job)).text).toContain('"status":"completed"');
			});
		},
	);

	test.each([
		['before', 0],
		['partly', 2],
	] as const)('with inviteJobsFail %p a job of 3 fails after %i mails', async (when, mailed) => {
		emulator.switches.inviteJobsFail = when;
		emulator.switches.jobReads = 1;
		const { people, job } = await invite(3);
		const statuses: string[] = [];
		for (let read = 0; read < 3; read++) {
			const {
				portal_invite: [one],
			} = JSON.parse((await ask('GET', job)).text);
			expect(one.data).toBeNull();
			statuses.push(one.status);
		}
		expect(statuses).toEqual(['in_progress', 'failed', 'failed']);
		expect(emulator.world.mails.map(({ record_id }) => record_id)).toEqual(people.slice(0, mailed));
		expect(people.map(exists)).toEqual(people.map((_, index) => index < mailed));
	});

	describe('scheduledAbove', () => {
		const deed: Record<'delete' | 'transfer', (ids: string[]) => [method: string, path: string]> = {
			delete: (ids) => ['DELETE', `${USERS}?personality_ids=${ids}`],
			transfer: (ids) => [
				'POST',
				`${USERS}/action/transfer?transfer_To=${PREMIUM}&personality_ids=${ids}`,
			],
		};
		const left = (id: string) => emulator.world.portalUsers.get(id)?.userTypeId !== DEALERS;

		test.each(['delete', 'transfer'] as const)('makes a job of more users: %s', async (what) => {
			emulator.switches.scheduledAbove[what] = 2;
			const ids = [addUser(), addUser(), addUser()];
			const answer = await call(...deed[what]([...ids, '1']));
			expect([answer.status, JSON.parse(answer.text)]).toEqual([
				200,
				{
					users: [
						{
							code: 'SCHEDULED',
							details: { job_id: expect.stringMatching(/^\d{19}$/) },
							message: `Portal users ${what} scheduled successfully`,
							status: 'success',
						},
					],
				},
			]);
			expect(emulator.requests).toMatchObject([{ done: true }]);
			expect(ids.map(left)).toEqual([true, true, true]);
		});

		test.each(['delete', 'transfer'] as const)('does so many at once: %s', async (what) => {
			emulator.switches.scheduledAbove[what] = 2;
			const ids = [addUser(), addUser()];
			const answer = await call(...deed[what](ids));
			expect(answer.text.match(/"SUCCESS"/g)).toHaveLength(2);
		});

		test('does the work when the answer is lost, too', async () => {
			emulator.switches.scheduledAbove.delete = 0;
			emulator.faults.add({ kind: 'reset', before: false, times: 1 });
			const id = addUser();
			await expect(call(...deed.delete([id]))).rejects.toThrow('fetch failed');
			expect(left(id)).toBe(true);
		});

		test('ends with a reset', async () => {
			emulator.switches.scheduledAbove.delete = 0;
			emulator.reset();
			expect((await call(...deed.delete([addUser()]))).text).toContain('SUCCESS');
		});
	});

	test('with mixedIds doneThenNamed the right ones are done, and only wrong ones named', async () => {
		emulator.switches.mixedIds = 'doneThenNamed';
		const ids = [addUser(), addUser()];
		const answer = await call('DELETE', remove(`${ids[0]},1,${ids[1]},2`));
		const { users } = JSON.parse(answer.text);
		expect(answer.status).toBe(400);
		expect(users).toMatchObject([
			{ code: 'INVALID_DATA', details: { personality_id: '1' }, status: 'error' },
			{ code: 'INVALID_DATA', details: { personality_id: '2' }, status: 'error' },
		]);
		expect(users).toHaveLength(2);
		expect(ids.map(exists)).toEqual([false, false]);
		await call('DELETE', remove('1,2'));
		expect(emulator.requests).toMatchObject([
			{ status: 400, done: true },
			{ status: 400, done: false },
		]);
	});
});

describe('broken bodies', () => {
	let tokens: { access_token: string; refresh_token: string };

	beforeAll(() => {
		tokens = emulator.connect('ZohoCRM.settings.clientportal.ALL');
	});

	const PORTALS = '/crm/v8/settings/portals';
	const USERS = `${PORTALS}/${PORTAL}/user_type/${DEALERS}/users`;
	const TOKEN = `/oauth/v2/token?${new URLSearchParams({
		client_id: CLIENT_ID,
		client_secret: CLIENT_SECRET,
		grant_type: 'refresh_token',
	})}`;

	/** The head of an answer, what came of its body in which pieces, and whether all of it came. */
	async function call(method: string, path: string, origin = emulator.origin) {
		const sent = httpRequest(`${origin}${path}`, {
			method,
			headers: { Authorization: `Bearer ${tokens.access_token}` },
		}).end();
		const [response] = (await once(sent, 'response')) as [IncomingMessage];
		const pieces: string[] = [];
		response.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
		const broken = await finished(response).then(
			() => false,
			() => true,
		);
		const { statusCode: status, headers } = response;
		return { status, headers, pieces, body: pieces.join(''), whole: !broken && response.complete };
	}

	const addUser = () => emulator.world.addPortalUsers(DEALERS, 1)[0].personality_id;
	const exists = (id: string) => emulator.world.portalUsers.has(id);

	test.each([
		['cut', 'content-length', 'transfer-encoding'],
		['cutChunked', 'transfer-encoding', 'content-length'],
	] as const)('%s has %s and no %s', async (kind, present, absent) => {
		emulator.faults.add({ kind, before: false, times: 1 });
		const { headers } = await call('GET', PORTALS);
		expect(headers[present]).toBeDefined();
		expect(headers[absent]).toBeUndefined();
	});

	describe('cutChunked', () => {
		test('breaks off after half of the real body', async () => {
			const real = await call('GET', PORTALS);
			expect(real.whole).toBe(true);
			emulator.faults.add({ kind: 'cutChunked', before: false, times: 1 });
			const { status, headers, body, whole } = await call('GET', PORTALS);
			expect([status, headers['content-type'], headers['transfer-encoding']]).toEqual([
				200,
				real.headers['content-type'],
				'chunked',
			]);
			expect(body).toBe(real.body.slice(0, Math.ceil(real.body.length / 2)));
			expect(whole).toBe(false);
		});

		test.each([true, false])('does the work or not, before: %s', async (before) => {
			const id = addUser();
			emulator.faults.add({ kind: 'cutChunked', before, times: 1 });
			const { status, whole } = await call('DELETE', `${USERS}?personality_ids=${id}`);
			expect([status, whole, exists(id)]).toEqual([200, false, before]);
			expect(emulator.requests).toMatchObject([
				{ fault: 'cutChunked', done: !before, status: 200 },
			]);
		});
	});

	describe('drip', () => {
		test('answers in full, a byte at a time', async () => {
			const real = await call('GET', PORTALS);
			emulator.faults.add({ kind: 'drip', before: false, pause: 2, times: 1 });
			const start = performance.now();
			const slow = await call('GET', PORTALS);
			expect(performance.now() - start).toBeGreaterThan(real.body.length);
			expect([slow.status, slow.whole, slow.body]).toEqual([200, true, real.body]);
			expect(slow.headers['content-length']).toBe(real.headers['content-length']);
			expect(slow.pieces.length).toBeGreaterThan(real.body.length / 2);
			expect(emulator.requests[1]).toMatchObject({ fault: 'drip', done: true, status: 200 });
		});

		test.each([true, false])('does the work first, before: %s', async (before) => {
			const id = addUser();
			emulator.faults.add({ kind: 'drip', before, pause: 0, times: 1 });
			const { body } = await call('DELETE', `${USERS}?personality_ids=${id}`);
			expect(body).toContain(id);
			expect(exists(id)).toBe(false);
			expect(emulator.requests).toMatchObject([{ fault: 'drip', done: true }]);
		});

		test('has nothing to drip of an answer without a body', async () => {
			emulator.faults.add({ kind: 'drip', before: false, pause: 60_000, times: 1 });
			expect(await call('GET', `${USERS}?type=AllUsers`)).toMatchObject({ status: 204, body: '' });
		});

		test('ends when the client leaves', async () => {
			emulator.faults.add({ kind: 'drip', before: false, pause: 60_000, times: 1 });
			const leaving = new AbortController();
			const response = await fetch(`${emulator.origin}${PORTALS}`, {
				headers: { Authorization: `Bearer ${tokens.access_token}` },
				signal: leaving.signal,
			});
			expect(response.status).toBe(200);
			leaving.abort();
			await expect(response.text()).rejects.toThrow('aborted');
			const inFlight = async () => {
				await call('GET', PORTALS);
				return emulator.requests.at(-1)?.inFlight;
			};
			while ((await inFlight()) !== 1) await sleep(1);
		});

		test('does not keep the emulator from stopping', async () => {
			const other = await Emulator.start();
			other.faults.add({ kind: 'drip', before: false, pause: 60_000 });
			const waiting = call('GET', PORTALS, other.origin);
			while (other.requests[0]?.fault === undefined) await sleep(1);
			await other.stop();
			expect(await waiting).toMatchObject({ whole: false, body: '' });
		});
	});

	test.each(['cut', 'cutChunked'] as const)('%s breaks off answers with a token', async (kind) => {
		emulator.faults.add({ kind, before: false, during: 'token', times: 1 });
		const { status, whole } = await call('POST', `${TOKEN}&refresh_token=${tokens.refresh_token}`);
		expect([status, whole]).toEqual([200, false]);
		expect(emulator.requests).toEqual([]);
	});

	test('an answer with a token drips', async () => {
		emulator.faults.add({ kind: 'drip', before: false, during: 'token', pause: 1, times: 1 });
		const { body, pieces } = await call('POST', `${TOKEN}&refresh_token=${tokens.refresh_token}`);
		expect(JSON.parse(body)).toHaveProperty('access_token');
		expect(pieces.length).toBeGreaterThan(body.length / 2);
	});
});

describe('chances of faults', () => {
	let token: string;

	beforeAll(() => {
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
});
