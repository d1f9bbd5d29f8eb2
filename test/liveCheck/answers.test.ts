import type { Switches } from '../../emulator/switches';
import type { Fault } from '../../emulator/faults';
import { DEALERS, VENDORS } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { addUsers, useEmulator } from '../../harness/useEmulator';
import type { Report } from '../../tools/liveCheck/run';
import { addRecords, check, resultOf, writing } from './check';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

/** What is said of questions: the answer with the switch that plays it, or neither; what was seen. */
type Answers = Record<string, [answer?: string, plays?: string, seen?: string]>;

function expectAnswers(report: Report, answers: Answers): void {
	for (const [id, [answer, plays, seen = '']] of Object.entries(answers)) {
		const found = resultOf(report, id);
		expect([id, found.answer, found.emulator]).toEqual([id, answer, plays]);
		expect(found.observation).toContain(seen);
	}
}

const INVALID_DATA = '400 INVALID_DATA in the body itself';

test('settles what reads can settle, one call after the other, and says what the rest takes', async () => {
	addUsers(emulator, 3);
	Object.assign(emulator.switches, { maxInFlight: 1, latency: 2 });
	const { report, scopes } = await check(emulator);
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

test.each<[Partial<Switches>, Answers, people?: number]>([
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
	[{ pageSize: 100 }, { pageSize: ['100', 'pageSize: 100'] }, 103],
	[{ pageSize: 200 }, { pageSize: ['200', 'pageSize: 200'] }, 203],
	[{ pageSize: 500 }, { pageSize: ['303 or more'] }, 303],
	[
		{},
		{
			...{ forms: [], pages: [], idFilter: [], readLength: [], crmUsers: [] },
			unknownPortal: [`${INVALID_DATA}, no details`],
		},
		0,
	],
])('of an organization with %j it says %j', async (switches, answers, people = 3) => {
	addUsers(emulator, people);
	Object.assign(emulator.switches, switches);
	const { report } = await check(emulator);
	expectAnswers(report, answers);
	expect(report.outside).toEqual([]);
});

test('portal users among the CRM users', async () => {
	addUsers(emulator, 1);
	emulator.world.addUser('Mina', 'Shah', { type__s: 'Client Portal User' });
	expectAnswers((await check(emulator)).report, { crmUsers: ['yes'] });
});

test.each<[string, boolean, [string, string?], string]>([
	['portalsMeta', true, ['yes', 'hasMeta: true'], 'ZohoCRM.settings.clientportal.ALL'],
	['portalsMeta', false, ['no', 'hasMeta: false'], 'ZohoCRM.settings.clientportal.ALL'],
	['settingsAll', true, ['no'], 'ZohoCRM.settings.ALL'],
])('%s is asked with a scope of its own (hasMeta: %s)', async (id, hasMeta, answer, scope) => {
	Object.assign(emulator.switches, { hasMeta });
	const { report, scopes } = await check(emulator, ['--also', id]);
	expectAnswers(report, { [id]: answer });
	expect(scopes.slice(1)).toEqual([[scope]]);
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
const JOB_ANSWERS = ['unknown', 'scope', 400, 403, 404, 500, 'html'] as const;
const LONG = { delete: 499, transfer: 200 };

type Row = [writes: string, switches: object, Answers];

/** What the lists of IDs of deletions and transfers show. */
const lengths = (switches: object, deletion: string, transfer: string, seen?: string): Row => {
	const answers: Answers = {
		deleteLength: [deletion, undefined, seen],
		transferLength: [transfer],
	};
	return ['transfer,delete', switches, answers];
};

test.each<Row>([
	...Object.entries(MIXED).map(([mixedIds, answer]): Row => {
		const expected: [string, string] = [answer, `mixedIds: ${mixedIds}`];
		return ['transfer,delete', { mixedIds }, { transferMixed: expected, deleteMixed: expected }];
	}),
	...Object.entries(BULK).map(([bulkStatus, answer]): Row => {
		return ['status', { bulkStatus }, { statusJob: [answer, `bulkStatus: ${bulkStatus}`] }];
	}),
	...Object.entries(ROWS).map(([jobRows, answer]): Row => {
		const answers: Answers = { invitationJob: [answer, `jobRows: ${jobRows}`] };
		return ['invite', { jobRows, jobReads: 3 }, answers];
	}),
	...JOB_ANSWERS.map((jobAnswer): Row => ['invite', { jobAnswer }, { invitationJob: [] }]),
	[
		'status',
		{},
		{
			statusJob: [
				'all are changed at once',
				'bulkStatus: fast',
				'It is a job; its read: 400 INVALID_REQUEST_METHOD in the body itself, no details.',
			],
		},
	],
	[
		'invite',
		{ inviteJobsFail: 'partly' },
		{
			invitation: [
				'400 CANNOT_PROCESS in the body itself, no details; 400 INVALID_DATA in the body itself, no details',
				undefined,
				'Without type: 400 REQUIRED_PARAM_MISSING in the body itself, details: param.',
			],
			invitationJob: ['that it failed'],
		},
	],
	['invite', { jobReads: Infinity }, { invitationJob: [] }],
	[
		'invite,transfer,delete',
		{ portalUserLicences: 0 },
		{
			invitation: [undefined, undefined, '400 LICENSE_LIMIT_EXCEEDED in the body itself'],
			...{ transferMixed: [], deleteMixed: [], deleteLength: [] },
		},
	],
	lengths({}, '500 IDs or more', '201 IDs or more'),
	...[[0, 'is gone'] as const, [Infinity, 'is still there'] as const].map(
		([scheduledAfterCalls, seen]) =>
			lengths(
				{ scheduledAbove: LONG, scheduledAfterCalls },
				'500 IDs or more; a job with 500 IDs',
				'201 IDs or more; a job with 201 IDs',
				seen,
			),
	),
	lengths({ maxIdsLength: 255 }, '12 IDs, and not 13', '12 IDs, and not 13'),
	lengths({ maxUrlLength: 3_000 }, '100 IDs, and not 200', '100 IDs, and not 200'),
	[
		'transfer,delete',
		{ scheduledAbove: { delete: 2, transfer: 2 } },
		{ transferMixed: ['a job, done'], deleteMixed: ['a job, done'] },
	],
])('--writes %s, of an organization with %j', async (writes, switches, answers) => {
	const people = writes.startsWith('invite') ? addRecords(emulator, 3) : addUsers(emulator, 3);
	Object.assign(emulator.switches, switches);
	const { report, said } = await check(emulator, writing(writes, people));
	expectAnswers(report, answers);
	expect(said).not.toContain('Not undone');
	if (!('jobAnswer' in switches)) expect(report.outside).toEqual([]);
	const active = people.map((id) => emulator.world.portalUsers.get(id)?.active);
	if (writes === 'status') expect(active).toEqual([true, true, true]);
});

test.each([
	['names a parameter', 'INVALID_DATA', { param_name: 'personality_ids' }, 'invalid data', []],
	['tells nothing', 'INVALID_DATA', {}, 'invalid data', []],
	['is about the license', 'LICENSE_LIMIT_EXCEEDED', {}, 'license limit exceeded', []],
	[
		'has a text about the length',
		'INVALID_DATA',
		{},
		'the length of personality_ids is more than allowed',
		['fewer than 12 IDs'],
	],
])('lengths, where a refusal %s', async (_, code, details, message, answer) => {
	const refusal = { http: 400, code, wrapper: null, details, message, when: '', basis: '' };
	emulator.force('deletePortalUsers', refusal);
	const { report } = await check(emulator, writing('delete', addUsers(emulator, 2)));
	expectAnswers(report, { deleteLength: [answer[0]] });
	expect(resultOf(report, 'deleteLength').observation).not.toContain('The one known ID');
});

test.each<[string, Fault, Answers]>([
	[
		'is accepted is not sent a third time alone',
		{ kind: 'status', status: 200, body: 'empty', before: true },
		{ invitation: ['it is not refused'] },
	],
	['fails leaves open how it is refused', { kind: 500, before: true }, { invitation: [] }],
])('an invitation whose repetition %s', async (_, fault, answers) => {
	emulator.onExchange = ({ method }) => {
		if (method !== 'POST') return;
		emulator.onExchange = undefined;
		emulator.faults.add({ ...fault, method: 'POST', times: 1 });
	};
	const people = addRecords(emulator, 1);
	const { report } = await check(emulator, writing('invite', people));
	expectAnswers(report, answers);
	const sent = emulator.requests.filter(
		({ method, url }) => method === 'POST' && url.includes(people[0]),
	);
	expect(sent).toHaveLength(2);
});

test('fewer than three people leave a job of invitations open', async () => {
	const { report } = await check(emulator, writing('invite', addRecords(emulator, 2)));
	expectAnswers(report, { invitationJob: [] });
	expect(emulator.world.mails).toHaveLength(1);
});

test('invitations go to the module of the user type', async () => {
	const people = addRecords(emulator, 3, 'Vendors');
	const { report } = await check(emulator, writing('invite', people, VENDORS));
	expectAnswers(report, { invitationJob: [ROWS.inOrder, 'jobRows: inOrder'] });
});

test('a change of the status of many stays open where nobody has accepted', async () => {
	const people = emulator.world.addPortalUsers(DEALERS, 2, { confirm: false });
	const ids = people.map(({ personality_id }) => personality_id);
	const { report } = await check(emulator, writing('status', ids));
	expectAnswers(report, { statusJob: [] });
	expect(emulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});
