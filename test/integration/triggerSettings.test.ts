import type { IDataObject } from 'n8n-workflow';

import { DEALERS, PORTAL, PREMIUM, VENDORS } from '../../emulator/seed';
import { ALL_EVENTS } from '../../harness/events';
import { byId, byName, skipPauses, useHarness } from '../../harness/harness';
import { skipAllPauses } from '../../harness/pauses';
import { Polling, told } from '../../harness/polling';
import { userOf } from '../../harness/useEmulator';

const harness = useHarness();
const { addUsers, calls, untilCalled } = harness;

const DAY = 86_400_000;

/** The emulator's people were invited long ago. */
const events = ALL_EVENTS.filter((event) => event !== 'unconfirmed');

const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();

/** Somebody who was invited so many days ago, and has not accepted. */
const invite = (days: number, userType = DEALERS): string =>
	addUsers(1, userType, { confirm: false, invited_time: daysAgo(days) })[0];

/** Lets days pass for somebody's invitation. */
function age(id: string, days: number): void {
	userOf(harness.emulator, id).invited_time = daysAgo(days);
}

describe('invitations that nobody accepts', () => {
	const lines = async (polling: Polling) => (await polling.poll()).map(told);

	const unconfirmed = (parameters: IDataObject = {}) =>
		new Polling(harness.engine, { events: ['unconfirmed'], ...(parameters as object) });

	test('are told once, when the days have passed', async () => {
		const id = invite(6.9);
		const polling = unconfirmed();
		await polling.activate();
		expect(await lines(polling)).toEqual([]);
		age(id, 7.1);
		expect(await polling.poll()).toMatchObject([
			{
				event: 'unconfirmed',
				user: { personality_id: id, confirm: false },
				previous: {
					user_type_id: DEALERS,
					user_type_name: 'Dealers',
					active: true,
					confirm: false,
				},
			},
		]);
		expect(await lines(polling)).toEqual([]);
		expect(await polling.activate()).toEqual([]);
	});

	test('are not told where they were too old before', async () => {
		const old = invite(30);
		const polling = unconfirmed();
		await polling.activate();
		const id = invite(8);
		expect(await lines(polling)).toEqual([`unconfirmed ${id}`]);
		age(old, 31);
		expect(await lines(polling)).toEqual([]);
	});

	test('are told then as well when that is asked for, once', async () => {
		const old = invite(30);
		const polling = unconfirmed({ options: { includeOverdue: true } });
		expect(await polling.activate()).toEqual([]);
		expect(await lines(polling)).toEqual([`unconfirmed ${old}`]);
		expect(await lines(polling)).toEqual([]);
	});

	test('another number of days counts from then on', async () => {
		const [told8, late4] = [invite(6), invite(4)];
		const polling = unconfirmed();
		await polling.activate();
		age(told8, 8);
		expect(await lines(polling)).toEqual([`unconfirmed ${told8}`]);
		expect(await polling.change({ unconfirmedDays: 3 })).toEqual([]);
		expect(await lines(polling)).toEqual([]);
		const id = invite(3.5);
		expect(await lines(polling)).toEqual([`unconfirmed ${id}`]);
		await polling.change({ unconfirmedDays: 2, options: { includeOverdue: true } });
		expect((await lines(polling)).sort()).toEqual(
			[told8, late4, id].map((one) => `unconfirmed ${one}`).sort(),
		);
		expect(await lines(polling)).toEqual([]);
	});

	test('in user types that are not watched are not told later', async () => {
		invite(6, PREMIUM);
		const polling = unconfirmed({ userTypes: [DEALERS] });
		await polling.activate();
		invite(9, PREMIUM);
		expect(await lines(polling)).toEqual([]);
		await polling.change({ userTypes: [] });
		expect(await lines(polling)).toEqual([]);
	});

	test('whoever accepts in time is not told', async () => {
		const id = invite(6);
		const polling = unconfirmed();
		await polling.activate();
		Object.assign(harness.emulator.world.portalUsers.get(id) ?? {}, { confirm: true });
		age(id, 8);
		expect(await lines(polling)).toEqual([]);
	});
});

