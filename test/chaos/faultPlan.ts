import type { Fault } from '../../emulator/faults';
import type { Emulator } from '../../emulator/server';
import type { Random } from '../../emulator/random';

/**
 * What may go wrong with a call. A refusal of Zoho's own with 4xx comes before the work only: it is
 * what proves that nothing was done. All the rest comes before or after.
 */
const FAULTS: Array<Omit<Fault, 'before'> & { before?: true }> = [
	{ kind: 'reset' },
	{ kind: 'cut' },
	{ kind: 'empty' },
	{ kind: 'html' },
	{ kind: 'redirect', before: true },
	{ kind: 'delay', pause: 30 },
	{ kind: 'silent' },
	{ kind: 502 },
	{ kind: 503 },
	{ kind: 504 },
	{ kind: 'throttle', before: true },
	{ kind: 'status', status: 429, body: 'json', code: 'TOO_MANY_REQUESTS', before: true },
	{ kind: 'status', status: 429, body: 'html' },
	{ kind: 'status', status: 500, body: 'json' },
	{ kind: 'status', status: 500, body: 'html' },
	{ kind: 'status', status: 503, body: 'json' },
	{ kind: 'status', status: 408, body: 'json' },
	{ kind: 'status', status: 400, body: 'html' },
	{ kind: 'status', status: 400, body: 'empty' },
	{ kind: 'status', status: 401, body: 'html' },
	{ kind: 'status', status: 404, body: 'foreign' },
	{ kind: 'status', status: 200, body: 'foreign' },
	{ kind: 'status', status: 400, body: 'json', code: 'INVALID_DATA', before: true },
	{ kind: 'status', status: 403, body: 'json', code: 'FORBIDDEN', before: true },
	{ kind: 'status', status: 401, body: 'json', code: 'INVALID_TOKEN', before: true },
	{ kind: 'wrapped', status: 400, code: 'INVALID_DATA', before: true },
];

/** Makes an emulator break calls by a seed; `share` of the calls meet each of some faults. */
export function planFaults({ faults, accounts, switches }: Emulator, random: Random): void {
	faults.clear();
	faults.seed(random.below(1_000_000));
	const share = random.pick([0, 0.02, 0.05, 0.1, 0.3]);
	for (let amount = random.below(6); amount > 0; amount--) {
		const { before, ...fault } = random.pick(FAULTS);
		faults.add({ ...fault, before: before ?? random.chance(0.4), share });
	}
	// An outage: everything fails for a while.
	if (random.chance(0.1)) {
		const { before, ...fault } = random.pick(FAULTS);
		faults.add({ ...fault, before: before ?? random.chance(0.4), times: random.below(30) });
	}
	if (random.chance(0.2)) accounts.expireAccessTokens();
	if (random.chance(0.15)) {
		const kind = random.pick(['reset', 503, 'html', 'cut'] as const);
		faults.add({ kind, before: true, during: 'token', times: random.below(4) });
	}
	Object.assign(switches, {
		sources: random.pick(['oas', 'docs'] as const),
		mixedIds: random.pick(['rows', 'named', 'first', 'unnamed', 'doneThenNamed'] as const),
		maxIdsLength: random.pick([255, 10_000]),
		idFilter: random.chance(0.2) ? 'ignored' : 'works',
		bulkStatus: random.pick(['fast', 'slow', 'ignoresSome', 'ignoresAll', 'unknown'] as const),
		maxInFlight: random.pick([2, 5, 100]),
		jobReads: random.pick([0, 1, 1_000]),
		jobsFail: random.chance(0.1),
		jobAnswer: random.pick(['ok', 'ok', 'ok', 'unknown', 'scope', 400, 404, 500, 'html'] as const),
		inviteJobsFail: random.pick(['no', 'no', 'no', 'before', 'partly'] as const),
		scheduledAbove: {
			delete: random.pick([1_000, 1_000, 10]),
			transfer: random.pick([1_000, 1_000, 10]),
		},
		totalCount: random.pick(['filtered', 'filtered', 'all'] as const),
	});
}
