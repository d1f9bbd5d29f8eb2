import { DEALERS, UNKNOWN } from '../../emulator/seed';
import { byName, fromList, ofDealers, useHarness } from '../../harness/harness';

const harness = useHarness();
const { run, addUsers } = harness;

const MESSAGE = `User type ${DEALERS} (Dealers) could not be deleted: it still has users`;

describe.each([
	['chosen from the list', () => fromList(DEALERS, 'Dealers')],
	['named', () => byName('Dealers')],
])('a user type that was %s', (_, userType) => {
	test('is called by its name in errors', async () => {
		addUsers(1);
		const result = await run('userType.delete', { userType: userType() });
		expect(result.error?.message).toBe(MESSAGE);
	});
});

test('a name that was chosen once says nothing of the ID that an expression gives', async () => {
	addUsers(1);
	const result = await run('userType.delete', {
		userType: fromList(`={{ "${DEALERS}" }}`, 'Other'),
	});
	expect(result.error?.message).toBe(MESSAGE.replace(' (Dealers)', ''));
});

test('a person who was chosen from the list is called by name in errors', async () => {
	const [user] = addUsers(1);
	harness.emulator.world.portalUsers.clear();
	const shown = 'Mina Shah (mina@example.com)';
	const result = await run('portalUser.delete', ofDealers(fromList(user, shown)));
	expect(result.error?.message).toBe(
		`Portal user ${user} (Mina Shah) could not be deleted: it is not a portal user of this user type`,
	);
});

test('a CRM user who was chosen from the list is called by name in errors', async () => {
	const user = fromList(UNKNOWN, 'Ben Ode (ben@example.com), inactive');
	const result = await run('user.get', { user });
	expect(result.error?.message).toBe(
		`CRM user ${UNKNOWN} (Ben Ode) could not be read: there is nothing under this name or ID`,
	);
});

test('n8n shows the code of a refusal that Zoho sends with status 200', async () => {
	const [user] = addUsers(1);
	const result = await run('portalUser.delete', ofDealers(`${user}, ${UNKNOWN}`));
	expect(result.error).toMatchObject({ httpCode: 'INVALID_DATA' });
});