describe('a test in the editor', () => {
	test('shows people as they are for the chosen events, and touches no state', async () => {
		const [pending] = addUsers(1, DEALERS, { confirm: false });
		const [inactive] = addUsers(1, PREMIUM, { active: false });
		const polling = new Polling(harness.engine);
		const items = await polling.test();
		expect(items.map(told)).toEqual([
			`userAdded ${pending}`,
			`userTypeChanged ${pending}`,
			`emailChanged ${pending}`,
			`userConfirmed ${inactive}`,
			`userDeactivated ${inactive}`,
			`unconfirmed ${pending}`,
			`userRemoved ${pending}`,
			expect.stringMatching(/^userTypeCreated /),
			expect.stringMatching(/^userTypeUpdated /),
			expect.stringMatching(/^userTypeDeleted /),
		]);
		for (const item of items) expect(item).toMatchObject({ test: true, portal: PORTAL });
		const before = Object.fromEntries(items.map(({ event, previous }) => [event, previous]));
		expect(before.userConfirmed).toMatchObject({ user_type_name: 'Premium', confirm: false });
		expect(before.userDeactivated).toMatchObject({ active: true });
		expect(before.userTypeChanged).not.toMatchObject({ user_type_id: items[1].user_type_id });
		expect(items[0].user).toMatchObject({ personality_id: pending, user_type_name: 'Dealers' });
		expect(polling.stored).toEqual({});
		expect(polling.size).toBe(2);
	});

	test('of an active workflow leaves what it knows as it is', async () => {
		const polling = new Polling(harness.engine, { events });
		await polling.activate();
		const [id] = addUsers(1, DEALERS, { confirm: false });
		const before = JSON.stringify(polling.stored);
		expect(await polling.test()).not.toEqual([]);
		expect(JSON.stringify(polling.stored)).toBe(before);
		expect((await polling.poll()).map(told)).toEqual([`userAdded ${id}`]);
	});

	test('shows people of the watched user types only', async () => {
		addUsers(1, PREMIUM);
		const [id] = addUsers(1, DEALERS);
		const polling = new Polling(harness.engine, { events: ['userAdded'], userTypes: [DEALERS] });
		expect((await polling.test()).map(told)).toEqual([`userAdded ${id}`]);
	});

	test('says how to make somebody to show where there is nobody', async () => {
		const polling = new Polling(harness.engine, { events: ['userConfirmed'] });
		await expect(polling.test()).rejects.toMatchObject({
			message: 'There are no users to show for the chosen events',
			description: expect.stringContaining('Invite a user') as string,
		});
	});
});

