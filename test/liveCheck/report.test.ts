import { documentedError } from '../../emulator/contract';
import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { Redactor } from '../../tools/liveCheck/redact';
import { answerIn, check } from './check';

let emulator: Emulator;

beforeAll(async () => (emulator = await Emulator.start()));
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

/** Every text and long number of the emulator's world that belongs to somebody. */
const PERSONAL = [
	'Zebulon',
	'Quuxley',
	'Čapek',
	'zebulon',
	'Whitfield',
	'Wholesalers',
	'Acme',
	'Asha',
	'Rao',
	'example.test',
	PORTAL,
];

/** Runs everything on people with names that stand out. */
async function checkEverything() {
	const { world } = emulator;
	const record = world.addRecord({ name: 'Zebulon Quuxley', email: 'zebulon@example.test' });
	world.addPortalUser(DEALERS, record);
	world.addPortalUsers(DEALERS, 2, { name: 'Karel Čapek' });
	world.addUserType(PORTAL, 'Whitfield Wholesalers');
	const people = Array.from({ length: 3 }, () => world.addRecord({ name: 'Zebulon' }).id);
	const named = ['--people', people.join(','), '--user-type', DEALERS];
	const writes = ['--writes', 'invite,status,transfer,delete', '--target-user-type', PREMIUM];
	const also = ['--also', 'portalsMeta,settingsAll'];
	return await check(emulator, [...named, ...writes, ...also], { types: world.organization });
}

describe('no personal data', () => {
	test('of anybody in the organization, and no secret', async () => {
		const answers: string[] = [];
		const tokens: string[] = [];
		const answered = jest.spyOn(Response.prototype, 'json');
		emulator.onExchange = ({ answer }) => void answers.push(JSON.stringify(answer));
		const { files } = await checkEverything();
		for (const { value } of answered.mock.results) {
			const { access_token } = Object(await value);
			if (access_token) tokens.push(String(access_token));
		}
		answered.mockRestore();
		emulator.onExchange = undefined;

		// All of it was there to be leaked.
		const seen = answers.join('\n');
		for (const word of ['Zebulon Quuxley', 'Čapek', 'Whitfield', 'Asha Rao', PORTAL]) {
			expect(seen).toContain(word);
		}
		expect(tokens).toHaveLength(4);
		for (const leak of [...PERSONAL, ...tokens, CLIENT_ID, CLIENT_SECRET, '1000.']) {
			expect([leak, files.includes(leak)]).toEqual([leak, false]);
		}
		expect(files).not.toMatch(/@|\d{9}/);
	});

	test('that an error repeats, of whomever it is', async () => {
		emulator.force('getPortalInviteJobs', {
			http: 400,
			code: 'PORTAL_FROZEN_BY_OWNER',
			wrapper: null,
			details: { param_name: 'job_id', owner: 'Zebulon Quuxley', id: 7310000000000999 },
			message: 'The portal of Zebulon <zebulon@example.test> failed at http://a.example/b',
			when: '',
			basis: '',
		});
		const { report, files } = await check(emulator);
		expect(answerIn(report, 'unknownJob')[0]).toBe(
			'400 PORTAL_FROZEN_BY_OWNER in the body itself, details: param_name, owner, id',
		);
		const found = report.results.find(({ id }) => id === 'unknownJob');
		expect(found?.evidence[0]?.body).toEqual({
			code: 'PORTAL_FROZEN_BY_OWNER',
			details: {
				param_name: 'job_id',
				owner: expect.stringMatching(/^<text \d+>$/),
				id: expect.stringMatching(/^<id \d+> as a number$/),
			},
			message: expect.stringMatching(/^The portal of … <<email \d+>> failed at <address \d+>$/),
			status: 'error',
		});
		for (const leak of PERSONAL) expect([leak, files.includes(leak)]).toEqual([leak, false]);
	});

	test('the same ID has the same placeholder wherever it is', async () => {
		const [person] = emulator.world.addPortalUsers(DEALERS, 1);
		const { report } = await check(emulator);
		const [list] = report.before.slice(-3);
		const [asked] = report.results.find(({ id }) => id === 'idFilter')?.evidence ?? [];
		const id = asked.query.personality_ids;
		expect(id).toMatch(/^<id \d+>$/);
		expect(list.body).toMatchObject({ users: [{ personality_id: id }] });
		expect(JSON.stringify(report)).not.toContain(person.personality_id);
	});

	test.each([
		['an ID', 'person 7310000000000400001'],
		['an email address', 'mina@example.test'],
		['a secret', 'the secret is open-sesame'],
	])('a report with %s after all is not written', (_, text) => {
		const redactor = new Redactor();
		redactor.hide('open-sesame');
		expect(() => redactor.check(text)).toThrow('was not written');
		expect(() => redactor.check('<id 1>, <email 1>, 499 IDs')).not.toThrow();
	});

	test('of texts only words that Zoho uses are left, and none of the data', () => {
		const redactor = new Redactor();
		redactor.shape({ users: [{ name: 'License Portal', Karel: 1 }] });
		expect(redactor.text('License Portal has no license, yells Karel.')).toBe(
			'<text 1> has no license, … ….',
		);
	});
});

