import type { Switches } from '../../emulator/switches';
import { documentedError } from '../../emulator/contract';
import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { DEALERS, PORTAL } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { addUsers, useEmulator } from '../../harness/useEmulator';
import { Redactor } from '../../tools/liveCheck/redact';
import { addRecords, check, resultOf, writing } from './check';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

/** What an organization has that no source of Zoho's names: custom fields, names, small numbers. */
const OWN = {
	Salary__c: 48_017,
	ZIP_Code: '90217',
	LOYALTY_TIER: 'GOLD_MEMBER',
	status_reason__s: 'ASKED_BY_KAREL',
	type__s: 'MARIA_LOPEZ',
};

/** Every text and number of the emulator's world that belongs to somebody. */
const PERSONAL = [
	...Object.entries(OWN).flatMap(([key, value]) => (/__s$/.test(key) ? value : [key, value])),
	...['Zebulon', 'Quuxley', 'Čapek', 'zebulon', 'Whitfield', 'Wholesalers', 'Acme', 'Asha', 'Rao'],
	...['example.test', PORTAL, CLIENT_ID, CLIENT_SECRET, '1000.'],
].map(String);

const leaksIn = (files: string) => PERSONAL.filter((word) => files.includes(word));

describe('no personal data', () => {
	test('of anybody in the organization, and no secret', async () => {
		const answers: string[] = [];
		emulator.onExchange = ({ answer }) => void answers.push(JSON.stringify(answer));
		const { world } = emulator;
		const record = world.addRecord({ name: 'Zebulon Quuxley', email: 'zebulon@example.test' });
		world.addPortalUser(DEALERS, record);
		world.addPortalUsers(DEALERS, 2, { name: 'Karel Čapek', ...OWN });
		world.addUserType(PORTAL, 'Whitfield Wholesalers');
		const people = addRecords(emulator, 3);
		const named = writing('invite,status,transfer,delete', people);
		const { files } = await check(emulator, [...named, '--also', 'portalsMeta,settingsAll']);
		emulator.onExchange = undefined;

		// All of it was there to be leaked.
		const seen = answers.join('\n');
		const there = ['Zebulon Quuxley', 'Čapek', 'Whitfield', 'Asha Rao', PORTAL];
		const all = [...there, ...Object.entries(OWN).flat().map(String)];
		expect(all.filter((word) => !seen.includes(word))).toEqual([]);
		expect(leaksIn(files)).toEqual([]);
		expect(files).not.toMatch(/@|\d{9}/);
	});

	test('that an error repeats, of whomever it is', async () => {
		emulator.force('getPortalInviteJobs', {
			http: 400,
			code: 'MARIA_LOPEZ',
			wrapper: null,
			details: { param_name: 'job_id', LOYALTY_TIER: 90217, id: 7310000000000999 },
			message: 'The portal of Zebulon <zebulon@example.test> failed at http://a.example/b',
			when: '',
			basis: '',
		});
		const { report, files } = await check(emulator);
		expect(resultOf(report, 'unknownJob').answer).toBe(
			'400 (undocumented) in the body itself, details: param_name, (undocumented), id',
		);
		expect(resultOf(report, 'unknownJob').evidence[0]?.body).toEqual({
			code: expect.stringMatching(/^<text \d+>$/),
			details: {
				param_name: 'job_id',
				[String(/<text \d+>(?=": "<number>")/.exec(files)?.[0])]: '<number>',
				id: '<number>',
			},
			message: expect.stringMatching(/^<text \d+>$/),
			status: 'error',
		});
		expect(leaksIn(files)).toEqual([]);
	});

	test('the same ID has the same placeholder wherever it is', async () => {
		addUsers(emulator, 1);
		const { report } = await check(emulator);
		const [list] = report.before.slice(-3);
		const id = resultOf(report, 'idFilter').evidence[0]?.query.personality_ids;
		expect(id).toMatch(/^<id \d+>$/);
		expect(list.body).toMatchObject({ users: [{ personality_id: id }] });
	});

	test.each([
		['an ID', 'person 7310000000000400001'],
		['an email address', 'mina@example.test'],
		['a secret', 'the secret is open-sesame'],
	])('a report with %s after all is not written', (_, text) => {
		const redactor = new Redactor();
		redactor.secrets.push('open-sesame');
		expect(() => redactor.check(text)).toThrow('was not written');
		expect(() => redactor.check('<id 1>, <text 1>, 499 IDs')).not.toThrow();
	});

	test('names stay where Zoho documents them, and types in place of all else', () => {
		const row = { code: 'INVALID_DATA', status: 'error', message: 'invalid data', active: true };
		const details = { api_name: 'Last_Visit', json_path: '$.users[3].Last_Visit', count: 7 };
		expect(new Redactor().shape({ users: [{ ...row, details }], name: 'INVALID_DATA' })).toEqual({
			users: [
				{
					code: 'INVALID_DATA',
					status: 'error',
					message: '<text 1>',
					active: '<boolean>',
					details: { api_name: '<text 2>', json_path: '$.users[*].<text 2>', count: '<number>' },
				},
			],
			name: '<text 3>',
		});
	});
});

describe('the contract', () => {
	test('a key that it does not have is reported without its name and value', async () => {
		emulator.world.portals.clear();
		emulator.world.addPortal(PORTAL, { planted: 'Zebulon' });
		const { report, files } = await check(emulator);
		const [{ pointer }] = report.outside;
		expect(pointer).toMatch(/^\/body\/portals\/\*\/<text \d+>$/);
		const found = { call: 'GET /settings/portals', status: 200, pointer, times: 1 };
		const schema = 'getPortals/success/0 (oas-example)';
		expect(report.outside).toEqual([{ ...found, schema, message: 'is not known' }]);
		expect(report.before[0].contract).toBe('outside');
		expect(files).not.toMatch(/Zebulon|planted/);
		expect(files).toContain(`| GET /settings/portals | 200 | ${pointer} |`);
	});

	test.each<[string, () => unknown, object, unknown?]>([
		[
			'a value of another type, counted over the rows of a list',
			() => {
				emulator.world.addUser('Pia', 'Shah', { type__s: 'Client Portal User' });
				emulator.world.addPortalUsers(DEALERS, 3, { status_reason__s: Object(1) });
			},
			{ pointer: '/body/users/*/status_reason__s', times: 10 },
		],
		[
			'an error that is not documented',
			() => {
				const error = documentedError('getPortal', 'INVALID_DATA', 'unknown portal');
				emulator.force('getUsers', { ...error, code: 'PLANTED' });
			},
			{ call: 'GET /users', pointer: '/body/code', times: 1 },
		],
		[
			'a page of HTML in the place of an answer',
			() =>
				emulator.faults.add({ kind: 'html', before: true, url: '/users?type=AllUsers&type__s' }),
			{ call: 'GET /users', status: 200, pointer: '/body', times: 1 },
			expect.stringMatching(/^a text of \d+ characters that is no JSON$/),
		],
	])('%s', async (_, plan, outside, body = expect.anything()) => {
		addUsers(emulator, 1);
		plan();
		const { report } = await check(emulator);
		expect(report.outside).toMatchObject([outside]);
		expect(resultOf(report, 'crmUsers').evidence[0]?.body).toEqual(body);
	});

	test('what the emulator only assumes is told apart', async () => {
		const { evidence } = resultOf((await check(emulator)).report, 'unknownUserType');
		expect(evidence.map(({ contract }) => contract)).toEqual([
			'as documented',
			expect.stringMatching(/^as the emulator assumes: .*unknown user type/),
		]);
	});
});

describe('a run that cannot go on', () => {
	beforeEach(() => void addUsers(emulator, 2));

	test('ends with the first 429, and reports what it has', async () => {
		emulator.faults.add({ kind: 'throttle', before: true, url: 'personality_ids' });
		const { report } = await check(emulator);
		expect(emulator.requests.findIndex(({ status }) => status === 429)).toBe(report.calls - 1);
		expect(report.stopped).toBe('Zoho answered 429');
		expect(resultOf(report, 'pages').answer).toBe('yes');
		expect(resultOf(report, 'unknownPortal').needed).toBe('another run: the check stopped before');
	});

	test('goes on after a read without an answer', async () => {
		emulator.faults.add({ kind: 'reset', before: true, url: 'personality_ids', times: 1 });
		const { report } = await check(emulator);
		expect(resultOf(report, 'idFilter').settled).toBe(false);
		expect(resultOf(report, 'readLength').answer).toBe('499 IDs or more');
		expect(report.stopped).toBeUndefined();
	});

	test('does not follow a redirect with the token', async () => {
		emulator.faults.add({ kind: 'redirect', before: true });
		const { report } = await check(emulator);
		expect(emulator.requests).toHaveLength(1);
		expect(report.stopped).toContain('The portals cannot be read: 302');
	});

	test.each<[Partial<Switches>, string[], string]>([
		[
			{ environment: 'sandbox' },
			[],
			'The portals cannot be read: 400 API_NOT_SUPPORTED in the body itself, details: unsupported_environment.',
		],
		[
			{ portalUserToken: true },
			[],
			'The user types cannot be read: 400 API_NOT_SUPPORTED in the body itself, details: unsupported_login_user_type.',
		],
		[
			{ lacking: ['Crm_Implied_Manage_ClientPortal'] },
			[],
			'The portals cannot be read: 403 NO_PERMISSION in the body itself, no details.',
		],
		[
			{ lacking: ['Crm_Implied_Manage_ClientPortal_Users'] },
			[],
			'The portal users cannot be read: 403 NO_PERMISSION in the body itself, details: permissions. It takes a person who may do that: a profile with the permissions for portals and for the API.',
		],
		[{}, ['--portal', 'NotThere'], 'There is no portal of that name.'],
	])('can ask nothing: %j %j', async (switches, args, stopped) => {
		Object.assign(emulator.switches, switches);
		const { report } = await check(emulator, args);
		expect(report.stopped).toBe(stopped);
		expect(report.results.filter(({ settled }) => settled)).toEqual([]);
		expect(report.before.length).toBeGreaterThan(0);
	});
});