describe('fields of the record behind a user', () => {
	skipAllPauses();

	const SCOPE = 'ZohoCRM.modules.contacts.READ';
	const recordFields = ['Owner', 'Account_Name'];
	const options = { recordFields, fullReading: 0 };
	const readsOf = (module: string) => calls().filter((call) => call.includes(`/${module}?`));

	/** A trigger that has polled once. */
	async function watching(more: IDataObject = {}): Promise<Polling> {
		const polling = new Polling(harness.engine, { events, options, ...(more as object) });
		expect(await polling.activate()).toEqual([]);
		return polling;
	}

	const recordsOf = (items: IDataObject[]) =>
		items
			.map(({ user, user_type }) => (user ?? user_type) as IDataObject)
			.map(({ record }) => record);

	test.each([0, 60])(
		'come with events about users, and with no others (full reading %d)',
		async (fullReading) => {
			// Enough for a poll in between to be cheap.
			addUsers(2_000);
			const polling = await watching({ options: { recordFields, fullReading } });
			const [id] = addUsers(1, DEALERS, { confirm: false });
			const account = harness.emulator.world.addAccount('Nordwind', [id]).id;
			await harness.run('userType.update', {
				userType: byId(PREMIUM),
				updateFields: { name: 'Gold' },
			});
			const items = await polling.poll();
			expect(items.map(told)).toEqual([`userTypeUpdated ${PREMIUM}`, `userAdded ${id}`]);
			const Owner = expect.objectContaining({ id: expect.any(String) as string }) as object;
			const Account_Name = { id: account, name: 'Nordwind' };
			expect(recordsOf(items)).toEqual([undefined, { Owner, Account_Name }]);
			expect(items[0].user_type).not.toHaveProperty('record');
			for (const item of items) expect(item).not.toHaveProperty('hint');
		},
	);

	test('are read of the users of events only, 100 a call and each module by itself', async () => {
		addUsers(50);
		const polling = await watching();
		expect([...readsOf('Contacts'), ...readsOf('Vendors')]).toEqual([]);
		await polling.poll();
		expect(readsOf('Contacts')).toEqual([]);
		// Each of them is told twice: as added and as confirmed.
		addUsers(100);
		addUsers(1, VENDORS, { module: 'Vendors' });
		const items = await polling.poll();
		expect(items).toHaveLength(202);
		expect(recordsOf(items)).not.toContain(null);
		expect([readsOf('Contacts').length, readsOf('Vendors').length]).toEqual([1, 1]);
		expect(items[0].hint).toMatch(/^Zoho did not return these fields of Vendors: Account_Name\. /);
	});

	test('without the option, no record is read', async () => {
		const polling = await watching({ options: {} });
		addUsers(1);
		const items = await polling.poll();
		expect(items).toHaveLength(2);
		for (const { user } of items) expect(user).not.toHaveProperty('record');
		expect(readsOf('Contacts')).toEqual([]);
	});

	test('without the scope, events are told all the same, and a hint names it', async () => {
		harness.engine.connect('1', 'ZohoCRM.settings.clientportal.ALL');
		const polling = await watching();
		const [id] = addUsers(1, DEALERS, { confirm: false });
		expect(await polling.poll()).toMatchObject([
			{
				event: 'userAdded',
				user: { personality_id: id, record: null },
				hint: expect.stringContaining(
					`Could not read the records of 1 user in Contacts: the credential lacks the scope ${SCOPE}. `,
				) as string,
			},
		]);
		expect(readsOf('Contacts')).toEqual([]);
	});

	test.each(['cut', 'html', 'rowWithoutId', 500, 'reset'] as const)(
		'a reading that breaks (%s) fails no poll, and its events are told once',
		async (kind) => {
			const polling = await watching();
			const [id] = addUsers(1, DEALERS, { confirm: false });
			harness.emulator.faults.add({ kind, before: false, url: '/Contacts?' });
			const items = await polling.poll();
			expect(items).toMatchObject([
				{
					event: 'userAdded',
					user: { personality_id: id, record: null },
					hint: expect.stringMatching(
						/^Could not read the records of 1 user in Contacts: /,
					) as string,
				},
			]);
			const before = readsOf('Contacts').length;
			expect(await polling.poll()).toEqual([]);
			expect(readsOf('Contacts')).toHaveLength(before);
		},
	);

	test('come with users who left as well, where the record is still there', async () => {
		const [gone, deleted] = addUsers(3);
		const polling = await watching();
		for (const id of [gone, deleted]) harness.emulator.world.portalUsers.delete(id);
		const record = harness.emulator.world.records.get(deleted);
		if (record) record.state = 'recycled';
		const items = await polling.poll();
		expect(items.map(told)).toEqual([`userRemoved ${gone}`, `userRemoved ${deleted}`]);
		expect(recordsOf(items)).toEqual([
			{ Owner: expect.any(Object) as object, Account_Name: null },
			null,
		]);
		expect(items[0].hint).toMatch(/^Zoho did not return the records of 1 user in Contacts\. /);
	});

	test('other fields do not make the trigger start over', async () => {
		const polling = await watching();
		const [id] = addUsers(1, DEALERS, { confirm: false });
		const items = await polling.change({ options: { recordFields: 'Owner' } });
		expect(items).toMatchObject([{ event: 'userAdded', user: { personality_id: id } }]);
		expect(recordsOf(items)).toEqual([{ Owner: expect.any(Object) as object }]);
	});

	test('come with a test in the editor', async () => {
		const [id] = addUsers(1);
		const polling = new Polling(harness.engine, { events: ['userAdded', 'userRemoved'], options });
		const items = await polling.test();
		expect(items.map(told)).toEqual([`userAdded ${id}`, `userRemoved ${id}`]);
		const record = { Owner: expect.any(Object) as object, Account_Name: null };
		expect(recordsOf(items)).toEqual([record, record]);
		expect(readsOf('Contacts')).toHaveLength(1);
	});

	test.each([
		['', "'Record Field Names or IDs' is empty"],
		['Account Name', 'is "Account Name", which is not the API name of a field'],
	])('%j is an input error', async (given, complaint) => {
		const polling = new Polling(harness.engine, { events, options: { recordFields: given } });
		await expect(polling.activate()).rejects.toThrow(complaint);
		expect(calls()).toEqual([]);
	});
});

