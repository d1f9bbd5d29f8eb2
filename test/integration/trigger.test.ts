import type { IDataObject } from 'n8n-workflow';

import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { ZohoCrmPortalsTrigger } from '../../nodes/ZohoCrmPortals/ZohoCrmPortalsTrigger.node';
import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, VENDORS } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { ALL_EVENTS } from '../../harness/events';
import { skipPauses, useHarness } from '../../harness/harness';
import { Polling, told } from '../../harness/polling';
import { userOf } from '../../harness/useEmulator';
import { Ledger } from '../chaos/ledger';
import { PortalChanges } from '../chaos/portalChanges';
import { Random } from '../../emulator/random';
import { TriggerChaos } from '../chaos/triggerChaos';

const harness = useHarness();
const { addUsers, calls } = harness;

describe('events', () => {
	let polling: Polling;

	/** The emulator's people were invited long ago. */
	const events = ALL_EVENTS.filter((event) => event !== 'unconfirmed');

	beforeEach(() => {
		polling = new Polling(harness.engine, { events, options: { fullReading: 0 } });
	});

	const world = () => harness.emulator.world;

	const user = (id: string) => userOf(harness.emulator, id);

	const lines = async () => (await polling.poll()).map(told);

	describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
		beforeEach(() => {
			harness.emulator.switches.sources = sources;
		});

		test('the first poll tells nothing, and neither does one without a change', async () => {
			addUsers(450);
			expect(await polling.activate()).toEqual([]);
			expect(await lines()).toEqual([]);
			expect(await polling.activate()).toEqual([]);
		});

		test('a poll costs the list of user types and the pages of their users', async () => {
			addUsers(450);
			await polling.activate();
			harness.emulator.requests.length = 0;
			await polling.poll();
			// Three pages of dealers, and one of each of the other user types.
			expect(calls()).toHaveLength(1 + 3 + 3);
		});

		test('who is new is told with all that Zoho says', async () => {
			await polling.activate();
			const [id] = addUsers(1, DEALERS, { confirm: false });
			expect(await polling.poll()).toEqual([
				{
					event: 'userAdded',
					detected_at: expect.stringMatching(/^20.*Z$/),
					portal: PORTAL,
					user_type_id: DEALERS,
					user_type_name: 'Dealers',
					user: expect.objectContaining({
						personality_id: id,
						email: user(id).email,
						invited_time: user(id).invited_time,
						user_type_id: DEALERS,
						user_type_name: 'Dealers',
					}),
				},
			]);
		});

		test.each([
			['userConfirmed', { confirm: false }, { confirm: true }],
			['userActivated', { active: false }, { active: true }],
			['userDeactivated', {}, { active: false }],
			['userTypeChanged', {}, { userTypeId: PREMIUM }],
			['emailChanged', {}, { email: 'other@example.test' }],
		])('%s', async (event, before, after) => {
			const [id, other] = addUsers(2, DEALERS, before);
			await polling.activate();
			Object.assign(user(id), after);
			const { active, confirm } = { active: true, confirm: true, ...before };
			const items = await polling.poll();
			expect(items.map(told)).toEqual([`${event} ${id}`]);
			expect(items[0]).toMatchObject({
				user: { personality_id: id },
				previous: { user_type_id: DEALERS, user_type_name: 'Dealers', active, confirm },
			});
			expect(await lines()).toEqual([]);
			expect(user(other)).toBeDefined();
		});

		test('who is gone is told with what was known', async () => {
			const [id] = addUsers(3);
			await polling.activate();
			world().portalUsers.delete(id);
			const previous = {
				user_type_id: DEALERS,
				user_type_name: 'Dealers',
				active: true,
				confirm: true,
			};
			expect(await polling.poll()).toMatchObject([
				{
					event: 'userRemoved',
					user_type_id: DEALERS,
					user_type_name: 'Dealers',
					user: { personality_id: id, ...previous },
					previous,
				},
			]);
		});
	});

	test('added, confirmed and deactivated between two polls is all of that, in this order', async () => {
		await polling.activate();
		const [id] = addUsers(1, DEALERS, { confirm: true, active: false });
		expect(await lines()).toEqual([
			`userAdded ${id}`,
			`userConfirmed ${id}`,
			`userDeactivated ${id}`,
		]);
	});

	test('removed and added again between two polls is nothing', async () => {
		const [id] = addUsers(1);
		await polling.activate();
		const same = user(id);
		world().portalUsers.delete(id);
		await harness.run('userType.getAll');
		world().portalUsers.set(id, same);
		expect(await lines()).toEqual([]);
	});

	describe('user types', () => {
		test('are told when they are new, changed and gone', async () => {
			await polling.activate();
			const { id } = world().addUserType(PORTAL, 'Resellers');
			expect(await lines()).toEqual([`userTypeCreated ${id}`]);
			Object.assign(world().userTypes.get(id) ?? {}, { name: 'Partners', active: false });
			expect(await polling.poll()).toMatchObject([
				{
					event: 'userTypeUpdated',
					user_type_name: 'Partners',
					user_type: { id, name: 'Partners', active: false },
					previous: { name: 'Resellers', active: true },
				},
			]);
			world().userTypes.delete(id);
			expect(await polling.poll()).toMatchObject([
				{ event: 'userTypeDeleted', user_type: { id, name: 'Partners', active: false } },
			]);
			expect(await lines()).toEqual([]);
		});

		test('changed modules are told, their order and counts of users are not', async () => {
			await polling.activate();
			const type = world().userTypes.get(DEALERS);
			if (!type) throw new Error('No dealers');
			type.modules = [...type.modules].reverse();
			addUsers(1, DEALERS, { confirm: false });
			expect(await polling.poll()).toMatchObject([{ event: 'userAdded' }]);
			type.modules = type.modules.slice(1);
			expect(await lines()).toEqual([`userTypeUpdated ${DEALERS}`]);
		});

		test('the people of one that is gone are told where they are', async () => {
			const [id] = addUsers(1);
			await polling.activate();
			await harness.run('userType.delete', {
				userType: DEALERS,
				targetUserType: PREMIUM,
			});
			const items = await polling.poll();
			expect(items.map(told)).toEqual([`userTypeChanged ${id}`, `userTypeDeleted ${DEALERS}`]);
			expect(items[0]).toMatchObject({
				user_type_id: PREMIUM,
				previous: { user_type_id: DEALERS },
			});
		});
	});

	describe('of chosen user types', () => {
		beforeEach(() => {
			polling = new Polling(harness.engine, {
				events,
				userTypes: [DEALERS],
				options: { fullReading: 0 },
			});
		});

		test('moves into them and out of them are told, others are not', async () => {
			const [into, nowhere] = addUsers(2, PREMIUM);
			const [out] = addUsers(1, DEALERS);
			await polling.activate();
			user(into).userTypeId = DEALERS;
			user(out).userTypeId = PREMIUM;
			user(nowhere).userTypeId = CLIENT_PORTAL;
			user(nowhere).active = false;
			addUsers(1, PREMIUM);
			expect((await lines()).sort()).toEqual(
				[`userTypeChanged ${into}`, `userTypeChanged ${out}`].sort(),
			);
		});

		test('another choice tells nothing of before it', async () => {
			addUsers(2, PREMIUM);
			await polling.activate();
			addUsers(1, PREMIUM);
			expect(await polling.change({ userTypes: [PREMIUM] })).toEqual([]);
			const [id] = addUsers(1, PREMIUM, { confirm: false });
			addUsers(1, DEALERS);
			expect(await lines()).toEqual([`userAdded ${id}`]);
		});

		test('may be given as text', async () => {
			polling = new Polling(harness.engine, { events, userTypes: `${DEALERS}, ${VENDORS}` });
			await polling.activate();
			addUsers(1, PREMIUM, { confirm: false });
			const [id] = addUsers(1, DEALERS, { confirm: false });
			expect(await lines()).toEqual([`userAdded ${id}`]);
		});
	});

	describe('changed parameters', () => {
		test('an event that is switched on is told of later changes only, the others go on', async () => {
			polling = new Polling(harness.engine, { events: ['userAdded'] });
			await polling.activate();
			const [id] = addUsers(1);
			expect((await polling.change({ events: ['userAdded', 'userConfirmed'] })).map(told)).toEqual([
				`userAdded ${id}`,
			]);
			const [later] = addUsers(1);
			expect(await lines()).toEqual([`userAdded ${later}`, `userConfirmed ${later}`]);
		});

		test('another portal is looked at anew', async () => {
			addUsers(3);
			world().addPortal('OtherPortal');
			const type = world().addUserType('OtherPortal', 'Members');
			addUsers(3, type.id);
			await polling.activate();
			expect(await polling.change({ portal: 'OtherPortal' })).toEqual([]);
			const [id] = addUsers(1, type.id, { confirm: false });
			expect(await polling.poll()).toMatchObject([
				{ portal: 'OtherPortal', user: { personality_id: id } },
			]);
		});
	});

	describe('a renamed portal', () => {
		const rename = async (name: string) => await harness.run('portal.update', { name });

		test('is followed', async () => {
			addUsers(3);
			await polling.activate();
			await rename('NewClients');
			const [id] = addUsers(1, DEALERS, { confirm: false });
			expect(await polling.poll()).toMatchObject([
				{ event: 'userAdded', portal: 'NewClients', user: { personality_id: id } },
			]);
			harness.emulator.requests.length = 0;
			expect(await lines()).toEqual([]);
			expect(calls()).toHaveLength(5);
		});

		test('may be named in the node before or after it is found', async () => {
			addUsers(3);
			await polling.activate();
			await rename('NewClients');
			const [id] = addUsers(1, DEALERS, { confirm: false });
			expect((await polling.change({ portal: 'NewClients' })).map(told)).toEqual([
				`userAdded ${id}`,
			]);
			expect(await lines()).toEqual([]);
		});

		test('another one of the same name begins anew and tells nothing', async () => {
			addUsers(3);
			await polling.activate();
			harness.emulator.reset();
			for (const type of [...world().userTypes.values()]) {
				world().userTypes.delete(type.id);
				addUsers(2, world().addUserType(PORTAL, `Other ${type.name}`).id);
			}
			expect(await lines()).toEqual([]);
			const [type] = world().userTypes.keys();
			const [id] = addUsers(1, type, { confirm: false });
			expect(await lines()).toEqual([`userAdded ${id}`]);
		});

		test('the only one may be another one now', async () => {
			polling = new Polling(harness.engine, { events, portal: '' });
			addUsers(3);
			await polling.activate();
			world().portals.clear();
			world().userTypes.clear();
			world().portalUsers.clear();
			world().addPortal('Fresh');
			const { id: type } = world().addUserType('Fresh', 'Members');
			addUsers(3, type);
			expect(await lines()).toEqual([]);
			const [id] = addUsers(1, type, { confirm: false });
			expect(await lines()).toEqual([`userAdded ${id}`]);
		});

		test('one that is gone is an error that says so', async () => {
			addUsers(3);
			await polling.activate();
			world().portals.delete(PORTAL);
			await expect(polling.poll()).rejects.toMatchObject({
				message: `Portal "${PORTAL}" could not be read: Zoho has no portal with this name`,
				failure: { cause: 'configuration-invalid' },
			});
		});
	});
});

