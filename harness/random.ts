/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the tests do not ship */
import fc from 'fast-check';

const { SEED = '21', TIMES = '1' } = process.env;

// Drawn alike in every run of the tests, so that what turns red is what was changed. The nightly job
// draws others: SEED=7 TIMES=20 npm test
fc.configureGlobal({ seed: Number(SEED), ...cases(100) });

/** How many cases a property gets: `usual`, or as many times that as the environment's TIMES says. */
export function cases(usual: number): { numRuns: number } {
	return { numRuns: usual * Number(TIMES) };
}

export { fc };
