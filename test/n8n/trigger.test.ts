import { DEALERS, PREMIUM } from '../../emulator/seed';
import { TRIGGER_TYPE } from '../../harness/types';
import { itemsOf } from '../../harness/n8n/client';
import { ALL_SERIES } from '../../harness/n8n/install';
import { useN8n } from '../../harness/n8n/setup';
import { eventsIn, startWatching, TWO_POLLS, watching } from './watching';

const EVENTS = ['userAdded', 'userConfirmed', 'userTypeChanged', 'userRemoved'];

describe.each(ALL_SERIES)('n8n %s', (series) => {
	const running = useN8n(series);

	const invite = (): string => {
		const [user] = running.emulator.world.addPortalUsers(DEALERS, 1, { confirm: false });
		return user.personality_id;
	};

	test('n8n offers the trigger, and no tool of it', async () => {
		const types = await running.client.types('nodes');
		expect(types.find(({ name }) => name === TRIGGER_TYPE)).toMatchObject({ polling: true });
		expect(types.map(({ name }) => name)).not.toContain(`${TRIGGER_TYPE}Tool`);
	});

	test('an active workflow runs once for what has changed, also while it was off', async () => {
		const { client, emulator } = running;
		const { portalUsers } = emulator.world;
		const [old] = emulator.world.addPortalUsers(DEALERS, 1);
		const id = await client.importWorkflow(watching(EVENTS));
		await startWatching(client, emulator, id);
		const invited = invite();
		const [first] = await client.executions(id, 1, TWO_POLLS);
		expect(first.status).toBe('success');
		expect(eventsIn([first])).toEqual([`userAdded ${invited}`]);

		await client.deactivate(id);
		Object.assign(portalUsers.get(invited) ?? {}, { confirm: true, userTypeId: PREMIUM });
		portalUsers.delete(old.personality_id);
		await client.activate(id);
		const [, second] = (await client.executions(id, 2, TWO_POLLS)).reverse();
		expect(eventsIn([second])).toEqual([
			`userTypeChanged ${invited}`,
			`userConfirmed ${invited}`,
			`userRemoved ${old.personality_id}`,
		]);

		const last = invite();
		const executions = await client.executions(id, 3, TWO_POLLS);
		await client.deactivate(id);
		expect(eventsIn(executions.reverse().slice(2))).toEqual([`userAdded ${last}`]);
	}, 400_000);

	test('a poll that fails is an execution that says why, and nothing is lost', async () => {
		const { client, emulator } = running;
		const id = await client.importWorkflow(watching(EVENTS));
		await startWatching(client, emulator, id);
		const invited = invite();
		emulator.switches.lacking.push('Crm_Implied_Manage_ClientPortal_Users');
		const [failed] = await client.executions(id, 1, TWO_POLLS);
		expect(failed.status).toBe('error');
		expect(failed.data.resultData.error?.message).toContain(
			'could not be read: the connected Zoho user lacks a permission',
		);
		await client.deactivate(id);
		emulator.switches.lacking.length = 0;
		await client.activate(id);
		const [told] = await client.executions(id, 1, TWO_POLLS, ['success']);
		await client.deactivate(id);
		expect(eventsIn([told])).toEqual([`userAdded ${invited}`]);
	}, 300_000);

	test('a test in the editor shows people as they are', async () => {
		const { client } = running;
		const invited = invite();
		const id = await client.importWorkflow(watching(['userAdded', 'userConfirmed']));
		const execution = await client.run(id, 'Portal');
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Done').map(({ json }) => json)).toMatchObject([
			{ event: 'userAdded', test: true, user: { personality_id: invited } },
		]);
	});
});
