import { BEN, DEALERS, PORTAL, UNKNOWN } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { usualSwitches } from '../../emulator/switches';
import { caller } from '../../harness/call';
import { guardContract } from '../../harness/contract';
import { until } from '../../harness/until';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

guardContract(() => emulator);

const call = caller(() => emulator);

async function control(path: string, body?: unknown) {
	const response = await fetch(`${emulator.origin}${path}`, {
		method: 'POST',
		...(body !== undefined && {
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		}),
	});
	return { status: response.status, body: (await response.json()) as unknown };
}

const told = (message: string) => ({
	status: 400,
	body: { message: expect.stringContaining(message) },
});

describe('switches of the control API', () => {
	test.each([
		['an unknown one', '{"planted":1}', 'planted'],
		['one that no object has', '{"__proto__":{}}', '__proto__'],
		['one that every object has', '{"toString":1}', 'toString'],
		['a wrong choice', '{"sources":"zzz"}', '"sources" must be "oas" or "docs"'],
		['a wrong choice of a number', '{"throttledAs":"429"}', '"throttledAs" must be 429 or 400'],
		['null for a number', '{"maxInFlight":null}', '"maxInFlight" must be a number'],
		['text for a number', '{"latency":"5"}', '"latency" must be a number'],
		['text for a boolean', '{"hasMeta":"no"}', '"hasMeta" must be a boolean'],
		['text for a list', '{"lacking":"Crm"}', '"lacking" must be a list of texts'],
		['numbers in a list', '{"emptyLists":[1]}', '"emptyLists" must be a list of texts'],
		['a number for an object', '{"scheduledAbove":1}', 'delete, transfer'],
		['an unknown key of an object', '{"scheduledAbove":{"move":1}}', 'delete, transfer'],
		['null in an object', '{"scheduledAbove":{"delete":null}}', 'delete, transfer'],
		['a list of switches', '[]', 'an object of switches'],
	])('refuse %s, and everything with it', async (_, text, why) => {
		for (const address of ['/emulator/switches', '/emulator/behaviour']) {
			const given: unknown = JSON.parse(text);
			const body = Array.isArray(given) ? given : { pageSize: 5, ...Object(given) };
			if (text.includes('__proto__'))
				Object.defineProperty(body, '__proto__', { enumerable: true });
			expect(await control(address, body)).toMatchObject(told(why));
			expect(emulator.switches).toEqual(usualSwitches);
		}
	});

	test('take every usual value that JSON has', async () => {
		const usual = Object.entries(usualSwitches).filter(
			([name, value]) => value !== Infinity && name !== 'scheduledAbove',
		);
		expect(await control('/emulator/switches', Object.fromEntries(usual))).toMatchObject({
			status: 200,
		});
		expect(emulator.switches).toEqual(usualSwitches);
	});

	test.each([
		{ jobAnswer: 'html' },
		{ jobAnswer: 404 },
		{ tokenLimit: false },
		{ tokenLimit: 400 },
		{ maxInFlight: Number.MAX_SAFE_INTEGER },
		{ lacking: ['Crm_Implied_Manage_Users'] },
	])('take %j', async (switches) => {
		expect(await control('/emulator/switches', switches)).toMatchObject({
			status: 200,
			body: switches,
		});
		expect(emulator.switches).toMatchObject(switches);
	});

	test('keep the part of an object that they do not mention', async () => {
		await control('/emulator/switches', { scheduledAbove: { delete: 1 } });
		expect(emulator.switches.scheduledAbove).toEqual({ delete: 1, transfer: Infinity });
	});

	test('are told without a body', async () => {
		expect(await control('/emulator/behaviour')).toMatchObject({
			status: 200,
			body: { sources: 'oas' },
		});
	});

	test('are exactly the usual ones after a reset', async () => {
		Object.assign(emulator.switches, { planted: 1, pageSize: 1 });
		emulator.switches.scheduledAbove.delete = 1;
		await control('/emulator/reset');
		expect(emulator.switches).toEqual(usualSwitches);
	});
});

