import type { Behaviour } from '../../emulator/behaviour';
import { DEALERS } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { useEmulator } from '../../harness/useEmulator';
import { answerIn, check } from './check';

let emulator: Emulator;

useEmulator((started) => (emulator = started));
beforeEach(() => void emulator.world.addPortalUsers(DEALERS, 3));

/** Runs the check against an organization that behaves like this. */
async function checkWith(behaviour: Partial<Behaviour>, args: string[] = []) {
	Object.assign(emulator.behaviour, behaviour);
	return await check(emulator, args);
}

const INVALID_DATA = '400 INVALID_DATA in the body itself';

test('settles what reads can settle, one call after the other, and says what the rest takes', async () => {
	const { report, scopes } = await checkWith({ maxInFlight: 1, latency: 2 });
	const told = report.results.map(({ id, answer, needed }) => [id, answer ?? needed]);
	expect(Object.fromEntries(told)).toEqual({
		forms: 'that of the OpenAPI files',
		typeOptional: 'yes',
		pages: 'yes',
		pageSize: 'a user type with more than 200 people',
		idFilter: 'yes',
		readLength: '499 IDs or more',
		unknownPortal: `${INVALID_DATA}, no details`,
		unknownUserType: `${INVALID_DATA}, details: resource_path_index`,
		unknownJob: '204 without a body',
		crmUsers: 'no',
		portalsMeta: '--also portalsMeta',
		settingsAll: '--also settingsAll',
		invitation: '--writes invite',
		invitationJob: '--writes invite',
		statusJob: '--writes status',
		transferMixed: '--writes transfer',
		transferLength: '--writes transfer',
		deleteMixed: '--writes delete',
		deleteLength: '--writes delete',
	});
	const { requests } = emulator;
	expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
	expect(Math.max(...requests.map(({ inFlight }) => inFlight))).toBe(1);
	expect(report).toMatchObject({ calls: requests.length, outside: [] });
	expect(scopes).toEqual([['ZohoCRM.settings.clientportal.READ', 'ZohoCRM.users.READ']]);
});

test.each<[Partial<Behaviour>, Record<string, [string?, string?]>, number?]>([
	[
		{ idFilter: 'works' },
		{ idFilter: ['yes', 'idFilter: works'], readLength: ['499 IDs or more'] },
	],
	[{ idFilter: 'ignored' }, { idFilter: ['no', 'idFilter: ignored'], readLength: [] }],
	[
		{ idFilter: 'refused' },
		{ idFilter: ['no, it is refused', 'idFilter: refused'], readLength: [] },
	],
	[
		{ idFilter: 'cut' },
		{
			idFilter: ['yes, by the first 12', 'idFilter: cut'],
			readLength: ['12 IDs; further ones are ignored'],
		},
	],
	[{ maxIdsLength: 255 }, { readLength: ['12 IDs, and not 13'] }],
	[{ maxUrlLength: 3_000 }, { readLength: ['100 IDs, and not 200'] }],
	[
		{ maxUrlLength: 200 },
		{ readLength: ['fewer than 12 IDs'], idFilter: ['yes', 'idFilter: works'] },
	],
	[
		{ sources: 'oas' },
		{ forms: ['that of the OpenAPI files', 'sources: oas'], typeOptional: ['yes'] },
	],
	[
		{ sources: 'docs' },
		{ forms: ['that of the documentation', 'sources: docs'], typeOptional: ['no'] },
	],
	[{ ignoresPages: true }, { pages: ['no', 'ignoresPages: true'] }],
	[{ pageSize: 100 }, { pageSize: ['100', 'pageSize: 100'] }, 100],
	[{ pageSize: 200 }, { pageSize: ['200', 'pageSize: 200'] }, 200],
	[{ pageSize: 500 }, { pageSize: ['303 or more'] }, 300],
])('of an organization with %j it says %j', async (behaviour, answers, more = 0) => {
	emulator.world.addPortalUsers(DEALERS, more);
	const { report } = await checkWith(behaviour);
	for (const [id, [answer, plays]] of Object.entries(answers)) {
		expect([id, ...answerIn(report, id)]).toEqual([id, answer, plays]);
	}
	expect(report.outside).toEqual([]);
});

test('portal users among the CRM users', async () => {
	emulator.world.addUser('Mina', 'Shah', { type__s: 'Client Portal User' });
	expect(answerIn((await check(emulator)).report, 'crmUsers')).toEqual(['yes', undefined]);
});

test.each([
	['portalsMeta', true, ['yes', 'hasMeta: true'], 'ZohoCRM.settings.clientportal.ALL'],
	['portalsMeta', false, ['no', 'hasMeta: false'], 'ZohoCRM.settings.clientportal.ALL'],
	['settingsAll', true, ['no', undefined], 'ZohoCRM.settings.ALL'],
])('%s is asked with a scope of its own (hasMeta: %s)', async (id, hasMeta, answer, scope) => {
	const { report, scopes } = await checkWith({ hasMeta }, ['--also', id]);
	expect(answerIn(report, id)).toEqual(answer);
	expect(scopes.slice(1)).toEqual([[scope]]);
});

test('a portal with nobody in it leaves open what is about people', async () => {
	emulator.world.portalUsers.clear();
	const { report } = await check(emulator);
	for (const id of ['forms', 'pages', 'idFilter', 'readLength', 'crmUsers']) {
		expect([id, ...answerIn(report, id)]).toEqual([id, undefined, undefined]);
	}
	expect(answerIn(report, 'unknownPortal')).toEqual([`${INVALID_DATA}, no details`, undefined]);
});

test.each<[Partial<Behaviour>, string]>([
	[
		{ environment: 'sandbox' },
		'The portals cannot be read: 400 API_NOT_SUPPORTED in the body itself, details: unsupported_environment.',
	],
	[
		{ portalUserToken: true },
		'The user types cannot be read: 400 API_NOT_SUPPORTED in the body itself, details: unsupported_login_user_type.',
	],
	[
		{ lacking: ['Crm_Implied_Manage_ClientPortal'] },
		'The portals cannot be read: 403 NO_PERMISSION in the body itself, no details.',
	],
	[
		{ lacking: ['Crm_Implied_Manage_ClientPortal_Users'] },
		'The portal users cannot be read: 403 NO_PERMISSION in the body itself, details: permissions. It takes a person who may do that: a profile with the permissions for portals and for the API.',
	],
])('with %j it can ask nothing', async (behaviour, stopped) => {
	const { report } = await checkWith(behaviour);
	expect(report.stopped).toBe(stopped);
	expect(report.results.filter(({ settled }) => settled)).toEqual([]);
	expect(report.before.length).toBeGreaterThan(0);
});

test('the portal is the one that was named', async () => {
	const { report } = await check(emulator, ['--portal', 'NotThere']);
	expect(report.stopped).toBe('There is no portal of that name.');
});
