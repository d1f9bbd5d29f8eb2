/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
import { RemoteEmulator } from '../../emulator/remote';
import { CLIENT_PORTAL, DEALERS, PREMIUM, VENDORS } from '../../emulator/seed';
import { loadBuilt } from '../../harness/built';
import { Engine } from '../../harness/engine';
import { ACCESS } from '../../nodes/ZohoCrmPortals/zoho/scopes';
import { Polling } from '../../harness/polling';
import { TRIGGER_TYPE } from '../../harness/types';

/** The measurements of a separate process that polls a portal without changes. */
export interface PollCost {
	/** CPU time of a whole poll in ms, including its calls. */
	cpu: number;
	/** Peak resident set size, in kB. */
	peak: number;
	/** Characters of static data. */
	stored: number;
}

const ROUNDS = 7;

/** Polls a portal with this many users and this many minutes between full readings. */
async function main([origin, amount, fullReading]: string[]): Promise<void> {
	const emulator = RemoteEmulator.at(origin);
	const { trigger, credential } = loadBuilt();
	const tokens = await emulator.connect(ACCESS.everything.join(','));
	const engine = new Engine({ origin, connect: () => tokens }, trigger, credential);
	engine.register(TRIGGER_TYPE, trigger);
	for (const userType of [CLIENT_PORTAL, DEALERS, PREMIUM, VENDORS]) {
		if (Number(amount) > 0) await emulator.addPortalUsers(userType, Number(amount) / 4);
	}
	if (Number(amount) > 0) {
		await emulator.addPortalUsers(DEALERS, 300, { confirm: false });
		await emulator.addPortalUsers(DEALERS, 200, { active: false });
	}
	const polling = new Polling(engine, { options: { fullReading: Number(fullReading) } });
	await polling.activate();
	const spent: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const started = process.cpuUsage();
		await polling.poll();
		const { user, system } = process.cpuUsage(started);
		spent.push((user + system) / 1000);
	}
	const cost: PollCost = {
		cpu: Math.min(...spent),
		peak: process.resourceUsage().maxRSS,
		stored: polling.size,
	};
	console.log(JSON.stringify(cost));
}

void main(process.argv.slice(2));
