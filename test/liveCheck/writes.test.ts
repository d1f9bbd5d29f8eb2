import type { Behaviour } from '../../emulator/behaviour';
import type { Fault } from '../../emulator/faults';
import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, VENDORS } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { useEmulator } from '../../harness/useEmulator';
import { answerIn, check, resultOf } from './check';

let emulator: Emulator;
/** Who is in the portal, and none of the check's business. */
let others: string[];

useEmulator((started) => (emulator = started));
beforeEach(() => {
	const { world } = emulator;
	others = [CLIENT_PORTAL, DEALERS, PREMIUM].flatMap((type) => ids(world.addPortalUsers(type, 2)));
});

function ids(people: Array<{ personality_id: string }>): string[] {
	return people.map(({ personality_id }) => personality_id);
}

/** Records that nobody invited. */
const records = (amount: number) =>
	Array.from({ length: amount }, () => emulator.world.addRecord().id);

/** People of the dealers who have accepted. */
const dealers = (amount: number) => ids(emulator.world.addPortalUsers(DEALERS, amount));

interface Writes {
	writes: string;
	people: string[];
	behaviour?: Partial<Behaviour>;
	/** What is typed as the name of the organization. */
	types?: string;
	userType?: string;
}

async function checkWith({ writes, people, behaviour, types, userType = DEALERS }: Writes) {
	Object.assign(emulator.behaviour, behaviour);
	const named = ['--people', people.join(','), '--user-type', userType];
	const args = ['--writes', writes, ...named, '--target-user-type', PREMIUM];
	return await check(emulator, args, { types: types ?? emulator.world.organization });
}

const writing = () => emulator.requests.filter(({ method }) => method !== 'GET');

/** State of those who were not named. */
const stateOfOthers = () => others.map((id) => structuredClone(emulator.world.portalUsers.get(id)));

describe('safe', () => {
	test.each(['', 'acme example', PORTAL])(
		'"%s" is not the name: nothing is written',
		async (types) => {
			const { report } = await checkWith({ writes: 'delete', people: dealers(2), types });
			expect(writing()).toEqual([]);
			expect(report.stopped).toContain('not typed');
			expect(answerIn(report, 'idFilter')[0]).toBe('yes');
			expect(answerIn(report, 'deleteMixed')).toEqual([undefined, undefined]);
		},
	);

	test('a person is told of everything before it is done', async () => {
		const people = records(3);
		const writes = 'delete,invite,transfer,status';
		const { said, scopes } = await checkWith({ writes, people, types: 'no' });
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
		const people = records(3);
		const before = stateOfOthers();
		const { scopes } = await checkWith({ writes: 'invite,status,transfer,delete', people });
		expect(stateOfOthers()).toEqual(before);
		expect(emulator.world.mails.map(({ record_id }) => record_id)).toEqual(people);
		expect([...emulator.world.portalUsers.keys()].sort()).toEqual([...others, people[2]].sort());
		expect(scopes.map((asked) => asked.sort())).toEqual([
			['ZohoCRM.org.READ', 'ZohoCRM.settings.clientportal.READ', 'ZohoCRM.users.READ'],
			['CREATE', 'DELETE', 'READ', 'UPDATE'].map(
				(level) => `ZohoCRM.settings.clientportal.${level}`,
			),
		]);
		expect(Math.max(...emulator.requests.map(({ inFlight }) => inFlight))).toBe(1);
	});

	test('what was not named is not done', async () => {
		const { report } = await checkWith({ writes: 'transfer', people: dealers(2) });
		expect(new Set(writing().map(({ url }) => url.replace(/\?.*/, '').split('/').pop()))).toEqual(
			new Set(['transfer']),
		);
		expect(resultOf(report, 'deleteMixed').needed).toBe('--writes delete');
	});

	test.each([
		['who is in the portal already is not invited', 'invite', () => [others[0]], 'already'],
		['who is not in the portal is not removed', 'delete', () => records(2), 'is not in'],
		['who is in another user type is not removed', 'delete', () => [others[0]], 'is not in'],
	])('%s', async (_, writes, people, why) => {
		const before = stateOfOthers();
		const { report, files } = await checkWith({ writes, people: people() });
		expect(report.stopped).toContain(why);
		expect(files).not.toMatch(/\d{9}/);
		expect(writing()).toEqual([]);
		expect(stateOfOthers()).toEqual(before);
	});

	test('a user type that is not there', async () => {
		const people = records(1);
		const { report } = await checkWith({ writes: 'invite', people, userType: '731000000000' });
		expect(report.stopped).toMatch(/^The portal has no user type <id \d+>\.$/);
		expect(writing()).toEqual([]);
	});

	test('a write without an answer is the last one', async () => {
		emulator.faults.add({ kind: 'reset', before: false, method: 'POST', times: 1 });
		const { report } = await checkWith({ writes: 'invite,delete', people: records(3) });
		expect(writing()).toHaveLength(1);
		expect(report.stopped).toBe('A call got no answer');
		expect(answerIn(report, 'invitation')).toEqual([undefined, undefined]);
	});
});

