import type { Fault } from '../../emulator/faults';
import { DEALERS } from '../../emulator/seed';
import { byId, useHarness } from '../../harness/harness';

// Why Zoho refuses to delete a user type hangs on no form of its details: its documentation promises
// the code only.

const harness = useHarness();

const refuse = (fault: Omit<Fault, 'kind' | 'before'>) =>
	harness.emulator.faults.add({ kind: 'status', before: true, method: 'DELETE', ...fault });

const REMEDY = 'Transfer its users to another user type first';

test('a refusal without details is told with what to do about users', async () => {
	refuse({ status: 400, code: 'INVALID_DATA' });
	const result = await harness.run('userType.delete', { userType: byId(DEALERS) });
	expect(result.error?.message).toContain(`User type ${DEALERS} could not be deleted`);
	expect(result.error?.description).toContain(REMEDY);
	expect(result.error?.description).toContain('Zoho answered INVALID_DATA');
});

test.each([
	[403, 'NO_PERMISSION'],
	[403, 'FORBIDDEN'],
	[400, 'SOMETHING_NEW'],
	[500, 'INTERNAL_ERROR'],
	[400, 'NOT_ALLOWED'],
])('a refusal for another reason (%i %s) is not', async (status, code) => {
	refuse({ status, code });
	const result = await harness.run('userType.delete', { userType: byId(DEALERS) });
	expect(result.error?.description).not.toContain(REMEDY);
});

test('a user type that does not exist has no users', async () => {
	const result = await harness.run('userType.delete', { userType: byId('7310000000000999991') });
	expect(result.error?.description).not.toContain(REMEDY);
	const portal = await harness.run('userType.delete', {
		portal: 'NoSuchPortal',
		userType: byId(DEALERS),
	});
	expect(portal.error?.description).not.toContain(REMEDY);
});