describe('without a portal', () => {
	const settings = { events: ['userAdded'], portal: '' };

	test('the only one is watched, by the name that it has', async () => {
		const polling = new Polling(harness.engine, settings);
		await polling.activate();
		const [id] = addUsers(1);
		expect((await polling.poll()).map(told)).toEqual([`userAdded ${id}`]);
		// Once its name is known, portals are listed no more.
		expect(calls().filter((call) => call.endsWith('/settings/portals'))).toHaveLength(1);
		const [other] = addUsers(1);
		await harness.run('portal.update', { name: 'AcmeFriends' });
		const [item] = await polling.poll();
		expect(item).toMatchObject({ portal: 'AcmeFriends', user: { personality_id: other } });
	});

	test('its name may be chosen later, and nobody is told twice', async () => {
		const polling = new Polling(harness.engine, settings);
		await polling.activate();
		const [id] = addUsers(1);
		expect((await polling.change({ portal: byName(PORTAL) })).map(told)).toEqual([
			`userAdded ${id}`,
		]);
	});

	test('a test run shows people of it', async () => {
		const [id] = addUsers(1);
		const polling = new Polling(harness.engine, settings);
		expect((await polling.test()).map(told)).toEqual([`userAdded ${id}`]);
	});

	test('of several portals one has to be chosen', async () => {
		harness.emulator.world.addPortal('AcmePartners');
		const polling = new Polling(harness.engine, settings);
		await expect(polling.activate()).rejects.toMatchObject({
			message: 'Portal could not be read: the organization has more than one portal',
			description: expect.stringContaining(`${PORTAL}, AcmePartners`) as string,
			failure: { cause: 'configuration-invalid' },
		});
	});

	test('where there is none, it is told as what has to be set up', async () => {
		harness.emulator.world.portals.clear();
		await expect(new Polling(harness.engine, settings).activate()).rejects.toMatchObject({
			message: 'Portal could not be read: the organization has no portal',
			failure: { cause: 'configuration-invalid' },
		});
	});
});

