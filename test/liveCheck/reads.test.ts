import type { Behaviour } from '../../emulator/behaviour';
import { DEALERS } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { answerIn, check } from './check';

let emulator: Emulator;

beforeAll(async () => (emulator = await Emulator.start()));
beforeEach(() => {
	emulator.reset();
	emulator.world.addPortalUsers(DEALERS, 3);
});
afterAll(async () => await emulator.stop());

/** Runs the check against an organization that behaves like this. */
async function checkWith(behaviour: Partial<Behaviour>, args: string[] = []) {
	Object.assign(emulator.behaviour, behaviour);
	return await check(emulator, args);
}

const INVALID_DATA = '400 INVALID_DATA in the body itself';

test('settles what reads can settle, and tells what the rest would take', async () => {
	const { report } = await check(emulator);
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
	expect(report.outside).toEqual([]);
});

test('only reads, one call after the other, with the scopes for reading', async () => {
	const { report, consents } = await check(emulator);
	const { requests } = emulator;
	expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
	expect(Math.max(...requests.map(({ inFlight }) => inFlight))).toBe(1);
	expect(report.calls).toBe(requests.length);
	expect(consents).toEqual([['ZohoCRM.settings.clientportal.READ', 'ZohoCRM.users.READ']]);
});

test('gets along with one call at a time', async () => {
	const { report } = await checkWith({ maxInFlight: 1, latency: 2 });
	expect(report.stopped).toBeUndefined();
	expect(answerIn(report, 'readLength')[0]).toBe('499 IDs or more');
});

test.each([
	['works', 'yes', '499 IDs or more'],
	['ignored', 'no', undefined],
	['refused', 'no, it is refused', undefined],
	['cut', 'yes, by the first 12', '12 IDs; further ones are ignored'],
] as const)('personality_ids that a list %s', async (idFilter, answer, length) => {
	const { report } = await checkWith({ idFilter });
	expect(answerIn(report, 'idFilter')).toEqual([answer, `idFilter: ${idFilter}`]);
	expect(answerIn(report, 'readLength')).toEqual([length, undefined]);
});

test.each<[string, Partial<Behaviour>, string]>([
	['of 255 characters', { maxIdsLength: 255 }, '12 IDs, and not 13'],
	['in an address of 3,000 characters', { maxUrlLength: 3_000 }, '100 IDs, and not 200'],
	['in an address of 200 characters', { maxUrlLength: 200 }, 'fewer than 12 IDs'],
])('lists of IDs %s', async (_, behaviour, answer) => {
	const { report } = await checkWith(behaviour);
	expect(answerIn(report, 'readLength')).toEqual([answer, undefined]);
	expect(answerIn(report, 'idFilter')).toEqual(['yes', 'idFilter: works']);
});

test.each([
	['oas', 'that of the OpenAPI files', 'yes'],
	['docs', 'that of the documentation', 'no'],
] as const)('answers in the form of the %s', async (sources, form, optional) => {
	const { report } = await checkWith({ sources });
	expect(answerIn(report, 'forms')).toEqual([form, `sources: ${sources}`]);
	expect(answerIn(report, 'typeOptional')).toEqual([optional, undefined]);
	expect(report.outside).toEqual([]);
});

test('pages that are all the first', async () => {
	const { report } = await checkWith({ ignoresPages: true });
	expect(answerIn(report, 'pages')).toEqual(['no', 'ignoresPages: true']);
});

test.each([100, 200])('pages of %d', async (pageSize) => {
	emulator.world.addPortalUsers(DEALERS, pageSize);
	const { report } = await checkWith({ pageSize });
	expect(answerIn(report, 'pageSize')).toEqual([String(pageSize), `pageSize: ${pageSize}`]);
});

test('pages that hold more than anybody says', async () => {
	emulator.world.addPortalUsers(DEALERS, 300);
	const { report } = await checkWith({ pageSize: 500 });
	expect(answerIn(report, 'pageSize')).toEqual(['303 or more', undefined]);
});

test('portal users among the CRM users', async () => {
	emulator.world.addUser('Mina', 'Shah', { type__s: 'Client Portal User' });
	const { report } = await check(emulator);
	expect(answerIn(report, 'crmUsers')).toEqual(['yes', undefined]);
});

test.each([
	[true, 'yes'],
	[false, 'no'],
])('a portals/meta that exists: %s', async (hasMeta, answer) => {
	const { report, consents } = await checkWith({ hasMeta }, ['--also', 'portalsMeta']);
	expect(answerIn(report, 'portalsMeta')).toEqual([answer, `hasMeta: ${hasMeta}`]);
	expect(consents.slice(1)).toEqual([['ZohoCRM.settings.clientportal.ALL']]);
});

test('asks whether settings.ALL covers portals with that scope alone', async () => {
	const { report, consents } = await check(emulator, ['--also', 'settingsAll']);
	expect(answerIn(report, 'settingsAll')).toEqual(['no', undefined]);
	expect(consents.slice(1)).toEqual([['ZohoCRM.settings.ALL']]);
});

test('a portal with nobody in it leaves open what is about people', async () => {
	emulator.world.portalUsers.clear();
	const { report } = await check(emulator);
	for (const id of ['forms', 'pages', 'idFilter', 'readLength', 'crmUsers']) {
		expect([id, ...answerIn(report, id)]).toEqual([id, undefined, undefined]);
	}
	expect(answerIn(report, 'unknownPortal')).toEqual([`${INVALID_DATA}, no details`, undefined]);
});

test.each<[string, Partial<Behaviour>, string]>([
	[
		'in a sandbox',
		{ environment: 'sandbox' },
		'The portals cannot be read: 400 API_NOT_SUPPORTED in the body itself, details: unsupported_environment.',
	],
	[
		'for a portal user',
		{ portalUserToken: true },
		'The user types cannot be read: 400 API_NOT_SUPPORTED in the body itself, details: unsupported_login_user_type.',
	],
	[
		'without the permission for portals',
		{ lacking: ['Crm_Implied_Manage_ClientPortal'] },
		'The portals cannot be read: 403 NO_PERMISSION in the body itself, no details.',
	],
])('reports that it can ask nothing %s', async (_, behaviour, stopped) => {
	const { report } = await checkWith(behaviour);
	expect(report.stopped).toBe(stopped);
	expect(report.results.filter(({ settled }) => settled)).toEqual([]);
	expect(report.before.length).toBeGreaterThan(0);
});

test('a person who may not see portal users is told what it takes', async () => {
	const { report } = await checkWith({ lacking: ['Crm_Implied_Manage_ClientPortal_Users'] });
	expect(report.stopped).toContain('The portal users cannot be read: 403');
	expect(report.stopped).toContain('a profile with the permissions');
	expect(report.results.filter(({ settled }) => settled)).toEqual([]);
});

test('the portal is the one that was named', async () => {
	const { report } = await check(emulator, ['--portal', 'NotThere']);
	expect(report.stopped).toBe('There is no portal of that name.');
});
