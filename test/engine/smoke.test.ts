import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { DEALERS, PORTAL, PREMIUM } from '../emulator/seed';
import { Emulator } from '../emulator/server';
import { Engine } from './engine';

let emulator: Emulator;
let engine: Engine;

beforeAll(async () => {
	emulator = await Emulator.start();
	engine = new Engine(emulator, new ZohoCrmPortals());
});
afterAll(async () => await emulator.stop());

test('deletes', async () => {
	const users = emulator.world.addPortalUsers(DEALERS, 3);
	const result = await engine.runNode({
		parameters: {
			resource: 'portalUser',
			operation: 'delete',
			portal: { __rl: true, mode: 'name', value: PORTAL },
			userType: { __rl: true, mode: 'id', value: DEALERS },
			personalityIds: '={{ $json.id }}',
		},
		input: users.map((u) => ({ id: u.personality_id })),
	});
	console.log(JSON.stringify(result.items, null, 1), result.error, emulator.requests, PREMIUM);
});
