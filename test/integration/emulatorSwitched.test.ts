import { ContractCheck } from '../../emulator/schema/check';
import { switchedExceptions, switchedRequests } from '../../emulator/schema/exceptions';
import { DEALERS, PORTAL } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { caller } from '../../harness/call';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;
let check: ContractCheck;

useEmulator((started) => (emulator = started));

beforeEach(() => {
	check = new ContractCheck();
	emulator.onExchange = check.see;
});

const call = caller(() => emulator);

const PORTALS = `/settings/portals/${PORTAL}`;
const TYPES = `${PORTALS}/user_type`;
const USERS = `${TYPES}/${DEALERS}/users`;

/** Reads two pages of a list of one row a page, the second by the token of the first. */
async function byToken(path: string, query: string) {
	Object.assign(emulator.switches, { userPages: 'tokens', pageSize: 1 });
	const { body } = await call('GET', `${path}?${query}`);
	const { info } = body as { info: { next_page_token: string } };
	return `page_token=${info.next_page_token}`;
}

/** What a switch leads to though no source has it, by the beginning of its reason. */
const meet: Array<[why: RegExp, provoke: () => Promise<unknown>]> = [
	[
		/^userCounts/,
		async () => {
			emulator.switches.userCounts = 'total';
			await call('GET', TYPES);
			emulator.switches.userCounts = 'none';
			await call('GET', TYPES);
		},
	],
	[
		/^throttledAs/,
		async () => {
			Object.assign(emulator.switches, { throttledAs: 400, maxInFlight: 0 });
			await call('GET', TYPES);
		},
	],
	[
		/^statusRefusals/,
		async () => {
			emulator.switches.statusRefusals = 'wrapped';
			const [{ personality_id }] = emulator.world.addPortalUsers(DEALERS, 1);
			await call('PUT', `${USERS}/${personality_id}/actions/change_status?active=true`);
		},
	],
	...(['oas', 'docs'] as const).map((sources): [RegExp, () => Promise<unknown>] => [
		new RegExp(`getPortalUsers, ${sources}`),
		async () => {
			emulator.switches.sources = sources;
			emulator.world.addPortalUsers(DEALERS, 2);
			await byToken(USERS, 'type=AllUsers');
		},
	]),
	[/\(getUsers, /, async () => await byToken('/users', 'type=AllUsers')],
	[
		/DISCRETE/,
		async () => {
			emulator.switches.userPages = 'refused';
			await call('GET', `${USERS}?type=AllUsers&page=11`);
		},
	],
	[
		/AMBIGUITY/,
		async () => {
			emulator.switches.userPages = 'tokens';
			await call('GET', '/users?page=1&page_token=x');
		},
	],
	[
		/MISMATCH/,
		async () => {
			const token = await byToken('/users', 'type=AllUsers');
			check.tolerated.clear();
			await call('GET', `/users?type=ActiveUsers&${token}`);
		},
	],
	[
		/EXPIRED/,
		async () => {
			emulator.switches.userPages = 'tokens';
			await call('GET', `${USERS}?type=AllUsers&page_token=x`);
		},
	],
	[
		/a client sends the token/,
		async () => {
			const token = await byToken('/users', 'type=AllUsers');
			check.tolerated.clear();
			emulator.faults.add({ kind: 'html', before: true, times: 1 });
			await call('GET', `/users?type=AllUsers&${token}`);
		},
	],
];

const known = [...switchedExceptions, ...switchedRequests].map(({ why }) => why);

test.each(meet)('%s is tolerated when it is met', async (why, provoke) => {
	await provoke();
	expect(check.take()).toEqual([]);
	expect([...check.tolerated.keys()]).toEqual(known.filter((one) => why.test(one)));
});

test('these are all', () => {
	const met = meet.flatMap(([why]) => known.filter((one) => why.test(one)));
	expect(met.sort()).toEqual([...known].sort());
});

describe('SAML of a portal', () => {
	const saml = {
		login_url: 'https://login.example.test/sso',
		logout_url: 'https://login.example.test/slo',
		public_key: '-----BEGIN CERTIFICATE-----INVENTED-----END CERTIFICATE-----',
	};
	const update = async (change: object) => await call('PUT', PORTALS, { portals: [change] });
	const told = async () => {
		const { body } = await call('GET', PORTALS);
		return (body as { portals: [{ saml_configuration: unknown; name: string }] }).portals[0];
	};

	afterEach(() => expect(check.take()).toEqual([]));

	test('is set without a name or with the one there is, and told', async () => {
		expect((await told()).saml_configuration).toBeNull();
		expect((await update({ saml_configuration: saml })).status).toBe(200);
		expect(await told()).toMatchObject({
			name: PORTAL,
			saml_configuration: { ...saml, active: true },
			single_logout_url: saml.logout_url,
		});
		const again = { name: PORTAL, saml_configuration: { ...saml, active: true } };
		expect((await update(again)).status).toBe(200);
	});

	test('stays when the portal is renamed', async () => {
		await update({ saml_configuration: saml });
		expect((await update({ name: 'AnotherName' })).status).toBe(200);
		expect(emulator.world.portals.get('AnotherName')?.saml_configuration).toMatchObject(saml);
	});

	test.each(['login_url', 'logout_url', 'public_key'])('wants its %s', async (key) => {
		const at = { api_name: key, json_path: `$.portals[0].saml_configuration.${key}` };
		const refusal = (code: string, details: object = at) => ({
			status: 400,
			body: { portals: [{ code, details }] },
		});
		const set = async (value: unknown) =>
			await update({ saml_configuration: { ...saml, [key]: value } });
		expect(await set(undefined)).toMatchObject(refusal('MANDATORY_NOT_FOUND'));
		expect(await set(null)).toMatchObject(refusal('NOT_ALLOWED'));
		expect(await set(5)).toMatchObject(refusal('INVALID_DATA'));
		expect(await set('x'.repeat(5001))).toMatchObject(refusal('INVALID_DATA'));
		expect((await told()).saml_configuration).toBeNull();
	});

	test('cannot be switched off', async () => {
		const off = await update({ saml_configuration: { ...saml, active: false } });
		expect(off).toMatchObject({ status: 400, body: { portals: [{ code: 'INVALID_DATA' }] } });
		expect(await update({})).toMatchObject({
			body: { portals: [{ code: 'MANDATORY_NOT_FOUND' }] },
		});
	});
});
