import { ASHA, BEN, DEALERS, PORTAL } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { caller } from '../../harness/call';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

const call = caller(() => emulator);

test('of a parameter that is given twice the last value counts', async () => {
	const answer = await call('GET', `/users?ids=${ASHA}&ids=${BEN}`);
	expect(answer).toMatchObject({ status: 200, body: { users: [{ id: BEN }], info: { count: 1 } } });
});

test.each(['x', '5', '{}'])('a filter that is no list is refused: %s', async (filters) => {
	emulator.world.addPortalUsers(DEALERS, 1);
	const users = `/settings/portals/${PORTAL}/user_type/${DEALERS}/users`;
	expect(await call('GET', `${users}?type=AllUsers&filters=${filters}`)).toMatchObject({
		status: 400,
		body: { code: 'PATTERN_NOT_MATCHED', details: { api_name: 'filters' } },
	});
});
