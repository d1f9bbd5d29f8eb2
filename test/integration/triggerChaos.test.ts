import type { IDataObject } from 'n8n-workflow';

import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { ZohoCrmPortalsTrigger } from '../../nodes/ZohoCrmPortals/ZohoCrmPortalsTrigger.node';
import { Emulator } from '../../emulator/server';
import { DEALERS, PREMIUM } from '../../emulator/seed';
import { Ledger } from '../chaos/ledger';
import { PortalChanges } from '../chaos/portalChanges';
import { Random } from '../chaos/random';
import { TriggerChaos } from '../chaos/triggerChaos';

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
		const previous = { user_type_id: DEALERS, active: true, confirm: true };
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
