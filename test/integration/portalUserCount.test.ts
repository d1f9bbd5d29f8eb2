import type { IDataObject } from 'n8n-workflow';

import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, VENDORS } from '../../emulator/seed';
import { jsons, skipPauses, useHarness } from '../../harness/harness';

const harness = useHarness();
const { run, calls, addUsers } = harness;

skipPauses();

/** 300 dealers and 4 premium users, some of them in other states. */
function populate(): void {
	addUsers(250);
	addUsers(20, DEALERS, { active: false });
	addUsers(30, DEALERS, { confirm: false });
	addUsers(4, PREMIUM);
}

const premium = { id: PREMIUM, name: 'Premium', total: 4, active: 4, inactive: 0, unconfirmed: 0 };

const dealers = {
	id: DEALERS,
	name: 'Dealers',
	total: 300,
	active: 280,
	inactive: 20,
	unconfirmed: 30,
};

const none = { total: 0, active: 0, inactive: 0, unconfirmed: 0 };

const all = {
	portal: PORTAL,
	total: 304,
	active: 284,
	inactive: 20,
	unconfirmed: 30,
	user_types: expect.arrayContaining([
		premium,
		dealers,
		{ id: VENDORS, name: 'Suppliers', ...none },
		{ id: CLIENT_PORTAL, name: 'Client Portal', ...none },
	]),
};

const typeOf = ({ user_types }: IDataObject, id: string) =>
	(user_types as IDataObject[]).find((type) => type.id === id);

async function counted(): Promise<IDataObject> {
	return jsons(await run('portalUser.count'))[0];
}

describe.each(['oas', 'docs'] as const)('numbers of portal users (%s)', (sources) => {
	beforeEach(() => (harness.emulator.switches.sources = sources));

	test.each([
		['byState', 3],
		['total', 5],
		['none', 13],
	] as const)('where Zoho counts %s, %i calls', async (userCounts, amount) => {
		harness.emulator.switches.userCounts = userCounts;
		populate();
		expect(await counted()).toEqual(all);
		expect(calls()).toHaveLength(amount);
	});

	test.each(['byState', 'total', 'none'] as const)(
		'where Zoho counts %s, and everybody in filtered lists',
		async (userCounts) => {
			Object.assign(harness.emulator.switches, { userCounts, totalCount: 'all', pageSize: 20 });
			populate();
			expect(await counted()).toEqual(all);
		},
	);

	test.each(['refused', 'ignored'] as const)(
		'what a list does not tell is left out: filter %s',
		async (typeFilter) => {
			harness.emulator.switches.typeFilter = typeFilter;
			harness.emulator.switches.userCounts = 'total';
			populate();
			const result = await counted();
			expect(typeOf(result, DEALERS)).toEqual({ id: DEALERS, name: 'Dealers', total: 300 });
			expect(result).toEqual({ portal: PORTAL, total: 304, user_types: expect.any(Array) });
		},
	);

	test('a part that is more than the whole is left out', async () => {
		harness.emulator.switches.userCounts = 'total';
		harness.emulator.switches.countsOff = -299;
		populate();
		expect(typeOf(await counted(), DEALERS)).toEqual({ id: DEALERS, name: 'Dealers', total: 1 });
	});
});

test('an empty portal is counted in one call', async () => {
	expect(await counted()).toMatchObject({ portal: PORTAL, ...none });
	expect(calls()).toHaveLength(1);
});

test.each(['html', 500, 'cut', 'reset', 'rowWithoutId'] as const)(
	'a list that cannot be read (%s) is an error, not a number',
	async (kind) => {
		populate();
		harness.emulator.faults.add({ kind, before: false, url: 'NotConfirmedUsers' });
		const result = await run('portalUser.count');
		expect(result.items).toEqual([]);
		expect(result.error?.message).toContain('Number of portal users could not be read');
	},
);
