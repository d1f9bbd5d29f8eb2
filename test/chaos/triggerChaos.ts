import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../emulator/faults';
import { Emulator } from '../../emulator/server';
import { Engine } from '../../harness/engine';
import { Polling } from '../../harness/polling';
import { endPauses, TIMEOUT } from '../../harness/pauses';
import { OnEngine } from './onEngine';
import { Ledger } from './ledger';
import { PortalChanges } from './portalChanges';
import { Random } from '../../emulator/random';

/** What one seed showed. */
export interface TriggerReport {
	/** Events that were told, by name. */
	told: Record<string, number>;
	polls: number;
	/** Polls that ended with an error. */
	failed: number;
	calls: number;
	/** Polls that read no list of everybody. */
	cheap: number;
	violations: string[];
}

const DAYS = 7;

/** Lists of users, not the looks for single ones. */
const LISTS = 'type=AllUsers&page=';

/** A list that only cheap polls read. */
const SMALL = 'type=NotConfirmedUsers';

/** What may go wrong with a call. */
const FAULTS: Fault[] = [
	{ kind: 'reset', before: true },
	{ kind: 'cut', before: true },
	{ kind: 'cutChunked', before: true },
	{ kind: 'empty', before: true },
	{ kind: 'html', before: true },
	{ kind: 'redirect', before: true },
	{ kind: 'delay', before: true, pause: 20 },
	{ kind: 'silent', before: true },
	{ kind: 503, before: true },
	{ kind: 'throttle', before: true },
	{ kind: 'status', status: 500, body: 'json', before: true },
	{ kind: 'status', status: 200, body: 'foreign', before: true },
	{ kind: 'status', status: 401, body: 'html', before: true },
	{ kind: 'status', status: 400, body: 'json', code: 'INVALID_DATA', before: true },
	{ kind: 'wrapped', status: 200, before: true },
	// Zoho says that there is nothing where there is something.
	{ kind: 'status', status: 204, body: 'empty', before: true, url: LISTS },
	{ kind: 'status', status: 204, body: 'empty', before: true, url: SMALL },
	{ kind: 'status', status: 204, body: 'empty', before: true, url: 'type=DeactiveUsers' },
	{ kind: 'status', status: 204, body: 'empty', before: true, url: '/user_type?' },
];

/** Polls a portal that changes all the time, by a seed, and keeps books of what is told. */
export class TriggerChaos extends OnEngine {
	async run(seed: number): Promise<TriggerReport> {
		const restore = endPauses();
		const clock = Date.now;
		let ahead = 0;
		Date.now = () => clock() + ahead;
		const wait = (minutes: number) => (ahead += minutes * 60_000);
		try {
			return await new Run(this.emulator, this.engine, seed, wait).run();
		} finally {
			this.emulator.onExchange = undefined;
			Date.now = clock;
			restore();
		}
	}
}

/** One seed. */
class Run {
	private readonly random: Random;

	private readonly changes: PortalChanges;

	private readonly ledger: Ledger;

	private readonly polling: Polling;

	/** Fewer changes than this between two polls, and the minutes that may be between them. */
	private readonly pace: { changes: number; waits: number[] };

	private readonly report: TriggerReport = {
		told: {},
		polls: 0,
		failed: 0,
		calls: 0,
		cheap: 0,
		violations: [],
	};