describe('a list that cannot be read', () => {
	const unread: Fault[] = [
		{ kind: 'status', status: 403, before: true },
		{ kind: 500, before: true },
		{ kind: 'html', before: true },
		{ kind: 'empty', before: true },
		{ kind: 'wrapped', status: 200, before: true },
	];

	test.each(unread)('shows nobody to be uninvited: %j', async (fault) => {
		emulator.faults.add({ ...fault, method: 'GET', url: 'per_page=200' });
		const { report } = await checkWith({ writes: 'invite', people: records(1) });
		expect(report.stopped).toContain('The portal users cannot be read');
		expect(writing()).toEqual([]);
	});

	test.each(unread)('shows nobody to be gone: %j', async (fault) => {
		const people = dealers(2);
		emulator.onExchange = ({ method }) => {
			if (method === 'DELETE') {
				emulator.faults.add({ ...fault, method: 'GET', url: 'per_page=200' });
			}
		};
		const { report } = await checkWith({ writes: 'delete', people });
		emulator.onExchange = undefined;
		expect(answerIn(report, 'deleteMixed')).toEqual([undefined, undefined]);
		expect(report.stopped).toContain('The portal users cannot be read');
		expect(writing()).toHaveLength(1);
	});

	test('has more pages than are read', async () => {
		emulator.world.addPortalUsers(DEALERS, 101);
		const behaviour = { pageSize: 1 };
		const { report } = await checkWith({ writes: 'invite', people: records(1), behaviour });
		expect(report.stopped).toContain('more than 100 pages');
		expect(writing()).toEqual([]);
	});
});

const MIXED = {
	rows: 'a row each, done',
	named: 'a refusal that names the wrong IDs',
	first: 'a refusal that names one wrong ID',
	unnamed: 'a refusal without IDs',
	doneThenNamed: 'a refusal, done all the same',
} as const;
const BULK = {
	fast: 'all are changed at once',
	slow: 'all are changed, some later',
	ignoresSome: 'some are changed',
	ignoresAll: 'nobody is changed',
	unknown: 'there is no such call',
} as const;
const ROWS = {
	inOrder: 'every row, in the order of the call, a failed one without an ID',
	reversed: 'every row, the last first, a failed one without an ID',
	failedLast: 'every row, failed ones last, a failed one without an ID',
	incomplete: 'not every row',
} as const;
const LONG = { delete: 499, transfer: 200 };

type Answers = Record<string, [answer?: string, plays?: string]>;

/** What the lists of IDs of deletions and transfers show. */
const lengths = (deletion: string, transfer: string): Answers => ({
	deleteLength: [deletion],
	transferLength: [transfer],
});

test.each<[writes: string, Partial<Behaviour>, Answers]>([
	...Object.entries(MIXED).map(([mixedIds, answer]): [string, object, Answers] => {
		const expected: [string, string] = [answer, `mixedIds: ${mixedIds}`];
		return ['transfer,delete', { mixedIds }, { transferMixed: expected, deleteMixed: expected }];
	}),
	...Object.entries(BULK).map(([bulkStatus, answer]): [string, object, Answers] => [
		'status',
		{ bulkStatus },
		{ statusJob: [answer, `bulkStatus: ${bulkStatus}`] },
	]),
	...Object.entries(ROWS).map(([jobRows, answer]): [string, object, Answers] => [
		'invite',
		{ jobRows, jobReads: 3 },
		{ invitationJob: [answer, `jobRows: ${jobRows}`] },
	]),
	...(['unknown', 'scope', 400, 403, 404, 500, 'html'] as const).map(
		(jobAnswer): [string, object, Answers] => ['invite', { jobAnswer }, { invitationJob: [] }],
	),
	['invite', { inviteJobsFail: 'partly' }, { invitationJob: ['that it failed'] }],
	['invite', { jobReads: Infinity }, { invitationJob: [] }],
	['transfer,delete', {}, lengths('500 IDs or more', '201 IDs or more')],
	[
		'transfer,delete',
		{ scheduledAbove: LONG },
		lengths('500 IDs or more; a job with 500 IDs', '201 IDs or more; a job with 201 IDs'),
	],
	['transfer,delete', { maxIdsLength: 255 }, lengths('12 IDs, and not 13', '12 IDs, and not 13')],
	[
		'transfer,delete',
		{ maxUrlLength: 3_000 },
		lengths('100 IDs, and not 200', '100 IDs, and not 200'),
	],
	[
		'transfer,delete',
		{ scheduledAbove: { delete: 2, transfer: 2 } },
		{ transferMixed: ['a job, done'], deleteMixed: ['a job, done'] },
	],
])('--writes %s, of an organization with %j', async (writes, behaviour, answers) => {
	const people = writes === 'invite' ? records(3) : dealers(3);
	const { report, said } = await checkWith({ writes, people, behaviour });
	for (const [id, [answer, plays]] of Object.entries(answers)) {
		expect([id, ...answerIn(report, id)]).toEqual([id, answer, plays]);
	}
	expect(said).not.toContain('Not undone');
	if (!('jobAnswer' in behaviour)) expect(report.outside).toEqual([]);
	if (writes !== 'status') return;
	expect(people.map((id) => emulator.world.portalUsers.get(id)?.active)).toEqual([
		true,
		true,
		true,
	]);
});