describe('doubt', () => {
	const USERS = `/user_type/${DEALERS}/users`;

	/** The emulator's people were invited long ago. */
	const events = ALL_EVENTS.filter((event) => event !== 'unconfirmed');

	let polling: Polling;
	let workflows = 0;

	beforeEach(() => {
		// Doubts are counted by workflow, in the process.
		polling = new Polling(
			harness.engine,
			{ events, options: { fullReading: 0 } },
			`doubt ${++workflows}`,
		);
	});

	const world = () => harness.emulator.world;

	const user = (id: string) => userOf(harness.emulator, id);

	const lines = async () => (await polling.poll()).map(told);

	/** Does something when the next call that fits has been answered. */
	function afterCall(url: string, act: () => void): void {
		const { emulator } = harness;
		const watch = emulator.onExchange;
		let isOver = false;
		emulator.onExchange = (exchange) => {
			watch?.(exchange);
			if (isOver || !exchange.url.includes(url)) return;
			isOver = true;
			act();
		};
	}

	/** Has people in the order in which Zoho gives them. */
	function reorder(ids: string[]): void {
		const { portalUsers } = world();
		for (const id of ids) {
			const one = user(id);
			portalUsers.delete(id);
			portalUsers.set(id, one);
		}
	}

	describe('people who move while they are read', () => {
		test('to another page are not gone', async () => {
			const ids = addUsers(600);
			await polling.activate();
			// Everybody of the first page moves to the end, when that has been read.
			afterCall(`${USERS}?type=AllUsers&page=1`, () => reorder(ids.slice(0, 200)));
			expect(await lines()).toEqual([]);
			expect(await lines()).toEqual([]);
		});

		test('from user type to user type, always ahead of the reading, are not gone', async () => {
			const [id] = addUsers(1);
			harness.emulator.world.addPortalUsers(PREMIUM, 3);
			await polling.activate();
			const { emulator } = harness;
			Object.assign(emulator.switches, { idFilter: 'refused', userCounts: 'none' });
			const watch = emulator.onExchange;
			// The list of dealers is read first: the person is on both lists, then on neither, and so on.
			emulator.onExchange = (exchange) => {
				watch?.(exchange);
				if (!exchange.url.includes(`/${DEALERS}/users?`)) return;
				user(id).userTypeId = user(id).userTypeId === DEALERS ? PREMIUM : DEALERS;
			};
			await expect(polling.poll()).rejects.toThrow('could not be read');
			emulator.onExchange = watch;
			user(id).userTypeId = PREMIUM;
			expect(await lines()).toEqual([`userTypeChanged ${id}`]);
		});

		test('to another page in two readings are not gone', async () => {
			polling = new Polling(harness.engine, { events, options: { fullReading: 0 } });
			const ids = addUsers(1_700);
			const [first, second, others] = [ids.slice(0, 200), ids.slice(200, 300), ids.slice(300)];
			await polling.activate();
			// A hundred slip into the first page once that was read, and five of them do so again.
			afterCall(`${USERS}?type=AllUsers&page=1&`, () => reorder([...second, ...first, ...others]));
			afterCall(`${USERS}?type=AllUsers&page=9&`, () => {
				reorder([...first, ...others, ...second]);
				afterCall(`${USERS}?type=AllUsers&page=8&`, () => {
					const [few, rest] = [second.slice(0, 5), second.slice(5)];
					reorder([...few, ...first, ...others, ...rest]);
				});
			});
			expect(await lines()).toEqual([]);
			expect(await lines()).toEqual([]);
		});

		test('are not gone when somebody before them is', async () => {
			const ids = addUsers(600);
			await polling.activate();
			afterCall(`${USERS}?type=AllUsers&page=1`, () => world().portalUsers.delete(ids[3]));
			expect(await lines()).toEqual([]);
			expect(await lines()).toEqual([`userRemoved ${ids[3]}`]);
		});

		test.each([
			['was read already are found there', DEALERS, CLIENT_PORTAL],
			['was not read yet are told once', CLIENT_PORTAL, DEALERS],
		])('to a user type that %s', async (_, from, to) => {
			const [id] = addUsers(1, from);
			await polling.activate();
			harness.emulator.faults.add({
				kind: 'delay',
				before: true,
				pause: 150,
				url: USERS,
				times: 1,
			});
			afterCall(`/user_type/${CLIENT_PORTAL}/users`, () => (user(id).userTypeId = to));
			expect(await lines()).toEqual([`userTypeChanged ${id}`]);
			expect(await lines()).toEqual([]);
		});

		test('to a user type that is new are found there', async () => {
			const [id] = addUsers(1);
			await polling.activate();
			afterCall('/user_type?', () => {
				user(id).userTypeId = world().addUserType(PORTAL, 'Resellers').id;
			});
			const type = expect.stringMatching(/^userTypeCreated /) as string;
			expect(await lines()).toEqual([type, `userTypeChanged ${id}`]);
		});

		test('are found where their user type is deleted meanwhile', async () => {
			const [id] = addUsers(1);
			await polling.activate();
			afterCall('/user_type?', () => {
				user(id).userTypeId = PREMIUM;
				world().userTypes.delete(DEALERS);
			});
			expect(await lines()).toEqual([`userTypeChanged ${id}`, `userTypeDeleted ${DEALERS}`]);
		});

		test('who is gone is looked for by ID, in every user type', async () => {
			const ids = addUsers(30);
			await polling.activate();
			for (const id of ids.slice(0, 2)) world().portalUsers.delete(id);
			harness.emulator.requests.length = 0;
			expect(await lines()).toHaveLength(2);
			// Where people are known, beside one of them, who comes first and last; elsewhere in full.
			const looks = calls().filter((call) => call.includes('personality_ids='));
			expect(looks).toHaveLength(2);
			const anchor = ids[29];
			const gone = ids.slice(0, 2);
			expect(looks[0]).toContain(`=${[anchor, ...gone].join(',')}&`);
			expect(looks[1]).toContain(`=${[...gone, anchor].join(',')}&`);
			expect(calls().filter((call) => call.includes('page=1&per_page=200'))).toHaveLength(7);
		});

		test('who is looked for by ID is found on further pages as well', async () => {
			polling = new Polling(harness.engine, {
				events,
				options: { maxRemovals: 50, fullReading: 0 },
			});
			const ids = addUsers(40);
			await polling.activate();
			const { switches } = harness.emulator;
			switches.pageSize = 12;
			// The last eleven slip into the first page once that was read, and answers get shorter then.
			afterCall(`${USERS}?type=AllUsers&page=1`, () =>
				reorder([...ids.slice(-11), ...ids.slice(0, -11)]),
			);
			afterCall(`${USERS}?type=AllUsers&page=4`, () => (switches.pageSize = 4));
			expect(await lines()).toEqual([]);
		});

		test('all lists are read again where that takes fewer calls', async () => {
			const ids = addUsers(130);
			await polling.activate();
			for (const id of ids.slice(0, 13)) world().portalUsers.delete(id);
			harness.emulator.requests.length = 0;
			expect(await lines()).toHaveLength(13);
			expect(calls().filter((call) => call.includes('personality_ids='))).toEqual([]);
			expect(calls().filter((call) => call.includes(USERS))).toHaveLength(2);
		});
	});

	describe('many who are gone at once', () => {
		test('are told after a second reading, when the counts agree', async () => {
			const ids = addUsers(30);
			await polling.activate();
			for (const id of ids.slice(0, 20)) world().portalUsers.delete(id);
			harness.emulator.requests.length = 0;
			expect(await lines()).toEqual(ids.slice(0, 20).map((id) => `userRemoved ${id}`));
			expect(calls().filter((call) => call.includes(USERS))).toHaveLength(2);
		});

		test('everybody at once is told the same way', async () => {
			const ids = addUsers(3);
			await polling.activate();
			world().portalUsers.clear();
			expect(await lines()).toEqual(ids.map((id) => `userRemoved ${id}`));
		});

		test('are told as well where the counts are always off by as much', async () => {
			harness.emulator.switches.countsOff = 4;
			const ids = addUsers(30);
			for (const { id } of [...world().userTypes.values()]) addUsers(1, id);
			await polling.activate();
			expect(await lines()).toEqual([]);
			for (const id of ids.slice(0, 20)) world().portalUsers.delete(id);
			expect(await lines()).toEqual(ids.slice(0, 20).map((id) => `userRemoved ${id}`));
		});

		test.each([
			['all of a user type', PREMIUM],
			['everybody', DEALERS],
		])('%s, are not told for two empty lists where Zoho has no counts', async (_, userType) => {
			harness.emulator.switches.userCounts = 'none';
			addUsers(3);
			const premium = userType === PREMIUM ? addUsers(3, PREMIUM) : [];
			await polling.activate();
			harness.emulator.faults.add({
				kind: 'status',
				status: 204,
				body: 'empty',
				before: true,
				url: `${userType}/users?`,
				times: 2,
			});
			expect(await lines()).toEqual([]);
			for (const id of premium) world().portalUsers.delete(id);
			expect(await lines()).toEqual(premium.map((id) => `userRemoved ${id}`));
		});

		describe('where Zoho counts them still', () => {
			skipPauses();

			beforeEach(async () => {
				addUsers(3);
				await polling.activate();
				harness.emulator.faults.add({
					kind: 'status',
					status: 204,
					body: 'empty',
					before: true,
					url: USERS,
				});
			});

			test('is an error, and nothing is told or lost', async () => {
				const before = JSON.stringify(polling.stored);
				await expect(polling.poll()).rejects.toMatchObject({
					message: expect.stringContaining(
						'3 users are missing at once, and Zoho counts 3',
					) as string,
					failure: { cause: 'temporarily-unavailable' },
				});
				expect(JSON.stringify(polling.stored)).toBe(before);
				harness.emulator.faults.clear();
				expect(await lines()).toEqual([]);
			});

			test('is read three times in a poll', async () => {
				harness.emulator.requests.length = 0;
				await expect(polling.poll()).rejects.toThrow('could not be read');
				expect(calls().filter((call) => call.includes(USERS))).toHaveLength(3);
			});

			test('is believed after five such polls, and a hint says so', async () => {
				for (let count = 0; count < 5; count++) {
					await expect(polling.poll()).rejects.toThrow('could not be read');
				}
				const items = await polling.poll();
				expect(items).toHaveLength(3);
				for (const item of items) expect(item.hint).toMatch(/six polls in a row/);
				expect(await lines()).toEqual([]);
			});
		});

		test('maxRemovals 0 has the counts agree on one who is gone', async () => {
			polling = new Polling(harness.engine, {
				events,
				options: { maxRemovals: 0, fullReading: 0 },
			});
			const [id] = addUsers(10);
			await polling.activate();
			world().portalUsers.delete(id);
			harness.emulator.requests.length = 0;
			expect(await lines()).toEqual([`userRemoved ${id}`]);
			expect(calls().filter((call) => call.includes(USERS))).toHaveLength(2);
		});
	});

	describe('answers that prove nothing', () => {
		skipPauses();

		test.each([
			['html', { kind: 'html' }],
			['an empty body', { kind: 'empty' }],
			['half a body', { kind: 'cut' }],
			['half a chunked body', { kind: 'cutChunked' }],
			['a reset', { kind: 'reset' }],
			['500', { kind: 500 }],
			['a gateway without Zoho', { kind: 503 }],
			['an error among the rows', { kind: 'wrapped', status: 200 }],
		] as const)('%s is an error, never an empty list', async (_, fault) => {
			addUsers(450);
			await polling.activate();
			addUsers(1);
			const before = JSON.stringify(polling.stored);
			harness.emulator.faults.add({ ...fault, before: true, url: `${USERS}?type=AllUsers&page=2` });
			await expect(polling.poll()).rejects.toThrow('could not be read');
			expect(JSON.stringify(polling.stored)).toBe(before);
			harness.emulator.faults.clear();
			expect(await lines()).toHaveLength(2);
		});

		test('are asked for again first', async () => {
			addUsers(450);
			await polling.activate();
			const [id] = addUsers(1, DEALERS, { confirm: false });
			for (const kind of ['html', 'empty', 'cut', 'reset', 502] as const) {
				harness.emulator.faults.add({ kind, before: true, url: USERS, times: 1 });
			}
			expect(await lines()).toEqual([`userAdded ${id}`]);
		});

		test('no user types at all is never believed', async () => {
			addUsers(3);
			harness.emulator.faults.add({
				kind: 'status',
				status: 204,
				body: 'empty',
				before: true,
				url: '/user_type',
				times: 1,
			});
			await expect(polling.activate()).rejects.toThrow('Zoho returned no user types');
			expect(await polling.activate()).toEqual([]);
			expect(await lines()).toEqual([]);
		});

		test('a first look does not take people for none', async () => {
			addUsers(3);
			harness.emulator.faults.add({
				kind: 'status',
				status: 204,
				body: 'empty',
				before: true,
				url: USERS,
				times: 2,
			});
			expect(await polling.activate()).toEqual([]);
			expect(await lines()).toEqual([]);
		});

		test('a row that cannot be read keeps what was known, and the others go on', async () => {
			const [odd, other] = addUsers(2);
			await polling.activate();
			harness.emulator.onExchange = undefined;
			Object.assign(user(odd), { confirm: null });
			user(other).active = false;
			const items = await polling.poll();
			expect(items.map(told)).toEqual([`userDeactivated ${other}`]);
			expect(items[0].hint).toBe(
				"1 row of Zoho's lists could not be read. The node keeps the last known state of these users.",
			);
			expect(await lines()).toEqual([]);
			Object.assign(user(odd), { confirm: true });
			expect(await lines()).toEqual([]);
		});

		test('a row that does not say whom it is about removes nobody', async () => {
			const [odd, other] = addUsers(2);
			await polling.activate();
			harness.emulator.onExchange = undefined;
			const before = user(odd);
			world().portalUsers.set(odd, { ...before, personality_id: '' });
			user(other).active = false;
			expect(await lines()).toEqual([`userDeactivated ${other}`]);
			world().portalUsers.set(odd, before);
			expect(await lines()).toEqual([]);
		});

		test('a person whose row could not be read at first is not new later', async () => {
			const [odd] = addUsers(1);
			harness.emulator.onExchange = undefined;
			Object.assign(user(odd), { confirm: null });
			await polling.activate();
			Object.assign(user(odd), { confirm: true });
			expect(await lines()).toEqual([]);
			user(odd).active = false;
			expect(await lines()).toEqual([`userDeactivated ${odd}`]);
		});
	});

	test('people who slip between pages of the first look are not new later', async () => {
		const ids = addUsers(600);
		afterCall(`${USERS}?type=AllUsers&page=1`, () => reorder(ids.slice(0, 200)));
		await polling.activate();
		expect(await lines()).toEqual([]);
	});

	test('a first look believes counts that are always off', async () => {
		const ids = addUsers(3);
		harness.emulator.switches.countsOff = 4;
		harness.emulator.world.addPortalUsers(PREMIUM, 1);
		harness.emulator.world.addPortalUsers(CLIENT_PORTAL, 1);
		for (const { id } of [...world().userTypes.values()]) addUsers(1, id);
		await polling.activate();
		world().portalUsers.delete(ids[0]);
		expect(await lines()).toEqual([`userRemoved ${ids[0]}`]);
	});

	test('a move into a user type whose list is empty is no removal', async () => {
		const [id] = addUsers(3);
		world().portalUsers.forEach((one) => expect(one.userTypeId).toBe(DEALERS));
		await polling.activate();
		harness.emulator.switches.emptyLists = [PREMIUM];
		user(id).userTypeId = PREMIUM;
		await expect(polling.poll()).rejects.toThrow('could not be read');
		harness.emulator.switches.emptyLists = [];
		expect(await lines()).toEqual([`userTypeChanged ${id}`]);
	});

	test('an address in another case, or left out once, is no other one', async () => {
		const [id] = addUsers(1, DEALERS, { email: 'mina@example.test' });
		await polling.activate();
		user(id).email = 'Mina@Example.test';
		expect(await lines()).toEqual([]);
		harness.emulator.onExchange = undefined;
		Object.assign(user(id), { email: null });
		expect(await lines()).toEqual([]);
		user(id).email = 'mina@example.test';
		expect(await lines()).toEqual([]);
		user(id).email = 'other@example.test';
		expect(await lines()).toEqual([`emailChanged ${id}`]);
	});
});