describe('parameters', () => {
	test.each([
		[{ events: [] }, "'Events' is empty"],
		[{ events: ['userGone'] }, `'Events' is "userGone", which is not one of the choices`],
		[{ userTypes: ['Dealers'] }, `'User Type Names or IDs' is "Dealers", which is not an ID`],
		[{ userTypes: ' , ' }, "'User Type Names or IDs' is empty"],
		[
			{ events: ['unconfirmed'], unconfirmedDays: 'soon' },
			`'Unconfirmed Days' is "soon", which is not a number of at least 0`,
		],
		[
			{ options: { maxRemovals: -1 } },
			"'Max Removals' is -1, which is not a whole number of at least 0",
		],
		[
			{ options: { fullReading: '7310000000000101003' } },
			`'Full Reading' is "7310000000000101003", which is not a whole number of at least 0`,
		],
		[
			{ options: { fullReading: 0.5 } },
			"'Full Reading' is 0.5, which is not a whole number of at least 0",
		],
		[{ requestOptions: { proxy: 'nowhere at all' } }, "'Proxy' is not an address"],
		[{ requestOptions: { timeout: 'long' } }, `'Timeout' is "long"`],
	])('%j is told before anything is sent', async (parameters, message) => {
		const polling = new Polling(harness.engine, { events, ...parameters });
		await expect(polling.activate()).rejects.toThrow(message);
		expect(calls()).toEqual([]);
	});
});

describe('what a failed poll says to n8n', () => {
	skipAllPauses();

	let polling: Polling;

	beforeEach(async () => {
		addUsers(3);
		polling = new Polling(harness.engine, { events });
		await polling.activate();
	});

	test('calls are refused for a while', async () => {
		harness.emulator.faults.add({ kind: 'throttle', before: true, retryAfter: 1 });
		await expect(polling.poll()).rejects.toMatchObject({
			httpCode: '429',
			failure: { cause: 'rate-limited', retryAfterMs: 1000 },
		});
	});

	test('Zoho is not there', async () => {
		harness.emulator.faults.add({ kind: 503, before: true });
		await expect(polling.poll()).rejects.toMatchObject({
			message: expect.stringContaining(`Portal "${PORTAL}" could not be read`) as string,
			failure: { cause: 'temporarily-unavailable' },
			context: { zoho: { httpStatus: 503 } },
		});
	});

	test('a scope is missing', async () => {
		harness.engine.connect('1', 'ZohoCRM.users.READ');
		await expect(polling.poll()).rejects.toMatchObject({
			message: expect.stringContaining(
				'lacks the scope ZohoCRM.settings.clientportal.READ',
			) as string,
			failure: { cause: 'credential-invalid' },
		});
	});

	test('the user has no permission', async () => {
		harness.emulator.switches.lacking.push('Crm_Implied_Manage_ClientPortal_Users');
		await expect(polling.poll()).rejects.toMatchObject({
			failure: { cause: 'configuration-invalid' },
			context: { zoho: { code: 'NO_PERMISSION' } },
		});
	});

	test('an access token that has expired is none of it', async () => {
		harness.emulator.accounts.expireAccessTokens();
		expect(await polling.poll()).toEqual([]);
	});
});