describe('the contract', () => {
	test('a key that it does not have is reported without its value', async () => {
		emulator.world.portals.clear();
		emulator.world.addPortal(PORTAL, { planted: 'Zebulon' });
		const { report, files } = await check(emulator);
		expect(report.outside).toEqual([
			{
				call: 'GET /settings/portals',
				status: 200,
				pointer: '/body/portals/*/planted',
				schema: 'getPortals/success/0 (oas-example)',
				message: 'is not known',
				times: 1,
			},
		]);
		expect(report.before[0].contract).toBe('outside');
		expect(files).not.toContain('Zebulon');
		expect(files).toContain('| GET /settings/portals | 200 | /body/portals/*/planted |');
	});

	test('a value of another type is counted over the rows of a list', async () => {
		emulator.world.addPortalUsers(DEALERS, 3, { status_reason__s: Object(1) });
		const { report } = await check(emulator);
		const [{ pointer, times }] = report.outside;
		expect(pointer).toBe('/body/users/*/status_reason__s');
		expect(times).toBeGreaterThan(3);
	});

	test('an error that is not documented', async () => {
		const error = documentedError('getPortal', 'INVALID_DATA', 'unknown portal');
		emulator.force('getUsers', { ...error, code: 'PLANTED' });
		emulator.world.addPortalUsers(DEALERS, 1);
		const { report } = await check(emulator);
		expect(report.outside).toMatchObject([{ call: 'GET /users', pointer: '/body/code' }]);
	});

	test('a page of HTML in the place of an answer', async () => {
		emulator.faults.add({ kind: 'html', before: true, url: '/users?type=AllUsers&type__s' });
		emulator.world.addPortalUsers(DEALERS, 1);
		const { report } = await check(emulator);
		expect(report.outside).toMatchObject([{ call: 'GET /users', status: 200, pointer: '/body' }]);
		const found = report.results.find(({ id }) => id === 'crmUsers');
		expect(found?.evidence[0].body).toMatch(/^a text of \d+ characters that is no JSON$/);
	});

	test('what the emulator only assumes is told apart', async () => {
		const { report } = await check(emulator);
		const found = report.results.find(({ id }) => id === 'unknownUserType');
		expect(found?.evidence.map(({ contract }) => contract)).toEqual([
			'as documented',
			expect.stringMatching(/^as the emulator assumes: .*unknown user type/),
		]);
	});
});

describe('a run that cannot go on', () => {
	test('ends with the first 429, and reports what it has', async () => {
		emulator.world.addPortalUsers(DEALERS, 2);
		emulator.faults.add({ kind: 'throttle', before: true, url: 'personality_ids' });
		const { report } = await check(emulator);
		const last = emulator.requests.at(-1);
		expect(last?.status).toBe(429);
		expect(emulator.requests.filter(({ status }) => status === 429)).toHaveLength(1);
		expect(report.stopped).toBe('Zoho answered 429');
		expect(answerIn(report, 'pages')[0]).toBe('yes');
		expect(report.results.find(({ id }) => id === 'unknownPortal')?.needed).toBe(
			'another run: the check stopped before',
		);
	});

	test('goes on after a read without an answer', async () => {
		emulator.world.addPortalUsers(DEALERS, 2);
		emulator.faults.add({ kind: 'reset', before: true, url: 'personality_ids', times: 1 });
		const { report } = await check(emulator);
		expect(answerIn(report, 'idFilter')).toEqual([undefined, undefined]);
		expect(answerIn(report, 'readLength')[0]).toBe('499 IDs or more');
		expect(report.stopped).toBeUndefined();
	});

	test('does not follow a redirect with the token', async () => {
		emulator.faults.add({ kind: 'redirect', before: true });
		const { report } = await check(emulator);
		expect(emulator.requests).toHaveLength(1);
		expect(report.stopped).toContain('The portals cannot be read: 302');
	});
});