describe('chaos', () => {
	// Some seeds of `npm run chaos:trigger`; docs/trigger.md tells of the long run.
	const SEEDS = Array.from({ length: 8 }, (_, index) => index + 1);

	describe('a portal that changes all the time', () => {
		let chaos: TriggerChaos;

		beforeAll(async () => {
			chaos = await TriggerChaos.start(new ZohoCrmPortalsTrigger(), new ZohoCrmPortalsOAuth2Api());
		});
		afterAll(async () => await chaos.stop());

		test.each(SEEDS)('nothing is lost, and nothing told twice: seed %i', async (seed) => {
			const { violations, polls } = await chaos.run(seed);
			expect(violations).toEqual([]);
			expect(polls).toBeGreaterThan(6);
		});
	});

	describe('the books notice', () => {
		let emulator: Emulator;

		beforeAll(async () => {
			emulator = await Emulator.start();
		});
		afterAll(async () => await emulator.stop());

		/** Somebody who is there before and after, and the books of what was told meanwhile. */
		function books() {
			emulator.reset();
			const [user] = emulator.world.addPortalUsers(DEALERS, 1);
			const changes = new PortalChanges(emulator, new Random(1));
			const ledger = new Ledger(changes, 7);
			const row = { ...user, user_type_id: DEALERS };
			const previous = {
				user_type_id: DEALERS,
				user_type_name: 'Dealers',
				active: true,
				confirm: true,
			};
			return { user, changes, ledger, event: { user: row as IDataObject, previous } };
		}

		test('nothing where nothing is wrong', () => {
			const { ledger } = books();
			ledger.close();
			expect(ledger.wrong).toEqual([]);
		});

		test('a removal of somebody who is there', () => {
			const { ledger, changes, event } = books();
			ledger.enter([{ ...event, event: 'userRemoved' }], changes.moment);
			expect(ledger.wrong).toEqual([expect.stringContaining('tells what was never so')]);
		});

		test('what was told before', () => {
			const { ledger, changes, event } = books();
			ledger.enter([{ ...event, event: 'userConfirmed' }], changes.moment);
			expect(ledger.wrong).toEqual([expect.stringContaining('does not fit what was told before')]);
		});

		test('a wrong word on what was before', () => {
			const { ledger, changes, event } = books();
			const previous = { ...event.previous, user_type_id: PREMIUM };
			ledger.enter([{ ...event, previous, event: 'userRemoved' }], changes.moment);
			expect(ledger.wrong).toContainEqual(expect.stringContaining('has as previous'));
		});

		test('what was lost', () => {
			const { ledger, changes, user } = books();
			user.active = false;
			while (changes.users.get(user.personality_id)?.at(-1)?.state?.active) changes.change();
			ledger.close();
			expect(ledger.wrong).toContainEqual(expect.stringContaining('and the events say'));
		});
	});
});
