import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, VENDORS } from '../../emulator/seed';
import { useHarness } from '../../harness/harness';
import { ALL_EVENTS, Polling, told } from '../../harness/polling';

const harness = useHarness();
const { addUsers, calls } = harness;

let polling: Polling;

/** The emulator's people were invited long ago. */
const events = ALL_EVENTS.filter((event) => event !== 'unconfirmed');

beforeEach(() => {
	polling = new Polling(harness.engine, { events });
});

const world = () => harness.emulator.world;

function user(id: string) {
	const found = world().portalUsers.get(id);
	if (!found) throw new Error(`No user ${id}`);
	return found;
}

const lines = async () => (await polling.poll()).map(told);

describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
	beforeEach(() => {
		harness.emulator.behaviour.sources = sources;
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
			previous: { user_type_id: DEALERS, active, confirm },
		});
		expect(await lines()).toEqual([]);
		expect(user(other)).toBeDefined();
	});

	test('who is gone is told with what was known', async () => {
		const [id] = addUsers(3);
		await polling.activate();
		world().portalUsers.delete(id);
		const previous = { user_type_id: DEALERS, active: true, confirm: true };
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
		polling = new Polling(harness.engine, { events, userTypes: [DEALERS] });
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
		expect((await polling.change({ portal: 'NewClients' })).map(told)).toEqual([`userAdded ${id}`]);
		expect(await lines()).toEqual([]);
	});

	test('one that is gone is an error that says so', async () => {
		addUsers(3);
		await polling.activate();
		world().portals.delete(PORTAL);
		await expect(polling.poll()).rejects.toMatchObject({
			message: `Portal "${PORTAL}" could not be read: Zoho knows no portal of this name`,
			failure: { cause: 'configuration-invalid' },
		});
	});
});
