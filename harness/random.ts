/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the tests do not ship */
import fc from 'fast-check';

const { SEED = '21', TIMES = '1' } = process.env;

// The same in every run of the tests, so that failures come from changes only. The nightly job uses
// other values: SEED=7 TIMES=20 npm test
fc.configureGlobal({ seed: Number(SEED), ...cases(100) });

/** The number of cases for a property: `usual`, multiplied by the environment variable TIMES. */
export function cases(usual: number): { numRuns: number } {
	return { numRuns: usual * Number(TIMES) };
}

export { fc };
