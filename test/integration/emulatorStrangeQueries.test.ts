import { ASHA, BEN, DEALERS, PORTAL } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { caller } from '../support/call';

let emulator: Emulator;

beforeAll(async () => {
	emulator = await Emulator.start();
});
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

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
