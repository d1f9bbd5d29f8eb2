import type { Fault } from '../../emulator/faults';
import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { addUsers, useEmulator } from '../../harness/useEmulator';
import { addRecords, check, resultOf, writing } from './check';

let emulator: Emulator;
/** Who is in the portal, and none of the check's business. */
let others: string[];

useEmulator((started) => (emulator = started));
beforeEach(() => {
	const types = [CLIENT_PORTAL, DEALERS, PREMIUM];
	others = types.flatMap((type) => addUsers(emulator, 2, type));
});

const writes = () => emulator.requests.filter(({ method }) => method !== 'GET');

/** State of those who were not named. */
const stateOfOthers = () => others.map((id) => structuredClone(emulator.world.portalUsers.get(id)));

/** Plants a fault once a call with this method was answered. */
function after(method: string, fault: Fault): void {
	emulator.onExchange = (exchange) => {
		if (exchange.method !== method) return;
		emulator.onExchange = undefined;
		emulator.faults.add(fault);
	};
}

test.each(['', 'acme example', PORTAL])(
	'"%s" is not the name: nothing is written',
	async (types) => {
		const args = writing('delete', addUsers(emulator, 2));
		const { report } = await check(emulator, args, { types });
		expect(writes()).toEqual([]);
		expect(report.stopped).toContain('not typed');
		expect(resultOf(report, 'idFilter').answer).toBe('yes');
		expect(resultOf(report, 'deleteMixed').settled).toBe(false);
	},
);

test('a person is told of everything before it is done', async () => {
	const people = addRecords(emulator, 3);
	const args = writing('delete,invite,transfer,status', people);
	const { said, scopes } = await check(emulator, args, { types: 'no' });
	expect(said).toContain(
		[
			'The organization is Acme Example, the portal AcmeClients. The check now',
			`- invite: invites ${people.join(', ')}: each gets an email, and ${people[0]}, who is invited up to four times, up to three`,
			`- status: deactivates those of ${people.join(', ')} who have accepted, and activates them again`,
			`- transfer: moves ${people[0]} to the user type ${PREMIUM} and back`,
			`- delete: removes ${people[0]}, ${people[1]} from the portal`,
			'Type the name of the organization to go on:',
		].join('\n'),
	);
	expect(scopes).toHaveLength(1);
});

test('only those who were named are written to, and only with the scopes for it', async () => {
	const people = addRecords(emulator, 3);
	const before = stateOfOthers();
	const { scopes } = await check(emulator, writing('invite,status,transfer,delete', people));
	expect(stateOfOthers()).toEqual(before);
	expect(emulator.world.mails.map(({ record_id }) => record_id)).toEqual(people);
	expect([...emulator.world.portalUsers.keys()].sort()).toEqual([...others, people[2]].sort());
	const levels = ['CREATE', 'DELETE', 'READ', 'UPDATE'];
	expect(scopes.map((asked) => asked.sort())).toEqual([
		['ZohoCRM.org.READ', 'ZohoCRM.settings.clientportal.READ', 'ZohoCRM.users.READ'],
		levels.map((level) => `ZohoCRM.settings.clientportal.${level}`),
	]);
	expect(Math.max(...emulator.requests.map(({ inFlight }) => inFlight))).toBe(1);
});

test('what was not named is not done', async () => {
	const { report } = await check(emulator, writing('transfer', addUsers(emulator, 2)));
	expect(writes().filter(({ url }) => !url.includes('/action/transfer?'))).toEqual([]);
	expect(resultOf(report, 'deleteMixed').needed).toBe('--writes delete');
});

test.each<[string, string, () => string[], RegExp, string?]>([
	['who is in the portal already is not invited', 'invite', () => [others[0]], /already/],
	['who is not in the portal is not removed', 'delete', () => addRecords(emulator, 2), /is not in/],
	['who is in another user type is not removed', 'delete', () => [others[0]], /is not in/],
	[
		'a user type that is not there',
		'invite',
		() => addRecords(emulator, 1),
		/^The portal has no user type <id \d+>\.$/,
		'731000000000',
	],
])('%s', async (_, named, people, why, userType = DEALERS) => {
	const before = stateOfOthers();
	const { report, files } = await check(emulator, writing(named, people(), userType));
	expect(report.stopped).toMatch(why);
	expect(files).not.toMatch(/\d{9}/);
	expect(writes()).toEqual([]);
	expect(stateOfOthers()).toEqual(before);
});

