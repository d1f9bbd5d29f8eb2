/* eslint-disable @n8n/community-nodes/no-restricted-globals -- does not ship */
import { sleep } from 'n8n-workflow';

/**
 * How long a call waits for an answer, in ms. No pause of the node or of n8n has the same length.
 */
export const TIMEOUT = 333;

/** The pauses of the node and of n8n are between these values, in ms. */
const SHORTEST = 100;
const LONGEST = 60_000;

/** The pauses that have started since the timers were replaced. */
export interface Pauses {
	/** Their intended lengths in ms, in order. */
	lengths: () => number[];
	/** Waits until a pause has started. */
	begun: () => Promise<void>;
}

/**
 * Ends pauses at once, without affecting the timeouts of HTTP calls. Returns a function that undoes
 * this.
 */
export function endPauses(begun: (ms: number) => void = () => {}): () => void {
	return replaceTimer((usual, work, ms) => {
		begun(ms);
		return usual(work, 0);
	});
}

/** For the tests of a `describe`: pauses end at once, and those between tries have no length. */
export function skipAllPauses(): Pauses {
	return usePauses(endPauses);
}

/** For the tests of a `describe`: pauses never end, whatever their length. */
export function holdPauses(): Pauses {
	return usePauses((begun) =>
		replaceTimer((usual, _, ms) => {
			begun(ms);
			return usual(() => {}, 0);
		}),
	);
}

function usePauses(replace: (begun: (ms: number) => void) => () => void): Pauses {
	let lengths: number[] = [];
	let restore = () => {};
	beforeEach(() => {
		lengths = [];
		jest.spyOn(Math, 'random').mockReturnValue(0);
		restore = replace((ms) => lengths.push(ms));
	});
	afterEach(() => {
		restore();
		jest.restoreAllMocks();
	});
	return {
		lengths: () => lengths,
		begun: async () => {
			while (lengths.length === 0) await sleep(1);
		},
	};
}

type Work = () => void;

/** Replaces how pauses start, and nothing else. Returns a function that undoes this. */
function replaceTimer(
	begin: (usual: typeof setTimeout, work: Work, ms: number) => NodeJS.Timeout,
): () => void {
	const usual = globalThis.setTimeout;
	const timer = (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
		isPause(ms) ? begin(usual, () => work(...args), ms) : usual(work, ms, ...args);
	globalThis.setTimeout = Object.assign(timer, usual);
	return () => {
		globalThis.setTimeout = usual;
	};
}

/** Whether a waiting time is a pause and not a timeout. */
function isPause(ms: number): boolean {
	return ms !== TIMEOUT && ms >= SHORTEST && ms < LONGEST;
}
