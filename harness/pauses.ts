/* eslint-disable @n8n/community-nodes/no-restricted-globals -- does not ship */
import { sleep } from 'n8n-workflow';

/** How long a call waits for an answer, in ms: no pause of the node or of n8n is as long. */
export const TIMEOUT = 333;

/** Between these are the pauses of the node and of n8n, in ms. */
const SHORTEST = 100;
const LONGEST = 60_000;

/** The pauses that have begun since the clock was taken over. */
export interface Pauses {
	/** How long they would have been, in ms, in order. */
	lengths: () => number[];
	/** Waits until one has begun. */
	begun: () => Promise<void>;
}

/** Ends pauses at once, without touching the time limits of HTTP calls. Returns how to undo that. */
export function endPauses(begun: (ms: number) => void = () => {}): () => void {
	return replaceTimer((usual, work, ms) => {
		begun(ms);
		return usual(work, 0);
	});
}

/** For the tests of a `describe`: pauses end at once, those between tries have no length. */
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

/** Has pauses, and nothing else, begin in another way. Returns how to undo that. */
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

/** Whether a time that something waits for is a pause, not a limit. */
function isPause(ms: number): boolean {
	return ms !== TIMEOUT && ms >= SHORTEST && ms < LONGEST;
}