	constructor(
		private readonly emulator: Emulator,
		engine: Engine,
		seed: number,
		private readonly wait: (minutes: number) => void,
	) {
		emulator.reset();
		engine.connect('1');
		this.random = new Random(seed);
		const { random } = this;
		// Most seeds are of a portal that cheap polls can read, and of which they can tell most changes.
		const calm = random.chance(0.7);
		this.pace = calm ? { changes: 3, waits: [1, 1, 20] } : { changes: 8, waits: [1, 1, 20, 61] };
		Object.assign(emulator.switches, {
			sources: random.pick(['oas', 'docs'] as const),
			pageSize: calm ? 200 : random.pick([5, 200, 200]),
			maxInFlight: random.pick([3, 5, 100]),
			idFilter: random.pick(['works', 'works', 'ignored', 'refused', 'cut', 'first'] as const),
			typeFilter: calm ? 'works' : random.pick(['works', 'works', 'ignored', 'refused'] as const),
			userCounts: calm ? 'sources' : random.pick(['sources', 'total', 'none'] as const),
			countsLag: random.pick([0, 0, 1]),
			countsOff: random.pick([0, 0, 0, -2]),
			totalCount: random.pick(['filtered', 'filtered', 'all'] as const),
		});
		this.changes = new PortalChanges(emulator, random);
		this.ledger = new Ledger(this.changes, DAYS);
		const parameters = {
			unconfirmedDays: DAYS,
			options: { fullReading: calm ? random.pick([60, 600]) : random.pick([0, 60, 600]) },
			requestOptions: { timeout: TIMEOUT },
		};
		this.polling = new Polling(engine, parameters, `chaos ${seed}`);
	}

	async run(): Promise<TriggerReport> {
		const { random, report, emulator, changes, ledger, pace } = this;
		this.enter(await this.polling.activate(), changes.moment);
		const share = random.pick([0, 0.02, 0.1]);
		for (let round = 6 + random.below(6); round > 0; round--) {
			for (let amount = random.below(pace.changes); amount > 0; amount--) changes.change();
			this.planFaults(share);
			this.wait(random.pick(pace.waits));
			await this.attempt(random.chance(0.6));
		}
		// In the end nothing moves and nothing fails. Counts that are off are overruled in the sixth
		// poll, if n8n lives to tell it.
		emulator.faults.clear();
		this.wait(601);
		for (let polls = 0, { failed } = report; polls < 6; polls++, { failed } = report) {
			await this.attempt(false, false);
			if (report.failed === failed) break;
		}
		await this.attempt(false, false);
		ledger.close();
		report.violations = ledger.wrong;
		return report;
	}

	/** One poll by the clock, after a restart, or one that n8n does not live to tell. */
	private async attempt(restless: boolean, mayCrash = true): Promise<void> {
		const { random, report, emulator, changes, polling } = this;
		changes.begin();
		const began = changes.moment;
		emulator.requests.length = 0;
		const often = random.pick([0.05, 0.3, 0.8]);
		emulator.onExchange = () => {
			if (restless && random.chance(often)) changes.change();
		};
		report.polls++;
		const kind = random.below(10);
		const look = async () => {
			if (kind === 0 && mayCrash) return await polling.crash();
			return kind < 3 ? await polling.activate() : await polling.poll();
		};
		const items = await look().catch((error: unknown) => {
			// Only what the node says on purpose.
			if (!/could not be read/.test(String(error))) throw error;
			report.failed++;
			return [];
		});
		this.enter(items, began);
		report.calls += emulator.requests.length;
		report.cheap += Number(this.isCheap());
	}

	private isCheap(): boolean {
		const urls = this.emulator.requests.map(({ url }) => url);
		return urls.some((url) => url.includes(SMALL)) && !urls.some((url) => url.includes(LISTS));
	}

	private enter(items: IDataObject[], began: number): void {
		this.ledger.enter(items, began);
		for (const { event } of items) {
			this.report.told[String(event)] = (this.report.told[String(event)] ?? 0) + 1;
		}
	}

	private planFaults(share: number): void {
		const { random } = this;
		const { faults, accounts } = this.emulator;
		faults.clear();
		faults.seed(random.below(1_000_000));
		if (share === 0) return;
		for (let amount = random.below(4); amount > 0; amount--) {
			faults.add({ ...random.pick(FAULTS), share });
		}
		// An outage: everything fails for a while. Lists that are empty for long are true without counts.
		const { userCounts } = this.emulator.switches;
		const lasting = FAULTS.filter(({ url }) => userCounts !== 'none' || url !== LISTS);
		if (random.chance(0.1)) faults.add({ ...random.pick(lasting), times: random.below(30) });
		if (random.chance(0.1)) accounts.expireAccessTokens();
	}
}