test('a write without an answer is the last one', async () => {
	emulator.faults.add({ kind: 'reset', before: false, method: 'POST', times: 1 });
	const { report } = await check(emulator, writing('invite,delete', addRecords(emulator, 3)));
	expect(writes()).toHaveLength(1);
	expect(report.stopped).toBe('A call got no answer');
	expect(resultOf(report, 'invitation').settled).toBe(false);
});

test.each<Fault>([
	{ kind: 'status', status: 403, before: true },
	{ kind: 500, before: true },
	{ kind: 'html', before: true },
	{ kind: 'empty', before: true },
	{ kind: 'wrapped', status: 200, before: true },
])('a list with %j shows nobody to be uninvited or gone', async (fault) => {
	const unread = { ...fault, method: 'GET', url: 'per_page=200' };
	after('DELETE', unread);
	const removed = await check(emulator, writing('delete', addUsers(emulator, 2)));
	expect(resultOf(removed.report, 'deleteMixed').settled).toBe(false);
	expect(removed.report.stopped).toContain('The portal users cannot be read');
	expect(writes()).toHaveLength(1);
	const { report } = await check(emulator, writing('invite', addRecords(emulator, 1)));
	expect(report.stopped).toContain('The portal users cannot be read');
	expect(writes()).toHaveLength(1);
});

test('a list with more pages than are read shows nobody to be uninvited', async () => {
	addUsers(emulator, 101);
	Object.assign(emulator.switches, { pageSize: 1 });
	const { report } = await check(emulator, writing('invite', addRecords(emulator, 1)));
	expect(report.stopped).toContain('more than 100 pages');
	expect(writes()).toEqual([]);
});

describe('undo', () => {
	test.each<[string, Fault]>([
		['a 429', { kind: 'throttle', before: true, method: 'GET', url: 'job_id=' }],
		['no answer', { kind: 'reset', before: true, method: 'GET', url: 'job_id=' }],
		['no answer to the call itself', { kind: 'reset', before: false, method: 'PUT', times: 1 }],
	])('of a change of the status of many, after %s', async (_, fault) => {
		const people = addUsers(emulator, 3);
		emulator.faults.add(fault);
		const { report, said } = await check(emulator, writing('status', people));
		const states = people.map((id) => emulator.world.portalUsers.get(id)?.active);
		expect(states).toEqual([true, true, true]);
		expect(resultOf(report, 'statusJob').settled).toBe(false);
		expect(said).not.toContain('Not undone');
	});

	test('of a transfer, after a list that cannot be read', async () => {
		const [person] = addUsers(emulator, 1);
		after('POST', { kind: 500, before: true, method: 'GET', times: 1 });
		const { report } = await check(emulator, writing('transfer', [person]));
		expect(emulator.world.portalUsers.get(person)?.userTypeId).toBe(DEALERS);
		expect(report.stopped).toContain('cannot be read');
	});

	test.each([
		['status', 'PUT', '/actions/change_status?', 'to be activated by hand'],
		['transfer', 'POST', `${PREMIUM}/users/action/transfer`, 'to be moved back by hand'],
	])('that fails is told: %s', async (named, method, url, todo) => {
		const people = addUsers(emulator, 3);
		emulator.faults.add({ kind: 500, before: true, method, url, times: 1 });
		const { report, said, files } = await check(emulator, writing(named, people));
		expect(report.results.filter(({ answer }) => /done|at once/.test(answer ?? ''))).toHaveLength(
			1,
		);
		const amount = named === 'status' ? 3 : 1;
		expect(said).toContain(`Not undone for 1 of ${amount}: ${people[0]} (${todo}).`);
		expect(files).toMatch(new RegExp(`Not undone for 1 of ${amount}: <id \\d+> \\(${todo}\\)`));
		const { active, userTypeId } = emulator.world.portalUsers.get(people[0]) ?? {};
		expect(named === 'status' ? active : userTypeId === DEALERS).toBe(false);
	});
});
