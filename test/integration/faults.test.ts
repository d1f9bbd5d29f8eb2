import { sleep } from 'n8n-workflow';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Fault, FaultKind } from '../../emulator/faults';
import { DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import {
	again,
	byEmail,
	byId,
	byName,
	continuing,
	inviting,
	jsons,
	ofDealers,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { byAccount, byView } from '../../harness/parameters';
import { callTool, fromAgent } from '../../harness/tool';

const harness = useHarness();
const { run, calls, addUsers, addRecords, untilCalled, sent, sentTo } = harness;

describe('faults', () => {
	skipPauses();

	describe.each<FaultKind>(['reset', 502, 503, 504, 'throttle'])('after a passing %s', (kind) => {
		test('a read is repeated', async () => {
			harness.emulator.faults.add({ kind, before: true, times: 2 });
			const result = await run('portal.getAll');
			expect(result.error).toBeUndefined();
			expect(calls()).toHaveLength(3);
		});

		test('a deletion that was not carried out is repeated', async () => {
			harness.emulator.faults.add({ kind, before: true, times: 1 });
			const ids = addUsers(3);
			const result = await run('portalUser.delete', ofDealers(ids));
			expect(jsons(result).map((json) => json.deleted)).toEqual([true, true, true]);
			expect(calls()).toHaveLength(2);
		});
	});

	describe.each<FaultKind>(['reset', 502])('when the answer is lost by a %s', (kind) => {
		test('an activation is repeated, and who is active already is so', async () => {
			harness.emulator.faults.add({ kind, before: false, times: 1 });
			const [id] = addUsers(1, DEALERS, { active: false });
			const result = await run('portalUser.changeStatus', ofDealers([id], { active: true }));
			expect(jsons(result)).toEqual([
				{
					personality_id: id,
					active: true,
					code: 'ALREADY_ACTIVATED',
					message: expect.any(String),
				},
			]);
		});

		test.each([
			['portalUser.delete', 'DELETE', {}, 'deleted'],
			['portalUser.transfer', 'POST', { targetUserType: byId(PREMIUM) }, 'transferred'],
		])(
			'%s is repeated, and the contradiction told as uncertain',
			async (name, method, more, done) => {
				harness.emulator.faults.add({ kind, before: false, times: 1 });
				const [id] = addUsers(1, DEALERS, { active: false });
				const result = await run(name, ofDealers([id], more));
				expect(calls().map((call) => call.split(' ')[0])).toEqual([method, method]);
				expect(result.error?.message).toContain(
					`It is not certain whether portal user ${id} was ${done}: the first call got no clear answer, and Zoho refused the repetition: `,
				);
			},
		);

		test('a status change that ends in the same state is done', async () => {
			harness.emulator.faults.add({ kind, before: false, times: 1 });
			const [id] = addUsers(1);
			const result = await run('portalUser.changeStatus', ofDealers([id], { active: false }));
			expect(jsons(result)).toMatchObject([{ personality_id: id, active: false }]);
		});

		test('each user of a batch is uncertain on its own', async () => {
			const ids = addUsers(3);
			harness.emulator.faults.add({ kind, before: false, times: 1 });
			const result = await harness.run('portalUser.delete', ofDealers(ids), {
				...continuing,
			});
			expect(jsons(result).map(({ uncertain }) => uncertain)).toEqual([true, true, true]);
		});

		test('an invitation is not repeated: it would mail a person twice', async () => {
			const [id] = addRecords(1);
			harness.emulator.faults.add({ kind, before: false, times: 1 });
			const result = await run('portalUser.invite', {
				userType: byId(DEALERS),
				module: byName('Contacts'),
				recordIds: id,
			});
			expect(calls()).toHaveLength(1);
			expect(harness.emulator.world.mails).toHaveLength(1);
			expect(result.error?.message).toContain(
				`It is not certain whether record ${id} was invited: `,
			);
		});

		test('neither are many invitations', async () => {
			const ids = addRecords(5);
			harness.emulator.faults.add({ kind, before: false, times: 1, method: 'POST' });
			const result = await run('portalUser.invite', {
				userType: byId(DEALERS),
				module: byName('Contacts'),
				recordIds: ids,
			});
			expect(calls()).toHaveLength(1);
			expect(result.error?.message).toBe('It is not certain whether 5 of 5 records were invited');
		});

		test('the rest of an invitation is not lost with a second round', async () => {
			const { world, faults } = harness.emulator;
			const fresh = world.addRecord().id;
			const before = world.addRecord();
			const alsoBefore = world.addRecord();
			world.addPortalUser(DEALERS, before, { confirm: false });
			world.addPortalUser(DEALERS, alsoBefore, { confirm: false });
			const running = harness.run(
				'portalUser.invite',
				{
					userType: byId(DEALERS),
					module: byName('Contacts'),
					recordIds: [fresh, before.id, alsoBefore.id],
					whenAlreadyInvited: 'resend',
				},
				continuing,
			);
			// The first POST schedules the invitations, the second those to be sent again.
			await untilCalled(2);
			faults.add({ kind, before: false, times: 1, method: 'POST' });
			const [first, ...others] = jsons(await running);
			expect(first).toMatchObject({ record_id: fresh, invited: true, resent: false });
			for (const other of others) expect(other.error).toContain('not certain');
		});

		test('a user type is not created twice', async () => {
			const { modules } = harness.emulator.world.userTypes.get(DEALERS) ?? {};
			harness.emulator.faults.add({ kind, before: false, times: 1, method: 'POST' });
			const result = await run('userType.create', {
				name: 'Resellers',
				personalityModule: byName('Contacts'),
				modulesMode: 'json',
				modulesJson: JSON.stringify(modules),
			});
			expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
			expect(result.error?.message).toContain('It is not certain whether user type "Resellers"');
		});
	});

	test.each<[FaultKind, number]>([
		['throttle', 2],
		[503, 1],
	])('after %s an invitation takes %i calls: only a certain no is repeated', async (kind, made) => {
		const [id] = addRecords(1);
		harness.emulator.faults.add({ kind, before: true, times: 1 });
		await run('portalUser.invite', {
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: id,
		});
		expect(calls()).toHaveLength(made);
	});

	test('repeating ends after seven tries', async () => {
		harness.emulator.faults.add({ kind: 503, before: true });
		const result = await run('portal.getAll');
		expect(calls()).toHaveLength(7);
		expect(result.error?.message).toContain('something other than JSON (HTTP 503');
	});

	test('says that Zoho takes no more calls', async () => {
		harness.emulator.switches.maxInFlight = 0;
		const result = await run('portal.getAll');
		expect(calls()).toHaveLength(7);
		expect(result.error?.message).toBe(
			'List of portals could not be read: Zoho accepts no more calls from your organization for now',
		);
		expect(zohoOf(result)).toMatchObject({ httpStatus: 429, code: 'TOO_MANY_REQUESTS' });
	});

	test('absorbs refusals of too many calls at once', async () => {
		jest.restoreAllMocks();
		harness.emulator.switches.maxInFlight = 3;
		const answerAll = harness.emulator.hold();
		const ids = addUsers(30);
		const running = run('portalUser.changeStatus', ofDealers(ids, { active: false }));
		await untilCalled(5);
		answerAll();
		const result = await running;
		expect(result.error).toBeUndefined();
		expect(jsons(result)).toHaveLength(30);
		expect(harness.emulator.requests.some(({ status }) => status === 429)).toBe(true);
	});

	test('says that nobody answers', async () => {
		const { credentials } = harness.engine;
		const stored = credentials.stored.get('1') as { oauthTokenData: IDataObject };
		stored.oauthTokenData.api_domain = 'http://127.0.0.1:9';
		const result = await run('portal.getAll');
		expect(result.error?.message).toContain('Zoho could not be reached (ECONNREFUSED)');
	});

	test('loses nobody when a fifth of all calls fails', async () => {
		harness.emulator.faults.seed(42);
		harness.emulator.faults.add({ kind: 503, before: true, share: 0.2 });
		const ids = addUsers(200);
		const result = await run('portalUser.changeStatus', ofDealers(ids, { active: false }));
		expect(result.error).toBeUndefined();
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
		expect([...harness.emulator.world.portalUsers.values()].some((user) => user.active)).toBe(
			false,
		);
	});
});

describe('outcomes', () => {
	// What a node run says of each user, held against what was done to them.

	skipPauses();

	const WRONG = '7310000000000999991';

	/** Calls for pages of users; the user type's name takes one more. */
	const pagesOfUsers = () => calls().filter((call) => call.includes('/users?'));

	/** Answers that no server gives that is sure that it did nothing. */
	const unclear: Array<[string, Omit<Fault, 'before'>]> = [
		['500 in JSON', { kind: 'status', status: 500 }],
		['500 in HTML', { kind: 500 }],
		['408', { kind: 'status', status: 408 }],
		['a cut body', { kind: 'cut' }],
		['an empty body', { kind: 'empty' }],
		['HTML with 200', { kind: 'html' }],
		['HTML with 400', { kind: 'status', status: 400, body: 'html' }],
		['an empty body with 400', { kind: 'status', status: 400, body: 'empty' }],
		['JSON of another server with 400', { kind: 'status', status: 400, body: 'foreign' }],
		['JSON of another server with 200', { kind: 'status', status: 200, body: 'foreign' }],
		['an array of nothing', { kind: 'status', status: 200, body: { users: [null] } }],
		['errors of another server', { kind: 'status', status: 200, body: { errors: ['no'] } }],
		['INTERNAL_ERROR with 400', { kind: 'status', status: 400 }],
		['INTERNAL_ERROR in a list', { kind: 'wrapped', status: 200, key: 'users' }],
		['INTERNAL_ERROR in a job', { kind: 'wrapped', status: 200, key: 'portal_invite' }],
	];

	test.each<[string, Omit<Fault, 'before'>]>([
		['HTML', { kind: 'status', status: 500, body: 'html' }],
		['JSON of another server', { kind: 'status', status: 200, body: 'foreign' }],
		['an empty body', { kind: 'status', status: 400, body: 'empty' }],
	])('after %s, one looks in Zoho before a change is made again', async (_, fault) => {
		harness.emulator.faults.add({ ...fault, before: false, method: 'POST' });
		const written = await run('userType.create', {
			name: 'Guests',
			personalityModule: byName('Contacts'),
			modulesMode: 'json',
			modulesJson:
				'[{"id":"7310000000000200001","shared_type":"public","permissions":{"view":true}}]',
		});
		expect(written.error?.description).toContain('check in Zoho CRM before you run the node again');
		harness.emulator.faults.add({ ...fault, before: false, method: 'GET' });
		const read = await run('portalUser.getAll', { userType: byId(DEALERS) });
		expect(read.error?.description).toContain('Try again later');
	});

	describe('a later try tells a change that an earlier one made without an answer', () => {
		const lost: Array<[string, string, Omit<Fault, 'before'>]> = [
			['transfer', 'POST', { kind: 'status', status: 500 }],
			['transfer', 'POST', { kind: 'html' }],
			['changeStatus', 'PUT', { kind: 'status', status: 500 }],
			['changeStatus', 'PUT', { kind: 'empty' }],
		];

		test.each(lost)(
			'as done, with the state before: %s, %s, %j',
			async (operation, method, fault) => {
				const ids = addUsers(3);
				harness.emulator.faults.add({ ...fault, before: false, method, times: 1 });
				const result = await run(
					`portalUser.${operation}`,
					{
						userType: byId(''),
						personalityIds: byEmail(ids.map(harness.emailOf).join()),
						targetUserType: byId(PREMIUM),
						active: false,
						options: { includePrevious: true },
					},
					again,
				);
				expect(result.error).toBeUndefined();
				for (const json of jsons(result)) {
					expect(json).toMatchObject({ previous: { user_type_id: DEALERS, active: true } });
					expect(json).not.toHaveProperty('unchanged');
				}
				const back = await run('portalUser.restore', {}, { ...continuing, input: jsons(result) });
				expect(back.error).toBeUndefined();
				const states = ids.map((id) => harness.emulator.world.portalUsers.get(id));
				expect(states).toMatchObject(ids.map(() => ({ userTypeId: DEALERS, active: true })));
			},
		);
	});

	describe('a later try that cannot look people up does not deny what an earlier one has done', () => {
		interface Way {
			operation: string;
			parameters: INodeParameters;
			values: string[];
			/** Whoever comes first in the output, which n8n looks at when a node continues. */
			first: string;
			/** Whether the refused person is known even if nobody can be looked up. */
			byId?: true;
		}

		const value = '={{ $json.value }}';

		const ways: Record<string, (users: string[]) => Way> = {
			'Sync by ID': (values) => ({
				operation: 'sync',
				parameters: { userType: byId(DEALERS), recordIds: value },
				values,
				first: values[0],
				byId: true,
			}),
			'Sync by view': (users) => ({
				operation: 'sync',
				parameters: { userType: byId(DEALERS), recordIds: byView(value) },
				values: [harness.emulator.world.addView('Contacts', 'Partners', users).id],
				first: users[2],
			}),
			'Change Status by ID in any user type': (values) => ({
				operation: 'changeStatus',
				parameters: { active: true, personalityIds: value },
				values,
				first: values[0],
				byId: true,
			}),
			'Change Status by email': (users) => ({
				operation: 'changeStatus',
				parameters: { active: true, personalityIds: byEmail(value) },
				values: users.map(harness.emailOf),
				first: users[0],
			}),
			'Change Status by account': (users) => ({
				operation: 'changeStatus',
				parameters: { active: true, personalityIds: byAccount(value) },
				values: [harness.emulator.world.addAccount('Acme', users).id],
				first: users[2],
			}),
		};

		const refusal = { kind: 'status', before: true, status: 400 } as const;

		/** The first person is refused, and nothing can be read once something was written. */
		const setUp = (way: string): Way & { done: string[] } => {
			const users = addUsers(3, DEALERS, { active: false });
			const made = ways[way](users);
			const { emulator } = harness;
			emulator.faults.add({ ...refusal, code: 'NOT_ALLOWED', method: 'PUT', url: made.first });
			const watch = emulator.onExchange;
			emulator.onExchange = (exchange) => {
				watch?.(exchange);
				if (exchange.method !== 'PUT') return;
				emulator.faults.add({ ...refusal, code: 'INVALID_DATA', method: 'GET' });
			};
			return { ...made, done: users.filter((id) => id !== made.first) };
		};

		const areActive = (ids: string[]) =>
			ids.map((id) => harness.emulator.world.portalUsers.get(id)?.active);

		const expectDoubt = ({ byId: isKnown, first }: Way, zoho: IDataObject) => {
			expect(zoho.failed ?? []).toEqual(isKnown ? [first] : []);
			expect(zoho.uncertain).toBeTruthy();
		};

		test.each(Object.keys(ways))('%s', async (way) => {
			const made = setUp(way);
			const input = made.values.map((one) => ({ value: one }));
			const { operation, parameters } = made;
			const result = await run(`portalUser.${operation}`, parameters, { ...again, input });
			expect(areActive(made.done)).toEqual([true, true]);
			expectDoubt(made, zohoOf(result));
		});

		test.each(Object.keys(ways))('%s, called by an agent', async (way) => {
			const made = setUp(way);
			const { operation, parameters, values } = made;
			const asked = { resource: 'portalUser', operation, portal: byName(PORTAL), ...parameters };
			const tool = { parameters: fromAgent(asked), ...again };
			const input = { value: values.join(',') };
			const { error } = await callTool(harness.engine, tool, input, again.maxTries);
			expect(areActive(made.done)).toEqual([true, true]);
			expectDoubt(made, error?.context.zoho as IDataObject);
		});

		test.each(Object.keys(ways))('%s, in a node that continues', async (way) => {
			const made = setUp(way);
			const input = made.values.map((one) => ({ value: one }));
			const { operation, parameters, first } = made;
			const setup = { ...again, ...continuing, input };
			const result = await run(`portalUser.${operation}`, parameters, setup);
			expect(areActive(made.done)).toEqual([true, true]);
			const doubted = jsons(result).filter(({ uncertain }) => uncertain === true);
			const denied = jsons(result).filter(({ error, uncertain }) => error && !uncertain);
			expect(denied.map((json) => json.personality_id)).toEqual(made.byId ? [first] : []);
			expect(doubted).not.toEqual([]);
			for (const { error } of doubted) {
				expect(error).toContain(
					'an earlier try may have done it, and this one did not get that far',
				);
			}
		});

		test('and its error is about all members of an account', async () => {
			const { operation, parameters, values } = setUp('Change Status by account');
			const input = values.map((one) => ({ value: one }));
			const result = await run(`portalUser.${operation}`, parameters, { ...again, input });
			expect(result.error?.message).toBe(
				`It is not certain whether portal users of account ${values[0]} were activated: an earlier try may have done it, and this one did not get that far: invalid_data`,
			);
		});

		test('but what every try refused is certain', async () => {
			const users = addUsers(2, DEALERS, { active: false });
			const [unknown, ...known] = ['nobody@example.test', ...users.map(harness.emailOf)];
			const url = users[1];
			harness.emulator.faults.add({ ...refusal, code: 'NOT_ALLOWED', method: 'PUT', url });
			const result = await run(
				'portalUser.changeStatus',
				{ active: true, personalityIds: byEmail(value) },
				{ ...again, ...continuing, input: [unknown, ...known].map((one) => ({ value: one })) },
			);
			expect(sent('PUT')).toHaveLength(1 + again.maxTries);
			expect(jsons(result)).toMatchObject([
				{ email: unknown, code: 'NOT_FOUND' },
				{ personality_id: users[0], active: true },
				{ personality_id: users[1], code: 'NOT_ALLOWED' },
			]);
			expect(jsons(result).map(({ uncertain }) => uncertain)).toEqual(Array(3).fill(undefined));
		});
	});

	describe.each(unclear)('%s after the work', (_, fault) => {
		test('leaves it uncertain whether users were deleted, and they are not asked for again', async () => {
			const ids = addUsers(3);
			harness.emulator.faults.add({ ...fault, before: false, method: 'DELETE', times: 1 });
			const result = await run('portalUser.delete', ofDealers(ids), continuing);
			// A broken connection may be tried again: whoever is deleted twice is deleted.
			const most = fault.kind === 'cut' ? 4 : 1;
			expect(sent('DELETE').length).toBeLessThanOrEqual(most);
			expect(jsons(result)).toMatchObject(
				ids.map((personality_id) => ({ personality_id, uncertain: true })),
			);
		});

		test.each([1, 3])('mails no invitation twice (%i records)', async (amount) => {
			const ids = addRecords(amount);
			harness.emulator.faults.add({ ...fault, before: false, method: 'POST', times: 1 });
			const parameters = inviting(ids, { whenAlreadyInvited: 'resend' });
			const result = await run('portalUser.invite', parameters, { ...continuing, ...again });
			expect(sent('POST')).toHaveLength(1);
			expect(sentTo()).toEqual(ids);
			expect(jsons(result)).toMatchObject(ids.map((record_id) => ({ record_id, uncertain: true })));
		});

		test('creates no second portal, and names no ID that there is not', async () => {
			harness.emulator.faults.add({ ...fault, before: false, method: 'POST', times: 1 });
			const result = await run('portal.create', { name: 'NewPortal' }, { ...continuing, ...again });
			expect(sent('POST')).toHaveLength(1);
			const [json] = jsons(result);
			expect(json).toMatchObject({ name: 'NewPortal', uncertain: true });
			expect(json).not.toHaveProperty('id');
		});

		test('creates no second CRM user, and names no ID that there is not', async () => {
			const { roles, profiles, users: before } = harness.emulator.world;
			const amount = before.size;
			harness.emulator.faults.add({ ...fault, before: false, method: 'POST', times: 1 });
			const parameters = {
				email: 'new@example.test',
				first_name: 'New',
				last_name: 'User',
				role: byId(roles[2].id),
				profile: byId(profiles[1].id),
			};
			const result = await run('user.create', parameters, { ...continuing, ...again });
			expect(sent('POST')).toHaveLength(1);
			expect(harness.emulator.world.users.size).toBe(amount + 1);
			const [json] = jsons(result);
			expect(json.uncertain).toBe(true);
			expect(json).not.toHaveProperty('id');
		});

		test('once is no empty list', async () => {
			const ids = addUsers(3);
			harness.emulator.faults.add({ ...fault, before: false, times: 1 });
			const result = await run('portalUser.getAll', { userType: byId(DEALERS), limit: 50 });
			// A read with a refusal of its own is not repeated, but must not read as nothing.
			const listed = jsons(result).map((json) => json.personality_id);
			expect(result.error === undefined ? listed : ids).toEqual(ids);
		});

		test('always is an error of the list', async () => {
			addUsers(3);
			harness.emulator.faults.add({ ...fault, before: false });
			const result = await run('portalUser.getAll', { userType: byId(DEALERS), limit: 50 });
			expect(result.items).toEqual([]);
			expect(result.error?.message).toContain('could not be read');
			expect(pagesOfUsers().length).toBeLessThanOrEqual(7);
		});
	});

	test('a cut list is read again, whole', async () => {
		const ids = addUsers(5);
		harness.emulator.faults.add({ kind: 'cut', before: false, url: '/users?', times: 2 });
		const result = await run('portalUser.getAll', { userType: byId(DEALERS), limit: 50 });
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
		expect(pagesOfUsers()).toHaveLength(3);
	});

	test.each([
		['204', { status: 204, body: 'empty' }],
		['{}', { status: 200, body: 'foreign' }],
		['nothing', { status: 200, body: 'empty' }],
	] as const)('a creation that is answered by %s is uncertain', async (_, answer) => {
		harness.emulator.faults.add({
			kind: 'status',
			before: false,
			method: 'POST',
			times: 1,
			...answer,
		});
		const result = await run('portal.create', { name: 'NewPortal' });
		expect(result.error?.message).toMatch(/^It is not certain whether portal "NewPortal" was /);
		expect(zohoOf(result)).toMatchObject({ uncertain: true });
		expect(sent('POST')).toHaveLength(1);
	});

	test('two uncertain users in a run that stops are counted as uncertain, not as failed', async () => {
		const ids = addUsers(3);
		harness.emulator.faults.add({ kind: 500, before: false, method: 'DELETE', times: 1 });
		const result = await run('portalUser.delete', ofDealers(ids));
		expect(result.error?.message).toBe(
			'It is not certain whether 3 of 3 portal users were deleted',
		);
		expect(zohoOf(result)).toMatchObject({ uncertain: ids, failed: [], succeeded: [] });
	});

	test('a run that stops counts what failed, what is uncertain and what is done', async () => {
		const [done, lost] = addUsers(2, DEALERS, { active: false });
		harness.emulator.faults.add({ kind: 500, before: false, method: 'PUT', url: lost, times: 1 });
		const parameters = ofDealers([done, lost, WRONG], { active: true });
		const result = await run('portalUser.changeStatus', parameters);
		expect(result.error?.message).toBe(
			'1 of 3 portal users could not be activated, 1 is uncertain, 1 is done and stays so',
		);
		expect(zohoOf(result)).toMatchObject({
			succeeded: [done],
			failed: [WRONG],
			uncertain: [lost],
		});
	});
});

describe('doubt', () => {
	// What was in doubt once stays so, whatever is said later; and nothing else is in doubt.

	skipPauses();

	const WRONG = '7310000000000999991';

	const users = () => harness.emulator.world.portalUsers;

	describe('doubt', () => {
		/** The first call of a method is carried out, and gets no answer. */
		const losesAnswer = (method: string) =>
			harness.emulator.faults.add({ kind: 'reset', before: false, method, times: 1 });

		/** All others of this method, or of any, are refused. */
		const refusesLater = (method?: string) => {
			const refusal = { kind: 'status', status: 403, code: 'NO_PERMISSION', before: true } as const;
			harness.emulator.faults.add({ ...refusal, ...(method && { method }) });
		};

		test('stays when Retry On Fail meets a refusal', async () => {
			const ids = addUsers(3);
			harness.emulator.faults.add({ kind: 500, before: false, method: 'DELETE', times: 1 });
			const result = await run('portalUser.delete', ofDealers(ids), again);
			expect(sent('DELETE').length).toBeGreaterThan(1);
			expect(users().size).toBe(0);
			expect(result.error?.message).toBe(
				'It is not certain whether 3 of 3 portal users were deleted',
			);
			expect(zohoOf(result)).toMatchObject({ uncertain: ids, failed: [] });
		});

		test.each(['rows', 'named', 'first', 'unnamed'] as const)(
			'stays when Zoho names the wrong users in the way "%s" after a reset',
			async (mixedIds) => {
				harness.emulator.switches.mixedIds = mixedIds;
				const ids = addUsers(4);
				losesAnswer('DELETE');
				const result = await run('portalUser.delete', ofDealers(ids), continuing);
				expect(users().size).toBe(0);
				expect(jsons(result)).toMatchObject(
					ids.map((personality_id) => ({ personality_id, uncertain: true })),
				);
			},
		);

		test.each([
			['user.update', { updateFields: { phone: '1' } }],
			['userType.update', { updateFields: { active: true }, modulesMode: 'none' }],
		])('of %s stays when a later try is refused', async (operation, more) => {
			const { id: user } = harness.emulator.world.addUser('New', 'User');
			const { id: userType } = harness.emulator.world.addUserType('AcmeClients', 'Guests');
			losesAnswer('PUT');
			refusesLater('PUT');
			const parameters = { user: byId(user), userType: byId(userType), ...more };
			const result = await run(operation, parameters);
			expect(sent('PUT')).toHaveLength(2);
			expect(result.error?.message).toContain('It is not certain whether');
			expect(zohoOf(result)).toMatchObject({ uncertain: true });
		});

		test('of a status change stays when a later try is refused', async () => {
			const [id] = addUsers(1);
			losesAnswer('PUT');
			refusesLater('PUT');
			const result = await run('portalUser.changeStatus', ofDealers([id], { active: false }));
			expect(result.error?.message).toContain(
				`It is not certain whether portal user ${id} was deactivated`,
			);
		});

		test('does not spread to those who were never sent', async () => {
			const ids = addUsers(6);
			losesAnswer('DELETE');
			refusesLater();
			const parameters = ofDealers(ids, { options: { batchSize: 1, concurrency: 1 } });
			const result = await run('portalUser.delete', parameters, continuing);
			const [first, ...others] = jsons(result);
			expect(first).toMatchObject({ personality_id: ids[0], uncertain: true });
			expect(others).toHaveLength(5);
			for (const other of others) {
				expect(other.uncertain).toBeUndefined();
				expect(other.error).toContain('could not be deleted');
				expect(other.message).toContain('Not sent');
			}
		});
	});

	describe('the right users of a call that Zoho refuses for the wrong ones, but does', () => {
		const parameters = (ids: string[]) => ofDealers(ids, { targetUserType: byId(PREMIUM) });

		beforeEach(() => (harness.emulator.switches.mixedIds = 'doneThenNamed'));

		test.each([
			[1, 'delete', 'deleted'],
			[2, 'delete', 'deleted'],
			[1, 'transfer', 'transferred'],
			[2, 'transfer', 'transferred'],
		])('are not said to have failed (%i wrong, %s)', async (wrong, operation, done) => {
			const right = addUsers(4);
			const bad = [WRONG, '7310000000000999992'].slice(0, wrong);
			const result = await run(
				`portalUser.${operation}`,
				parameters([...right, ...bad]),
				continuing,
			);
			expect(right.filter((id) => users().get(id)?.userTypeId === DEALERS)).toEqual([]);
			const said = new Map(jsons(result).map((json) => [json.personality_id, json]));
			for (const id of right) {
				const json = said.get(id) ?? {};
				expect([id, json[done] === true || json.uncertain === true]).toEqual([id, true]);
			}
			for (const id of bad) {
				expect(said.get(id)?.error).toContain(`Portal user ${id} could not be ${done}`);
			}
		});

		test.each<[string, Omit<Fault, 'before'>]>([
			['the token is not accepted', { kind: 'status', status: 401, code: 'INVALID_TOKEN' }],
			['the call is forbidden', { kind: 'status', status: 403, code: 'FORBIDDEN' }],
			['there are too many calls', { kind: 'throttle' }],
		])('nor if nothing is said of them when they are sent again: %s', async (_, fault) => {
			const right = addUsers(2);
			const url = `personality_ids=${right[0]}`;
			harness.emulator.faults.add({ ...fault, before: true, url });
			const result = await run('portalUser.delete', parameters([WRONG, ...right]), continuing);
			expect(right.map((id) => users().has(id))).toEqual([false, false]);
			expect(jsons(result)).toMatchObject([
				{ personality_id: WRONG, code: 'INVALID_DATA' },
				...right.map((personality_id) => ({ personality_id, uncertain: true })),
			]);
			expect(jsons(result)[0].uncertain).toBeUndefined();
		});
	});

	describe('a reinvitation', () => {
		const invitedBefore = (amount: number) =>
			Array.from({ length: amount }, () => {
				const record = harness.emulator.world.addRecord();
				harness.emulator.world.addPortalUser(DEALERS, record, { confirm: false });
				return record.id;
			});

		test.each(['reset', 500, 'cut', 'empty', 'html'] as const)(
			'without a verdict (%s) is uncertain, and nobody is mailed twice',
			async (kind) => {
				const ids = invitedBefore(3);
				const running = run('portalUser.invite', inviting(ids, { whenAlreadyInvited: 'resend' }), {
					...continuing,
					...again,
				});
				// The first POST schedules invitations that nobody can get, the second sends them again.
				while (sent('GET').length < 1) await sleep(0);
				harness.emulator.faults.add({ kind, before: false, method: 'POST', times: 1 });
				const result = await running;
				expect(sent('POST')).toHaveLength(2);
				expect(sentTo()).toEqual(ids);
				expect(jsons(result)).toMatchObject(
					ids.map((record_id) => ({ record_id, uncertain: true })),
				);
			},
		);

		test.each(['skip', 'resend'])(
			'with "%s" does not take who was invited by a lost call for invited before',
			async (whenAlreadyInvited) => {
				const ids = addRecords(3);
				harness.emulator.faults.add({ kind: 'cut', before: false, method: 'POST', times: 1 });
				const parameters = inviting(ids, { whenAlreadyInvited });
				const result = await run('portalUser.invite', parameters, { ...continuing, ...again });
				expect(sentTo()).toEqual(ids);
				for (const json of jsons(result)) {
					expect(json.skipped).toBeUndefined();
					expect(json.uncertain).toBe(true);
				}
			},
		);
	});
});
