import { CLIENT_PORTAL, DEALERS, PREMIUM } from '../../emulator/seed';
import { byId, jsons, skipPauses, useHarness } from '../../harness/harness';

const harness = useHarness();
const { run, calls, addUsers } = harness;

skipPauses();

const TYPES = [CLIENT_PORTAL, DEALERS, PREMIUM];

/** People by what the list asks for them. */
interface Amounts {
	right: number;
	added: number;
	moved: number;
	inactive: number;
	removed: number;
}

/** How many calls it takes at least: pages of 200, and the documented chunks for each user type. */
function lowerBound({ right, added, moved, inactive, removed }: Amounts): number {
	const ofType = (amount: number) => Math.ceil(amount / TYPES.length);
	const pages = Math.ceil(ofType(right + moved + inactive + removed) / 200);
	const jobs = Math.ceil(ofType(added) / 100);
	const transfers = Math.ceil(ofType(moved) / 200);
	const deletions = Math.ceil(ofType(removed) / 499);
	// The user types themselves, and the one of vendors, who might be on the list.
	return 2 + TYPES.length * (pages + 2 * jobs + transfers + deletions) + inactive;
}

/** A portal in three user types, and a list of who should be in it: the input items. */
function setUp({ right, added, moved, inactive, removed }: Amounts) {
	const spread = (amount: number, add: (userType: string, next: string) => string) =>
		Array.from({ length: amount }, (_, index) => {
			const [userType, next] = [index, index + 1].map((one) => TYPES[one % TYPES.length]);
			return { userType, id: add(userType, next) };
		});
	spread(removed, (userType) => addUsers(1, userType)[0]);
	return [
		...spread(right, (userType) => addUsers(1, userType)[0]),
		...spread(added, () => harness.emulator.world.addRecord().id),
		...spread(moved, (_, next) => addUsers(1, next)[0]),
		...spread(inactive, (userType) => addUsers(1, userType, { active: false })[0]),
	];
}

// A tenth of the portal of 10,000 that docs/performance.md would ask for, in the same proportions.
test('1,000 people and a list of 992 take the fewest calls there are', async () => {
	const amounts = { right: 982, added: 6, moved: 3, inactive: 2, removed: 12 };
	const input = setUp(amounts);
	const parameters = {
		userType: byId('={{ $json.userType }}'),
		recordIds: '={{ $json.id }}',
		others: 'delete',
	};
	const result = await run('portalUser.sync', parameters, { input });
	expect(result.error).toBeUndefined();
	const done = jsons(result).map(({ action }) => action);
	const count = (action: string) => done.filter((one) => one === action).length;
	expect({
		added: count('invited'),
		moved: count('transferred'),
		inactive: count('activated'),
		removed: count('deleted'),
	}).toEqual({ added: 6, moved: 3, inactive: 2, removed: 12 });
	expect(calls().length).toBeLessThanOrEqual(1.1 * lowerBound(amounts));
	expect(calls()).toHaveLength(lowerBound(amounts));
});