describe('time', () => {
	skipPauses();

	/** The limit of a poll, which is over when a test says so, and how long it would have been. */
	function takeLimit() {
		const limit = new AbortController();
		const limits = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
		return { over: () => limit.abort(), length: () => limits.mock.calls[0][0] };
	}

	test('reading stops before n8n abandons the poll', async () => {
		addUsers(1_500);
		const polling = new Polling(harness.engine, { events, options: { fullReading: 0 } });
		await polling.activate();
		const before = JSON.stringify(polling.stored);
		polling.budget = 200_000;
		harness.emulator.switches.pageSize = 5;
		harness.emulator.requests.length = 0;
		const { over, length } = takeLimit();
		const poll = polling.poll();
		void untilCalled(10).then(over);
		await expect(poll).rejects.toMatchObject({
			message: expect.stringContaining('longer than n8n allows for a poll') as string,
			failure: { cause: 'temporarily-unavailable' },
		});
		expect(length()).toBe(150_000);
		expect(calls().length).toBeLessThan(30);
		expect(JSON.stringify(polling.stored)).toBe(before);
		jest.restoreAllMocks();
		polling.budget = undefined;
		expect(await polling.poll()).toEqual([]);
	});

	test('a call that hangs does not take all of it', async () => {
		const polling = new Polling(harness.engine, { events });
		polling.budget = 500;
		takeLimit();
		harness.emulator.faults.add({ kind: 'silent', before: true });
		await expect(polling.activate()).rejects.toThrow('could not be read');
		// The first was given up, and made again.
		expect(calls().length).toBeGreaterThan(1);
	});

	test('a poll that begins before the one before has ended tells nothing', async () => {
		const polling = new Polling(harness.engine, { events });
		await polling.activate();
		const [id] = addUsers(1, DEALERS, { confirm: false });
		const release = harness.emulator.hold();
		harness.emulator.requests.length = 0;
		const slow = polling.poll();
		await untilCalled(1);
		expect(await polling.poll()).toEqual([]);
		release();
		expect((await slow).map(told)).toEqual([`userAdded ${id}`]);
		expect(await polling.poll()).toEqual([]);
	});

	test('polls that each have a copy of the static data do not put one another off', async () => {
		const first = new Polling(harness.engine, { events });
		await first.activate();
		const copies = Array.from({ length: 4 }, () => {
			const copy = new Polling(harness.engine, { events });
			copy.restore(first.stored);
			return copy;
		});
		const [id] = addUsers(1, DEALERS, { confirm: false });
		const release = harness.emulator.hold();
		harness.emulator.requests.length = 0;
		const polls = copies.map(async (copy) => await copy.poll());
		await untilCalled(2);
		release();
		const told4 = (await Promise.all(polls)).map((items) => items.map(told));
		expect(told4).toEqual([[], [`userAdded ${id}`], [], []]);
	});

	test('two triggers of a workflow have turns of their own, whatever their node ID', async () => {
		const one = new Polling(harness.engine, { events }, 'both', 'One');
		const two = new Polling(harness.engine, { events }, 'both', 'Two');
		await one.activate();
		await two.activate();
		const [id] = addUsers(1, DEALERS, { confirm: false });
		const release = harness.emulator.hold();
		harness.emulator.requests.length = 0;
		const polls = [one.poll(), two.poll()];
		await untilCalled(2);
		release();
		const lines = (await Promise.all(polls)).map((items) => items.map(told));
		expect(lines).toEqual([[`userAdded ${id}`], [`userAdded ${id}`]]);
	});

	test('a poll of a workflow that was saved meanwhile leaves it to the new one', async () => {
		const polling = new Polling(harness.engine, { events });
		await polling.activate();
		const [id] = addUsers(1, DEALERS, { confirm: false });
		const release = harness.emulator.hold();
		harness.emulator.requests.length = 0;
		const slow = polling.poll();
		await untilCalled(1);
		const saved = polling.activate();
		await untilCalled(2);
		release();
		expect((await Promise.all([slow, saved])).map((items) => items.map(told))).toEqual([
			[],
			[`userAdded ${id}`],
		]);
		expect(await polling.poll()).toEqual([]);
	});

	test('what n8n did not save before it was started anew is told from what it had', async () => {
		const polling = new Polling(harness.engine, { events: ['userConfirmed'] });
		const [id] = addUsers(1, DEALERS, { confirm: false });
		await polling.activate();
		// Nobody is told, so n8n saves nothing.
		const [other] = addUsers(1, DEALERS, { confirm: false });
		expect(await polling.poll()).toEqual([]);
		for (const one of [id, other]) {
			Object.assign(harness.emulator.world.portalUsers.get(one) ?? {}, { confirm: true });
		}
		expect((await polling.activate()).map(told)).toEqual([
			`userConfirmed ${id}`,
			`userConfirmed ${other}`,
		]);
		expect(await polling.activate()).toEqual([]);
	});

	test('what another version of the node has stored is like a first poll', async () => {
		addUsers(3);
		const polling = new Polling(harness.engine, { events });
		polling.stored = { 'node:Zoho': { portalState: { version: 0, users: 'AAAA' } } };
		expect(await polling.activate()).toEqual([]);
		const [id] = addUsers(1, DEALERS, { confirm: false });
		expect((await polling.poll()).map(told)).toEqual([`userAdded ${id}`]);
	});
});
