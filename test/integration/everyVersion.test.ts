import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import type { Switches } from '../../emulator/switches';
import type { Fault, FaultKind } from '../../emulator/faults';
import { BEN, CHLOE, DEALERS } from '../../emulator/seed';
import { resultOf } from '../../harness/engine';
import {
	asItems,
	byId,
	byName,
	continuing,
	jsons,
	pairs,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { holdPauses, skipAllPauses } from '../../harness/pauses';

const harness = useHarness();
const { run, start, calls, addUsers, addRecords, untilCalled } = harness;

describe('every version of n8n', () => {
	// What has to hold on every n8n that is promised: `npm run test:cores` runs it on the others. What
	// they have of HTTP answers, errors, tokens and canceled runs differs; what the node says does not.

	// Pauses of no length before a call is repeated, but for those that Zoho asks for.
	skipPauses();

	const WRONG = ['7310000000000999991', '7310000000000999992'];

	const UPDATE = 'ZohoCRM.settings.clientportal.UPDATE';

	const each = { userType: byId(DEALERS), personalityIds: '={{ $json.id }}' };

	/** The users that are left. */
	const left = () => [...harness.emulator.world.portalUsers.keys()];

	const statuses = () => harness.emulator.requests.map(({ status }) => status);

	/** Tokens that n8n was given and has stored while something ran. */
	async function tokensFor<T>(running: () => Promise<T>): Promise<[T, number]> {
		const before = harness.engine.credentials.refreshes;
		const result = await running();
		return [result, harness.engine.credentials.refreshes - before];
	}

	/** What a failed item says, wherever in its JSON n8n's routing lets it stand. */
	const saidIn = (json: IDataObject): IDataObject => ({
		...(json.details as IDataObject),
		...json,
	});

	describe('a refusal', () => {
		test('is read, with its code and its details', async () => {
			const result = await run('portalUser.delete', each, { input: asItems([WRONG[0]]) });
			expect(result.error?.message).toContain(`Portal user ${WRONG[0]} could not be deleted: `);
			expect(result.error?.message).toContain('the person is not a portal user of this user type');
			expect(result.error?.description).toContain('Zoho answered INVALID_DATA');
			expect(zohoOf(result)).toMatchObject({
				httpStatus: 400,
				code: 'INVALID_DATA',
				details: { personality_id: WRONG[0] },
			});
		});

		test('is read with its permissions', async () => {
			harness.emulator.switches.lacking = ['Crm_Implied_Manage_ClientPortal_Users'];
			const result = await run('portalUser.getAll', { userType: byId(DEALERS) });
			expect(result.error?.description).toContain('"Manage Portal Users"');
			expect(zohoOf(result)).toMatchObject({ httpStatus: 403, code: 'NO_PERMISSION' });
		});

		test.each<Switches['mixedIds']>(['rows', 'named', 'first', 'unnamed'])(
			'of one user does not fail the others, where Zoho answers in the way "%s"',
			async (mixedIds) => {
				harness.emulator.switches.mixedIds = mixedIds;
				const [first, third] = addUsers(2);
				const result = await run('portalUser.delete', each, {
					input: asItems([first, WRONG[0], third]),
					...continuing,
				});
				expect(pairs(result.items)).toEqual([0, 1, 2]);
				const [one, two, three] = jsons(result);
				expect(one).toMatchObject({ personality_id: first, deleted: true });
				expect(three).toMatchObject({ personality_id: third, deleted: true });
				expect(two.error).toContain(`Portal user ${WRONG[0]} could not be deleted: `);
				expect(saidIn(two)).toMatchObject({ personality_id: WRONG[0], code: 'INVALID_DATA' });
				expect(saidIn(two).uncertain).not.toBe(true);
				expect(left()).toEqual([]);
			},
		);

		test.each<[Switches['mixedIds'], number]>([
			['rows', 2],
			['named', 3],
			['first', 4],
			['unnamed', 24],
		])('of 2 in 60, answered in the way "%s", takes %i calls at most', async (mixedIds, most) => {
			harness.emulator.switches.mixedIds = mixedIds;
			const ids = addUsers(58);
			ids.splice(20, 0, WRONG[0]);
			ids.splice(40, 0, WRONG[1]);
			const result = await run('portalUser.delete', each, {
				input: [{ id: ids }],
				...continuing,
			});
			const failed = jsons(result).filter((json) => json.error !== undefined);
			expect(failed.map((json) => saidIn(json).personality_id)).toEqual(WRONG);
			expect(jsons(result).filter((json) => json.deleted === true)).toHaveLength(58);
			expect(left()).toEqual([]);
			expect(calls().length).toBeLessThanOrEqual(most);
		});

		test('for the length of the address (414) splits the call', async () => {
			harness.emulator.switches.maxUrlLength = 2000;
			const ids = addUsers(300);
			const result = await run('portalUser.delete', each, { input: asItems(ids) });
			expect(result.error?.message).toBeUndefined();
			expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
			expect(left()).toEqual([]);
			expect(calls().length).toBeLessThanOrEqual(12);
		});
	});

	describe('a call is made again', () => {
		const { lengths } = skipAllPauses();

		test.each<FaultKind>([502, 503, 504, 'throttle', 'reset'])('after %s', async (kind) => {
			harness.emulator.faults.add({ kind, before: true, times: 1 });
			const ids = addUsers(3);
			const result = await run('portalUser.delete', each, { input: asItems(ids) });
			expect(result.error?.message).toBeUndefined();
			expect(jsons(result).map((json) => json.deleted)).toEqual([true, true, true]);
			expect(calls()).toHaveLength(2);
		});

		test('not before Zoho has asked for it', async () => {
			harness.emulator.faults.add({ kind: 'throttle', before: true, times: 1, retryAfter: 1 });
			const result = await run('portalUser.delete', each, { input: asItems(addUsers(1)) });
			expect(jsons(result)).toMatchObject([{ deleted: true }]);
			expect(lengths()).toEqual([1_000]);
		});

		test('and the run says why, when that ends', async () => {
			harness.emulator.faults.add({ kind: 'throttle', before: true });
			const result = await run('portal.getAll');
			expect(calls()).toHaveLength(7);
			expect(zohoOf(result)).toMatchObject({ httpStatus: 429, code: 'TOO_MANY_REQUESTS' });
		});
	});

	describe('a token', () => {
		test.each(['portal.getAll', 'portalUser.delete', 'portalUser.invite'])(
			'that has expired is renewed once, and the call of %s made again',
			async (operation) => {
				const { accounts } = harness.emulator;
				const input = asItems(operation === 'portalUser.invite' ? addRecords(1) : addUsers(1));
				const parameters = { ...each, module: byName('Contacts'), recordIds: '={{ $json.id }}' };
				accounts.expireAccessTokens();
				const [result, tokens] = await tokensFor(
					async () => await run(operation, parameters, { input }),
				);
				expect(result.error?.message).toBeUndefined();
				expect(result.items).toHaveLength(1);
				expect(statuses()).toEqual([401, 200]);
				expect(tokens).toBe(1);
			},
		);

		test('that is new does not hide the refusal of the call that waited for it', async () => {
			harness.emulator.accounts.expireAccessTokens();
			const result = await run('portalUser.delete', each, { input: asItems([WRONG[0]]) });
			expect(statuses().slice(0, 2)).toEqual([401, 400]);
			expect(zohoOf(result)).toMatchObject({ httpStatus: 400, code: 'INVALID_DATA' });
		});

		test('that Zoho does not renew is told with the reason', async () => {
			harness.emulator.accounts.expireAccessTokens();
			harness.emulator.accounts.revokeRefreshTokens();
			const result = await run('portal.getAll');
			expect(result.error?.message).toContain('did not renew the access token ("invalid_code")');
			expect(zohoOf(result)).toMatchObject({ code: 'INVALID_TOKEN' });
		});

		test('that Zoho does not give out for now is told, too', async () => {
			harness.emulator.accounts.expireAccessTokens();
			harness.emulator.accounts.refusal = { status: 400, error: 'Access Denied' };
			const result = await run('portal.getAll');
			expect(result.error?.message).toContain('did not renew the access token ("Access Denied")');
			expect(calls()).toHaveLength(1);
		});

		describe('that is not renewed', () => {
			/** What is said when the accounts server answers every request for a token like this. */
			const answeredBy = async (fault: Partial<Fault>) => {
				const { accounts, faults } = harness.emulator;
				accounts.expireAccessTokens();
				faults.add({ kind: 'status', status: 200, before: true, during: 'token', ...fault });
				const result = await run('portal.getAll');
				faults.clear();
				return { message: result.error?.message, advice: result.error?.description ?? '' };
			};

			test.each<[string, object, string]>([
				['without a reason', {}, 'did not renew the access token'],
				[
					'for an error of the accounts server',
					{ error: 'general_error' },
					'did not renew the access token ("general_error")',
				],
			])('%s is told as what may pass, and does in the next run', async (_, body, said) => {
				const { message, advice } = await answeredBy({ body });
				expect(message).toBe(`List of portals could not be read: Zoho's accounts server ${said}`);
				expect(advice).toContain('run the node again in a few minutes');
				expect(advice).not.toContain('reconnect');
				const next = await run('portal.getAll');
				expect([next.error?.message, next.items.length]).toEqual([undefined, 1]);
			});

			test('for the client names its ID and secret', async () => {
				const { message, advice } = await answeredBy({ body: { error: 'invalid_client' } });
				expect(message).toContain('did not renew the access token ("invalid_client")');
				expect(advice).toContain('does not accept the client ID or the client secret');
			});

			test('but answered with a page is told as that, not as a server out of reach', async () => {
				const { message, advice } = await answeredBy({ kind: 'html' });
				expect(message).toBe(
					"List of portals could not be read: Zoho's accounts server answered HTTP 200 instead of issuing a new access token",
				);
				expect(advice).not.toContain('reconnect');
			});

			test('after the data center was changed is told so', async () => {
				harness.engine.connect('1', undefined, {
					dataCenter: 'eu',
					oauthTokenData: { access_token: 'example', api_domain: harness.emulator.origin },
				});
				const { error } = await run('portal.getAll');
				expect(error?.message).toContain(
					`the credential was connected to ${harness.emulator.origin}, which is not a Zoho API host`,
				);
				expect(error?.description).toContain(
					'If you changed the data center after connecting, reconnect the credential.',
				);
				expect(error?.description).not.toMatch(/hoose your data center/);
			});
		});

		test('without the scope of 100 calls costs two tokens at most, and the scope is named', async () => {
			harness.engine.connect('1', 'ZohoCRM.settings.clientportal.READ');
			const ids = addUsers(100);
			const parameters = { ...each, active: false };
			const [result, tokens] = await tokensFor(
				async () =>
					await run('portalUser.changeStatus', parameters, {
						input: asItems(ids),
						...continuing,
					}),
			);
			expect(pairs(result.items)).toEqual(ids.map((_, index) => index));
			for (const json of jsons(result)) {
				expect(json.error).toContain(`lacks the scope ${UPDATE}`);
				expect(saidIn(json).code).toBe('OAUTH_SCOPE_MISMATCH');
			}
			expect(tokens).toBeLessThanOrEqual(2);
			expect(calls().length).toBeLessThanOrEqual(20);
		});
	});

	describe('a connection that does not come about', () => {
		test('is no reason for doubt: nothing was done', async () => {
			const oauthTokenData = { access_token: 'example', api_domain: 'http://127.0.0.1:9' };
			harness.engine.connect('1', undefined, { oauthTokenData });
			const [id] = addRecords(1);
			const result = await run(
				'portalUser.invite',
				{ userType: byId(DEALERS), module: byName('Contacts'), recordIds: id },
				continuing,
			);
			const [json] = jsons(result);
			expect(json.error).toContain(`Record ${id} could not be invited: `);
			expect(json.error).toContain('ECONNREFUSED');
			expect(saidIn(json)).toMatchObject({ record_id: id });
			expect(saidIn(json).uncertain).not.toBe(true);
		});
	});

	describe.each<FaultKind>(['reset', 502])(
		'an invitation whose answer is lost by a %s after the work',
		(kind) => {
			const invite = (amount: number, setup: Parameters<typeof run>[2]) => {
				const { faults } = harness.emulator;
				faults.add({ kind, before: false, times: 1, method: 'POST' });
				const ids = addRecords(amount);
				const parameters = {
					userType: byId(DEALERS),
					module: byName('Contacts'),
					recordIds: '={{ $json.id }}',
					whenAlreadyInvited: 'resend',
				};
				return run('portalUser.invite', parameters, { input: asItems(ids), ...setup });
			};

			const invitations = () => calls().filter((call) => call.startsWith('POST'));

			test.each([
				['', {}],
				[' Nor when n8n runs the node again.', { retryOnFail: true, maxTries: 3 }],
			])('is uncertain and not sent again.%s', async (_, setup) => {
				const result = await invite(1, { ...setup, waitBetweenTries: 1 });
				expect(result.error?.message).toMatch(
					/^It is not certain whether record \d+ was invited: /,
				);
				expect(invitations()).toHaveLength(1);
				expect(harness.emulator.world.mails).toHaveLength(1);
			});

			test('is uncertain for each of many', async () => {
				const onError = 'continueRegularOutput';
				const result = await invite(3, { onError, retryOnFail: true, waitBetweenTries: 1 });
				expect(pairs(result.items)).toEqual([0, 1, 2]);
				for (const json of jsons(result)) {
					expect(json.error).toMatch(/^It is not certain whether record \d+ was invited: /);
					expect(saidIn(json).uncertain).toBe(true);
				}
				expect(invitations()).toHaveLength(1);
			});

			test('goes to the error output, and says there that it is uncertain', async () => {
				const result = await invite(2, { onError: 'continueErrorOutput' });
				expect(result.items).toEqual([]);
				expect(pairs(result.errorItems)).toEqual([0, 1]);
				for (const { json } of result.errorItems) expect(saidIn(json).uncertain).toBe(true);
				expect(invitations()).toHaveLength(1);
			});
		},
	);

	describe('the error output', () => {
		test.each<Switches['mixedIds']>(['rows', 'named'])(
			'takes who failed, and the first output who is done, where Zoho answers in the way "%s"',
			async (mixedIds) => {
				harness.emulator.switches.mixedIds = mixedIds;
				const [a, c, d] = addUsers(3);
				const input = asItems([a, WRONG[0], c, d, WRONG[1]]).map((json) => ({ ...json, mine: 1 }));
				const result = await run('portalUser.delete', each, {
					input,
					onError: 'continueErrorOutput',
				});
				expect(result.error).toBeUndefined();
				expect(pairs(result.items)).toEqual([0, 2, 3]);
				expect(jsons(result).map((json) => json.personality_id)).toEqual([a, c, d]);
				expect(jsons(result).every((json) => json.deleted === true)).toBe(true);
				expect(pairs(result.errorItems)).toEqual([1, 4]);
				for (const [index, { json }] of result.errorItems.entries()) {
					// The data of the input item stay, so that a workflow can go on with them.
					expect(json).toMatchObject({ id: WRONG[index], mine: 1 });
					expect(json.error).toContain(`Portal user ${WRONG[index]} could not be deleted: `);
					expect(saidIn(json)).toMatchObject({
						personality_id: WRONG[index],
						code: 'INVALID_DATA',
					});
				}
			},
		);

		test('takes what must not be sent', async () => {
			const [right] = addUsers(1);
			const result = await run('portalUser.delete', each, {
				input: [{ id: 'none' }, { id: right }],
				onError: 'continueErrorOutput',
			});
			expect(pairs(result.items)).toEqual([1]);
			expect(pairs(result.errorItems)).toEqual([0]);
			expect(left()).toEqual([]);
		});
	});

	describe('a run that is canceled', () => {
		const { begun } = holdPauses();

		const idsIn = (call: string) => (/personality_ids=([\d,]+)/.exec(call)?.[1] ?? '').split(',');

		test('half-way: what was under way is uncertain, what was not sent is not done', async () => {
			const answerAll = harness.emulator.hold();
			const ids = addUsers(10);
			const options = { batchSize: 2, concurrency: 2 };
			const execution = start(
				'portalUser.delete',
				{ ...each, options },
				{ input: asItems(ids), ...continuing },
			);
			while (calls().length < 2) await sleep(1);
			execution.cancel();
			const result = resultOf(await execution);
			answerAll();
			const underWay = calls().flatMap(idsIn);
			expect(calls()).toHaveLength(2);
			expect(underWay).toEqual(ids.slice(0, 4));
			expect(pairs(result.items)).toEqual(ids.map((_, index) => index));
			for (const [index, json] of jsons(result).entries()) {
				expect(json.error).toEqual(expect.any(String));
				expect(saidIn(json).personality_id).toBe(ids[index]);
				expect([ids[index], saidIn(json).uncertain === true]).toEqual([
					ids[index],
					underWay.includes(ids[index]),
				]);
			}
		});

		test('does not wait for the end of a pause', async () => {
			harness.emulator.faults.add({ kind: 'throttle', before: true, retryAfter: 10 });
			let ended = false;
			const execution = start('portalUser.delete', each, { input: asItems(addUsers(1)) });
			void execution.then(() => (ended = true));
			await begun();
			expect(ended).toBe(false);
			execution.cancel();
			await execution;
			expect(calls()).toHaveLength(1);
		});
	});
});

describe('the connection', () => {
	skipPauses();

	/** Everything that a failed execution stores or shows. */
	function exposed(result: Awaited<ReturnType<typeof run>>): string {
		return JSON.stringify([result.run, result.error, result.error?.stack]);
	}

	function tokens(): string[] {
		const { oauthTokenData } = harness.engine.credentials.stored.get('1') as {
			oauthTokenData: Record<string, string>;
		};
		return [oauthTokenData.access_token, oauthTokenData.refresh_token];
	}

	test('n8n refreshes an expired token and repeats the call', async () => {
		harness.emulator.accounts.expireAccessTokens();
		const result = await run('portal.getAll');
		expect(result.error).toBeUndefined();
		expect(jsons(result)).toHaveLength(1);
		expect(harness.emulator.requests.map(({ status }) => status)).toEqual([401, 200]);
		expect(harness.engine.credentials.refreshes).toBeGreaterThan(0);
	});

	test('calls that find the token expired at the same time share one refresh', async () => {
		const { accounts } = harness.emulator;
		const ids = addUsers(5);
		accounts.expireAccessTokens();
		const before = harness.engine.credentials.refreshes;
		const result = await run('portalUser.changeStatus', {
			userType: byId(DEALERS),
			personalityIds: ids,
			active: false,
		});
		expect(jsons(result)).toHaveLength(5);
		expect(harness.engine.credentials.refreshes - before).toBe(1);
	});

	test('says that the connection was revoked, with the reason that Zoho gave', async () => {
		harness.emulator.accounts.expireAccessTokens();
		harness.emulator.accounts.revokeRefreshTokens();
		const secrets = tokens();
		const result = await run('portal.getAll');
		expect(result.error?.message).toBe(
			'List of portals could not be read: Zoho did not renew the access token ("invalid_code")',
		);
		expect(result.error?.description).toContain('Open the credential in n8n and reconnect it.');
		expect(zohoOf(result)).toMatchObject({ httpStatus: 401, code: 'INVALID_TOKEN' });
		for (const secret of [...secrets, ...tokens()]) expect(exposed(result)).not.toContain(secret);
		expect(exposed(result)).not.toContain('emulator-example');
	});

	test('says that Zoho gives out no more tokens for now', async () => {
		harness.emulator.accounts.expireAccessTokens();
		harness.emulator.accounts.refusal = { status: 400, error: 'Access Denied' };
		const result = await run('portal.getAll');
		expect(result.error?.message).toContain(
			'Zoho did not renew the access token ("Access Denied")',
		);
		expect(result.error?.description).toContain('Wait, then run the node again');
		expect(exposed(result)).not.toContain('emulator-example');
	});

	test('waits for a token server that is down', async () => {
		harness.emulator.accounts.expireAccessTokens();
		harness.emulator.accounts.refusal = { status: 503, error: 'down' };
		const running = run('portal.getAll');
		await untilCalled(1);
		harness.emulator.accounts.refusal = undefined;
		const result = await running;
		expect(result.error).toBeUndefined();
		expect(jsons(result)).toHaveLength(1);
	});

	test('says what Zoho said when n8n took a refused code for a connection', async () => {
		harness.engine.connect('1', undefined, { oauthTokenData: { error: 'invalid_code' } });
		const result = await run('portal.getAll');
		expect(result.error?.message).toBe(
			'List of portals could not be read: Zoho did not issue a token when the credential was connected ("invalid_code")',
		);
		expect(result.error?.description).toContain('data center');
		expect(calls()).toEqual([]);
	});

	test('says that the credential was never connected', async () => {
		harness.engine.connect('1', undefined, { oauthTokenData: undefined });
		const result = await run('portal.getAll');
		expect(result.error?.message).toBe(
			'List of portals could not be read: the credential is not connected to Zoho',
		);
	});

	test.each([
		['http://127.0.0.1:1', 'com'],
		['https://www.zohoapis.com.evil.example', 'com'],
		['https://evil.example/.zohoapis.com', 'eu'],
		['http://www.zohoapis.com', 'com'],
	])('sends no token to %s', async (api_domain, dataCenter) => {
		const oauthTokenData = { access_token: 'example', api_domain, token_type: 'Bearer' };
		harness.engine.connect('1', undefined, { dataCenter, oauthTokenData } as IDataObject);
		const result = await run('portal.getAll');
		expect(result.error?.message).toContain(`the credential was connected to ${api_domain}`);
		expect(zohoOf(result)).toMatchObject({ code: 'FOREIGN_ORIGIN' });
	});

	test('sends nothing as long as no data center is chosen', async () => {
		harness.engine.connect('1', undefined, { dataCenter: '' });
		const result = await run('portal.getAll');
		expect(result.error?.message).toBe(
			'List of portals could not be read: no data center is chosen in the credential',
		);
		expect(result.error?.description).toContain('choose the data center');
		expect(zohoOf(result)).toMatchObject({ code: 'NO_DATA_CENTER' });
		expect([harness.emulator.requests, harness.emulator.tokenRequests]).toEqual([[], []]);
	});

	test('says that a custom API URL is none', async () => {
		harness.engine.connect('1', undefined, {
			customApiUrl: 'zoho',
			oauthTokenData: { access_token: 'example' },
		});
		const result = await run('portal.getAll');
		expect(result.error?.message).toContain('the credential points to zoho, which is not');
		expect(result.error?.description).toContain('Correct "API URL" in the credential');
	});

	test('says that there is no refresh token', async () => {
		const { oauthTokenData } = harness.engine.credentials.stored.get('1') as IDataObject;
		const withoutRefresh = { ...(oauthTokenData as IDataObject), refresh_token: undefined };
		harness.engine.connect('1', undefined, { oauthTokenData: withoutRefresh });
		harness.emulator.accounts.expireAccessTokens();
		const result = await run('portal.getAll');
		// What n8n says differs between its versions.
		expect(result.error?.message).toMatch(
			/Zoho did not renew the access token \("(?:OAuth access token expired|refreshToken is required)/,
		);
	});

	test('does not follow a redirect, which would take the token along', async () => {
		harness.emulator.faults.add({ kind: 'redirect', before: true });
		const result = await run('portal.getAll');
		expect(calls()).toEqual(['GET /settings/portals']);
		expect(result.error?.message).toContain('could not be read');
	});

	test('says that Zoho answered with a page instead of data', async () => {
		harness.emulator.faults.add({ kind: 'html', before: true });
		const result = await run('portal.getAll');
		expect(result.error?.message).toBe(
			'List of portals could not be read: Zoho answered with something other than JSON (HTTP 200: Maintenance)',
		);
	});

	test('says that Zoho answered with JSON that it does not know, without what it holds', async () => {
		const body = { session: {}, email: 'ada@example.test' };
		harness.emulator.faults.add({ kind: 'status', status: 200, body, before: true });
		const result = await run('portal.getAll');
		expect(result.error?.message).toBe(
			'List of portals could not be read: Zoho answered with JSON in a form that the node does not recognize (HTTP 200, with the keys session, email)',
		);
		expect(exposed(result)).not.toContain('ada@example.test');
	});

	test('says that Zoho could not finish the call', async () => {
		harness.emulator.faults.add({ kind: 500, before: true });
		const result = await run('portal.getAll');
		expect(result.error?.message).toContain('something other than JSON (HTTP 500: 500)');
		expect(calls()).toHaveLength(7);
	});

	describe('with an account that lives in another data center', () => {
		const callbackQueryString = { location: 'eu' };
		const dataCenter = 'com';

		test('says where, when no token was handed out', async () => {
			const oauthTokenData = { error: 'invalid_client', callbackQueryString };
			harness.engine.connect('1', undefined, { dataCenter, oauthTokenData });
			const result = await run('portal.getAll');
			expect(result.error?.message).toContain('("invalid_client")');
			expect(result.error?.description).toBe(
				'The Zoho account lives at zoho.eu: choose that data center in the credential, with the client ID and secret that belong to it, then reconnect the credential.',
			);
		});

		test('that is in no list sends nobody to choose it there', async () => {
			const callback = { location: 'sg' };
			const oauthTokenData = { error: 'invalid_client', callbackQueryString: callback };
			harness.engine.connect('1', undefined, { dataCenter, oauthTokenData });
			const result = await run('portal.getAll');
			expect(result.error?.description).toContain(
				'lives in the data center "sg", which the credential does not list: choose "Custom"',
			);
		});

		test('Check Connection says it without a call to Zoho', async () => {
			const oauthTokenData = { error: 'invalid_client', callbackQueryString };
			harness.engine.connect('1', undefined, { dataCenter, oauthTokenData });
			const result = await run('portal.checkConnection');
			expect(result.error?.description).toContain('lives at zoho.eu');
		});
	});

	test('says in which data centers Zoho offers portals', async () => {
		harness.emulator.switches.unsupportedDomain = true;
		const result = await run('userType.getAll');
		expect(result.error?.message).toContain('Zoho does not offer this in your data center');
		expect(result.error?.description).toContain('eu, com, in');
	});

	test('says that the account is that of a portal user', async () => {
		harness.emulator.switches.portalUserToken = true;
		const result = await run('userType.getAll');
		expect(result.error?.message).toContain('it is not available to a Client Portal User');
	});

	test('says that users are not changed in a sandbox', async () => {
		harness.emulator.switches.environment = 'sandbox';
		harness.engine.connect('1', undefined, { environment: 'sandbox' });
		const user = byId(BEN);
		const update = await run('user.update', { user, updateFields: { phone: '1' } });
		expect(update.error?.description).toContain(
			'The credential is connected to a sandbox environment, where Zoho does not allow users to be changed',
		);
		const remove = await run('user.delete', { user });
		expect(remove.error?.description).toContain('connected to a sandbox environment');
	});

	test.each([
		['Crm_Implied_Manage_ClientPortal', 'userType.getAll', '"Manage Portal"'],
		['Crm_Implied_Manage_ClientPortal_Users', 'portalUser.getAll', '"Manage Portal Users"'],
		['Crm_Implied_Manage_Users', 'user.update', '"Manage Users"'],
		['Crm_Implied_Change_Owner_Leads', 'user.transferData', '"Change Owner Leads"'],
	])('names the permission %s as Zoho CRM shows it', async (permission, operation, name) => {
		harness.emulator.switches.lacking = [permission];
		const result = await run(operation, {
			userType: byId(DEALERS),
			user: byId(BEN),
			targetUser: byId(CHLOE),
			updateFields: { phone: '1' },
		});
		expect(result.error?.message).toContain('the connected Zoho user lacks a permission');
		expect(result.error?.description).toContain(`to allow ${name} in the profile`);
	});
});
