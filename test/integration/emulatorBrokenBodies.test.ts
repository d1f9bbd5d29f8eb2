/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { DEALERS, PORTAL } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;
let tokens: { access_token: string; refresh_token: string };

useEmulator((started) => {
	emulator = started;
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
		expect(emulator.requests).toMatchObject([{ fault: 'cutChunked', done: !before, status: 200 }]);
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
