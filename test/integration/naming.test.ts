import { DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import {
	byEmail,
	byId,
	byName,
	continuing,
	hintsOf,
	inviting,
	jsons,
	ofDealers,
	pairs,
	useHarness,
} from '../../harness/harness';
import { byAgent, setUpTool } from '../../harness/tool';

const harness = useHarness();
const { run, calls, addUsers, addRecords, reads, writes, emailOf } = harness;

const anywhere = { userType: byId('') };

const emailOfRecord = (id: string) => harness.emulator.world.records.get(id)?.email ?? '';

describe('by ID or email', () => {
	test('one value may name people by both, in one user type and in any', async () => {
		for (const userType of [byId(DEALERS), byId('')]) {
			harness.emulator.reset();
			const [a, b, c] = addUsers(3);
			const result = await run('portalUser.delete', {
				userType,
				personalityIds: byId(`${a}, ${emailOf(b).toUpperCase()}; ${c}`),
			});
			expect(jsons(result).map(({ personality_id }) => personality_id)).toEqual([a, b, c]);
			expect(writes()).toHaveLength(1);
		}
	});

	test('a plain value, an array and what is chosen from a list are read alike', async () => {
		for (const shape of [
			(email: string) => email,
			(email: string) => [email],
			(email: string) => JSON.stringify([email]),
			(email: string) => ({ __rl: true, mode: 'list', value: email }),
		]) {
			const [id] = addUsers(1);
			const input = [{ who: shape(emailOf(id)) }];
			const result = await run(
				'portalUser.delete',
				{ ...anywhere, personalityIds: '={{ $json.who }}' },
				{ input },
			);
			expect(jsons(result)).toEqual([expect.objectContaining({ personality_id: id })]);
		}
	});

	test('somebody of whom only one name is known fails alone', async () => {
		const [a] = addUsers(1);
		const result = await run(
			'portalUser.delete',
			{ ...anywhere, personalityIds: byId(`${a},nobody@example.test,7310000000000999999`) },
			continuing,
		);
		expect(jsons(result)).toEqual([
			expect.objectContaining({ personality_id: a, deleted: true }),
			expect.objectContaining({ email: 'nobody@example.test', code: 'NOT_FOUND' }),
			expect.objectContaining({ personality_id: '7310000000000999999', code: 'NOT_FOUND' }),
		]);
	});

	test('the same person by ID and by email is done once', async () => {
		const [a] = addUsers(1);
		const result = await run('portalUser.delete', ofDealers(byId(`${a}, ${emailOf(a)}`)));
		expect(jsons(result).map(({ personality_id }) => personality_id)).toEqual([a, a]);
		expect(writes()).toHaveLength(1);
	});

	test.each(['Mina Shah', '12a', '73100000000003100021', '@', 'a@b@c', '<mina@example.test'])(
		'"%s" is neither, and nothing is sent',
		async (who) => {
			const result = await run('portalUser.delete', ofDealers(), { input: [{ id: who }] });
			expect(result.error?.message).toMatch(
				/^'Users' is ".*", which is neither an ID nor an email address \[row 1\]$/,
			);
			expect(calls()).toEqual([]);
		},
	);

	test('records are invited by both', async () => {
		const [a, b] = addRecords(2);
		const result = await run('portalUser.invite', inviting(`${a}, ${emailOfRecord(b)}`));
		expect(jsons(result).map(({ record_id }) => record_id)).toEqual([a, b]);
		expect(harness.sentTo()).toEqual([a, b].sort());
	});

	test('a list of Sync may have both', async () => {
		const [a, b] = addRecords(2);
		const [there] = addUsers(1);
		const recordIds = `${a}, ${emailOfRecord(b)}, ${emailOf(there)}`;
		const result = await run('portalUser.sync', { userType: byId(DEALERS), recordIds });
		expect(jsons(result).map(({ action, personality_id }) => [action, personality_id])).toEqual([
			['invited', a],
			['invited', b],
		]);
	});

	test("an agent's tool takes an email in By ID", async () => {
		const [a] = addUsers(1);
		const parameters = {
			resource: 'portalUser',
			operation: 'changeStatus',
			portal: byName(PORTAL),
			userType: byId("={{ $fromAI('type') }}"),
			personalityIds: byId("={{ $fromAI('user') }}"),
			active: false,
		};
		const tool = setUpTool(harness.engine, { parameters });
		const output = await byAgent(tool, { user: emailOf(a), type: 'dealers' })();
		expect(output).toMatchObject([{ personality_id: a, active: false }]);
	});
});

describe('a user type in By ID', () => {
	test('may be named, as a plain value as well', async () => {
		for (const [from, to] of [
			[byId('={{ $json.from }}'), byId('={{ $json.to }}')],
			['={{ $json.from }}', '={{ $json.to }}'],
		]) {
			const [a] = addUsers(1);
			const result = await run(
				'portalUser.transfer',
				{ userType: from, targetUserType: to, personalityIds: a },
				{ input: [{ from: 'dealers', to: 'Premium' }] },
			);
			expect(jsons(result)).toEqual([expect.objectContaining({ user_type_id: PREMIUM })]);
		}
	});

	test('digits are an ID, as they were', async () => {
		const [a] = addUsers(1);
		await run('portalUser.delete', ofDealers(a));
		expect(reads()).toEqual([]);
		const result = await run(
			'portalUser.delete',
			{
				userType: '={{ $json.type }}',
				personalityIds: a,
			},
			{ input: [{ type: '73100000000003100021' }] },
		);
		expect(result.error?.message).toContain("'User Type' is");
	});

	test('a name that none has is an error that lists the names there are', async () => {
		const result = await run('portalUser.getAll', { userType: byId('Deelers') });
		expect(result.error?.message).toContain('no user type "Deelers"');
		expect(result.error?.description).toContain('Dealers');
	});
});

describe('name and address', () => {
	test.each([
		['%', 'Mina Shah <%>'],
		['%', '"Shah, Mina" <%>'],
		['%', '<%>'],
		['%', 'Mina Shah < % >'],
	])('%s is found in "%s"', async (_, written) => {
		for (const by of [byEmail, byId]) {
			const [a] = addUsers(1);
			const who = written.replace('%', emailOf(a));
			const result = await run(
				'portalUser.delete',
				{ ...anywhere, personalityIds: by('={{ $json.who }}') },
				{ input: [{ who }] },
			);
			expect(jsons(result)).toEqual([expect.objectContaining({ personality_id: a })]);
		}
	});

	test('several are read from one text, and from an array', async () => {
		for (const shape of [
			(all: string[]) => all.join(', '),
			(all: string[]) => all.join('\n'),
			(all: string[]) => all,
			(all: string[]) => JSON.stringify(all),
		]) {
			const [a, b, c] = addUsers(3);
			const all = [`Mina Shah <${emailOf(a)}>`, b, `Ben <${emailOf(c)}>`];
			const result = await run(
				'portalUser.delete',
				{ ...anywhere, personalityIds: '={{ $json.who }}' },
				{ input: [{ who: shape(all) }] },
			);
			expect(jsons(result).map(({ personality_id }) => personality_id)).toEqual([a, b, c]);
		}
	});

	test.each([
		'7310000000000400001 Mina <mina@example.test>',
		'Shah, Mina <mina@example.test>',
		'Mina\n<mina@example.test>',
		'ben@example.test <mina@example.test>',
		'Mina <mina@example.test',
	])('what may name somebody else as well is an error: %j', async (who) => {
		const result = await run('portalUser.delete', ofDealers(), { input: [{ id: who }] });
		expect(result.error?.message).toContain("'Users' is");
		expect(calls()).toEqual([]);
	});
});

describe('blank rows', () => {
	const options = { skipBlank: true };

	test('are errors that speak of what is asked for, unless they are skipped', async () => {
		const blank = await run(
			'portalUser.delete',
			{ ...anywhere, personalityIds: byEmail('={{ $json.email }}') },
			{ input: [{ email: 'mina@example.test' }, { email: '' }] },
		);
		expect(blank.error?.message).toBe("'Users' is empty [row 2]");
		expect(blank.error?.description).toContain('email address');
		expect(blank.error?.context.itemIndex).toBe(1);
		expect(calls()).toEqual([]);
	});

	test('are skipped, with a hint, and the others keep their places', async () => {
		const [a, b] = addUsers(2);
		const input = ['', emailOf(a), null, '  ', [], [''], emailOf(b)].map((email) => ({ email }));
		const result = await run(
			'portalUser.delete',
			{ ...anywhere, personalityIds: byEmail('={{ $json.email }}'), options },
			{ input },
		);
		expect(jsons(result).map(({ personality_id }) => personality_id)).toEqual([a, b]);
		expect(pairs(result.items)).toEqual([1, 6]);
		expect(hintsOf(result)).toContain('Skipped 5 blank rows.');
	});

	test('of an array are skipped, and are errors otherwise', async () => {
		const [a] = addUsers(1);
		const input = [{ emails: ['', emailOf(a), null] }];
		const asked = { ...anywhere, personalityIds: byEmail('={{ $json.emails }}') };
		const refused = await run('portalUser.delete', asked, { input });
		expect(refused.error?.message).toBe("'Users' is empty [row 1]");
		const result = await run('portalUser.delete', { ...asked, options }, { input });
		expect(jsons(result)).toEqual([expect.objectContaining({ personality_id: a })]);
	});

	test('are all there is: nothing is done', async () => {
		addUsers(20);
		for (const [operation, parameters] of [
			['portalUser.delete', { ...anywhere, personalityIds: '={{ $json.id }}' }],
			['portalUser.get', { ...anywhere, personalityIds: '={{ $json.id }}' }],
			['portalUser.invite', { userType: byId(DEALERS), recordIds: '={{ $json.id }}' }],
			[
				'portalUser.sync',
				{
					userType: byId(DEALERS),
					recordIds: '={{ $json.id }}',
					others: 'delete',
					othersIn: 'all',
				},
			],
		] as const) {
			const result = await run(
				operation,
				{
					...parameters,
					options: operation === 'portalUser.sync' ? { ...options, maxRemovals: 99 } : options,
				},
				{ input: [{ id: '' }, {}] },
			);
			expect(result.error).toBeUndefined();
			expect(result.items).toEqual([]);
		}
		expect(calls()).toEqual([]);
	});

	test('that hold something else are errors all the same', async () => {
		const input = [{ id: '' }, { id: 'none' }];
		const result = await run('portalUser.delete', ofDealers('={{ $json.id }}', { options }), {
			input,
		});
		expect(result.error?.message).toBe(
			`'Users' is "none", which is neither an ID nor an email address [row 2]`,
		);
		expect(calls()).toEqual([]);
	});
});
