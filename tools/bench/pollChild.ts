/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
import { RemoteEmulator } from '../../emulator/remote';
import { compare } from '../../nodes/ZohoCrmPortals/trigger/compare';
import { listingOf, readingOf, userTypeOf } from '../../nodes/ZohoCrmPortals/trigger/reading';
import { readState, writeState } from '../../nodes/ZohoCrmPortals/trigger/state';
import { DEALERS } from '../../emulator/seed';
import { loadBuilt } from '../../harness/built';
import { Engine } from '../../harness/engine';
import { Polling } from '../../harness/polling';
import { TRIGGER_TYPE } from '../../harness/types';

/** What a process of its own measured of polls. CPU time in ms. */
export interface PollCost {
	/** Of a whole poll, its calls included. */
	whole: number;
	/** Of what the trigger does beside its calls: unpacking, comparing, packing. */
	beside: number;
	/** Resident set at its peak, in kB. */
	peak: number;
	/** Characters of static data. */
	stored: number;
}

const ROUNDS = 5;

/** Polls a portal of so many users; prints what that cost. Without users: what n8n-core alone takes. */
async function main([origin, amount]: string[]): Promise<void> {
	const emulator = RemoteEmulator.at(origin);
	const { trigger, credential } = loadBuilt();
	const scope = String(credential.properties.find(({ name }) => name === 'scope')?.default);
	const tokens = await emulator.connect(scope);
	const engine = new Engine({ origin, connect: () => tokens }, trigger, credential);
	engine.register(TRIGGER_TYPE, trigger);
	if (Number(amount) > 0) await emulator.addPortalUsers(DEALERS, Number(amount));
	const polling = new Polling(engine);
	await polling.activate();
	const whole: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		whole.push(await cpu(async () => await polling.poll()));
	}
	const peak = process.resourceUsage().maxRSS;
	const beside: number[] = [];
	for (let round = 0; round < ROUNDS; round++) beside.push(await cpu(besides(polling)));
	const cost: PollCost = {
		whole: Math.min(...whole),
		beside: Math.min(...beside),
		peak,
		stored: polling.size,
	};
	console.log(JSON.stringify(cost));
}

/** What a poll does with rows that it has read already. */
function besides({ stored }: Polling): () => void {
	const data = stored['node:Zoho'] as object;
	const state = readState({ ...data });
	if (!state) throw new Error('Nothing is stored');
	const rows = [...state.known.users.values()].map(({ id, active, confirm }) => ({
		personality_id: id,
		email: `person${id.slice(-6)}@example.test`,
		created_time: '2026-03-04T10:15:00+05:30',
		active,
		confirm,
	}));
	const types = state.known.userTypes.map((type) => userTypeOf({ ...type, modules: undefined }));
	const dealers = types.findIndex(({ id }) => id === DEALERS);
	return () => {
		const before = readState({ ...data });
		if (!before) throw new Error('Nothing is stored');
		const lists = types.map((type, index) => listingOf(index === dealers ? rows : [], type));
		const { watch } = before;
		const asked = { is: watch, was: watch, includeOverdue: false };
		const { known } = compare(
			before.known,
			{ ...readingOf(types, lists), gone: [] },
			asked,
			Date.now(),
		);
		writeState({}, { ...before, known });
	};
}

async function cpu(work: () => unknown): Promise<number> {
	const started = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(started);
	return (user + system) / 1000;
}

void main(process.argv.slice(2));