test('who was transferred is moved back after a list that cannot be read', async () => {
	const people = dealers(1);
	emulator.onExchange = ({ method }) => {
		if (method !== 'POST') return;
		emulator.onExchange = undefined;
		emulator.faults.add({ kind: 500, before: true, method: 'GET', times: 1 });
	};
	const { report } = await checkWith({ writes: 'transfer', people });
	expect(emulator.world.portalUsers.get(people[0])?.userTypeId).toBe(DEALERS);
	expect(report.stopped).toContain('cannot be read');
});

test('who was not moved back is told', async () => {
	const people = dealers(1);
	const url = `${PREMIUM}/users/action/transfer`;
	emulator.faults.add({ kind: 500, before: true, method: 'POST', url });
	const { report, said, files } = await checkWith({ writes: 'transfer', people });
	expect(answerIn(report, 'transferMixed')[0]).toBe('a row each, done');
	expect(said).toContain(`Not undone for 1 of 1: ${people[0]} (to be moved back by hand).`);
	expect(files).toMatch(/Not undone for 1 of 1: <id \d+>/);
});

test.each([
	['names a parameter', 'INVALID_DATA', { param_name: 'personality_ids' }, 'invalid data'],
	['tells nothing', 'INVALID_DATA', {}, 'invalid data'],
	['is about the license', 'LICENSE_LIMIT_EXCEEDED', {}, 'license limit exceeded'],
])('a refusal that %s does not settle lengths', async (_, code, details, message) => {
	const refusal = { http: 400, code, wrapper: null, details, message, when: '', basis: '' };
	emulator.force('deletePortalUsers', refusal);
	const { report } = await checkWith({ writes: 'delete', people: dealers(2) });
	expect(answerIn(report, 'deleteLength')).toEqual([undefined, undefined]);
	const found = resultOf(report, 'deleteLength');
	expect(found.observation).not.toContain('The one known ID');
});

test('a refusal whose text is about the length settles lengths', async () => {
	const message = 'the length of personality_ids is more than allowed';
	const refusal = { http: 400, code: 'INVALID_DATA', wrapper: null, details: {}, message };
	emulator.force('deletePortalUsers', { ...refusal, when: '', basis: '' });
	const { report } = await checkWith({ writes: 'delete', people: dealers(2) });
	expect(answerIn(report, 'deleteLength')[0]).toBe('fewer than 12 IDs');
});

test.each([
	[0, 'is gone'],
	[Infinity, 'is still there'],
])('a job of a deletion that does its work after %d calls', async (calls, outcome) => {
	const behaviour = { scheduledAbove: LONG, scheduledAfterCalls: calls };
	const { report } = await checkWith({ writes: 'delete', people: dealers(2), behaviour });
	const found = resultOf(report, 'deleteLength');
	expect(found.observation).toContain(outcome);
});