test.each([
	['connect', {}, 'scope'],
	['connect', undefined, 'scope'],
	['code', { scope: 5 }, 'scope'],
	['portalUsers', { userType: DEALERS }, 'amount'],
	['portalUsers', { amount: 1 }, 'userType'],
	['records', { amount: 1.5 }, 'amount'],
	['views', {}, 'module'],
	['views', { module: 'Planted', name: 'Ours', members: [] }, 'Planted'],
	['views', { module: 'Contacts', name: 'Ours' }, 'members'],
	['accounts', {}, 'name'],
	['accounts', { name: 'Nordwind', contacts: [UNKNOWN] }, UNKNOWN],
	['accounts', { name: 'Nordwind', contacts: 'all' }, 'contacts'],
])('/emulator/%s says what is wrong with %j', async (what, body, why) => {
	const records = emulator.world.records.size;
	expect(await control(`/emulator/${what}`, body)).toMatchObject(told(why));
	expect(emulator.world.records.size).toBe(records);
});

test('a call acts on the world that it came to, not on that after a reset', async () => {
	const { world } = emulator;
	const release = emulator.hold();
	const held = call('PUT', `/users/${BEN}`, { users: [{ city: 'Rome' }] });
	await until('the call', 10, async () => await Promise.resolve(emulator.requests.at(0)));
	emulator.reset();
	release();
	expect(await held).toMatchObject({ status: 200 });
	expect(world.users.get(BEN)).toMatchObject({ city: 'Rome' });
	expect(emulator.world.users.get(BEN)?.city).toBeUndefined();
});

test('a call that fails by mistake is logged with the status that the client got', async () => {
	emulator.onExchange = undefined;
	Reflect.set(emulator.world, 'portals', undefined);
	expect(await call('GET', '/settings/portals')).toMatchObject({ status: 500 });
	expect(emulator.requests).toMatchObject([{ status: 500, done: false }]);
});

describe('addresses', () => {
	test.each([
		['DELETE', '/settings/portals'],
		['PATCH', `/settings/portals/${PORTAL}`],
		['POST', `/users/${BEN}`],
		['PUT', '/settings/modules?module=Contacts'],
		['OPTIONS', '/users'],
		['HEAD', '/users'],
		['DELETE', '/Contacts'],
		['POST', '/Contacts/search'],
		['GET', `/users/${BEN}/actions/transfer`],
	])('refuse the method: %s %s', async (method, path) => {
		const { status, body } = await call(method, path);
		expect(status).toBe(400);
		if (method !== 'HEAD') expect(body).toMatchObject({ code: 'INVALID_REQUEST_METHOD' });
		expect(emulator.requests).toMatchObject([{ method, status: 400, done: false }]);
	});

	test.each([
		['GET', '/settings/nothing'],
		['POST', '/Planted'],
		['DELETE', '/users/1/2/3'],
		['PATCH', '/Planted/search'],
		['GET', '/users/%zz'],
		['GET', '/%'],
	])('that nobody has are unknown: %s %s', async (method, path) => {
		const answer = await call(method, path);
		expect(answer).toMatchObject({ status: 404, body: { code: 'INVALID_URL_PATTERN' } });
		expect(emulator.requests).toMatchObject([{ method, url: `/crm/v8${path}`, status: 404 }]);
	});

	test('that cannot be read want a token, too', async () => {
		const response = await fetch(`${emulator.origin}/crm/v8/users/%zz`);
		expect([response.status, await response.json()]).toMatchObject([
			401,
			{ code: 'AUTHENTICATION_FAILURE' },
		]);
	});

	test('may have long parts', async () => {
		expect(await call('GET', `/settings/portals/${'x'.repeat(5000)}`)).toMatchObject({
			status: 400,
			body: { code: 'INVALID_DATA' },
		});
	});

	test.each([16_000, 100_000])(
		'of %i characters are refused by the front server',
		async (length) => {
			const answer = await call('GET', `/settings/portals/${'x'.repeat(length)}`);
			expect(answer).toEqual({ status: 414, body: expect.stringContaining('<h1>414') });
		},
	);
});