describe('a change of the status of many', () => {
	test.each<[string, Fault]>([
		['a 429', { kind: 'throttle', before: true, method: 'GET', url: 'job_id=' }],
		['no answer', { kind: 'reset', before: true, method: 'GET', url: 'job_id=' }],
		['no answer to the call itself', { kind: 'reset', before: false, method: 'PUT', times: 1 }],
	])('is undone after %s', async (_, fault) => {
		const people = dealers(3);
		emulator.faults.add(fault);
		const { report, said } = await checkWith({ writes: 'status', people });
		expect(people.map((id) => emulator.world.portalUsers.get(id)?.active)).toEqual(
			people.map(() => true),
		);
		expect(answerIn(report, 'statusJob')).toEqual([undefined, undefined]);
		expect(said).not.toContain('Not undone');
	});

	test('tells who was not activated again', async () => {
		const people = dealers(3);
		const url = `${people[1]}/actions/change_status`;
		emulator.faults.add({ kind: 500, before: true, method: 'PUT', url });
		const { report, said, files } = await checkWith({ writes: 'status', people });
		const states = people.map((id) => emulator.world.portalUsers.get(id)?.active);
		expect(states).toEqual([true, false, true]);
		expect(answerIn(report, 'statusJob')[0]).toBe('all are changed at once');
		expect(said).toContain(`Not undone for 1 of 3: ${people[1]} (to be activated by hand).`);
		expect(files).toMatch(/Not undone for 1 of 3: <id \d+> \(to be activated by hand\)/);
	});

	test('tells how the read of its job is answered', async () => {
		const { report } = await checkWith({ writes: 'status', people: dealers(2) });
		const found = resultOf(report, 'statusJob');
		expect(found.observation).toContain(
			'It is a job; its read: 404 INVALID_URL_PATTERN in the body itself, no details.',
		);
	});

	test('stays open where nobody has accepted', async () => {
		const people = ids(emulator.world.addPortalUsers(DEALERS, 2, { confirm: false }));
		const { report } = await checkWith({ writes: 'status', people });
		expect(answerIn(report, 'statusJob')).toEqual([undefined, undefined]);
		expect(writing()).toEqual([]);
	});
});

describe('invitations', () => {
	const invite = async (behaviour: Partial<Behaviour>, amount = 3) => {
		const { report } = await checkWith({ writes: 'invite', people: records(amount), behaviour });
		return report;
	};

	test('are refused as they are', async () => {
		const report = await invite({});
		expect(answerIn(report, 'invitation')).toEqual([
			'400 CANNOT_PROCESS in the body itself, no details; 400 INVALID_DATA in the body itself, no details',
			undefined,
		]);
		expect(resultOf(report, 'invitation').observation).toContain(
			'Without type: 400 REQUIRED_PARAM_MISSING in the body itself, details: param.',
		);
	});

	test('that can be repeated are not sent a third time alone', async () => {
		emulator.onExchange = ({ method }) => {
			if (method !== 'POST') return;
			emulator.onExchange = undefined;
			emulator.faults.add({
				kind: 'status',
				status: 200,
				body: 'empty',
				before: true,
				method: 'POST',
				times: 1,
			});
		};
		const people = records(1);
		const { report } = await checkWith({ writes: 'invite', people });
		expect(answerIn(report, 'invitation')[0]).toBe('it is not refused');
		expect(writing().filter(({ url }) => url.includes(people[0]))).toHaveLength(2);
	});

	test('whose repetition fails leave open how it is refused', async () => {
		emulator.onExchange = ({ method }) => {
			if (method !== 'POST') return;
			emulator.onExchange = undefined;
			emulator.faults.add({ kind: 500, before: true, method: 'POST', times: 1 });
		};
		const report = await invite({}, 1);
		expect(answerIn(report, 'invitation')).toEqual([undefined, undefined]);
	});

	test('fewer than three people leave the job open', async () => {
		const report = await invite({}, 2);
		expect(answerIn(report, 'invitationJob')).toEqual([undefined, undefined]);
		expect(emulator.world.mails).toHaveLength(1);
	});

	test('beyond the license show how it is refused', async () => {
		const { report } = await checkWith({
			writes: 'invite',
			people: records(1),
			behaviour: { portalUserLicences: 0 },
		});
		expect(resultOf(report, 'invitation')).toMatchObject({
			settled: false,
			observation: expect.stringContaining('400 LICENSE_LIMIT_EXCEEDED in the body itself'),
		});
	});

	test('that fail leave nobody to be moved or removed', async () => {
		const { report, said } = await checkWith({
			writes: 'invite,transfer,delete',
			people: records(3),
			behaviour: { portalUserLicences: 0 },
		});
		for (const id of ['transferMixed', 'deleteMixed', 'deleteLength']) {
			expect(answerIn(report, id)).toEqual([undefined, undefined]);
		}
		expect(said).not.toContain('Not undone');
		expect(writing().filter(({ method }) => method === 'DELETE')).toEqual([]);
	});

	test('go to the module of the user type', async () => {
		const people = Array.from(
			{ length: 3 },
			() => emulator.world.addRecord({ module: 'Vendors' }).id,
		);
		const { report } = await checkWith({ writes: 'invite', people, userType: VENDORS });
		expect(answerIn(report, 'invitationJob')[1]).toBe('jobRows: inOrder');
	});
});
