import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { Chaos } from '../chaos/chaos';
import { violations } from '../chaos/verdict';

// Some seeds of `npm run chaos`; docs/reliability.md tells of the long run.
const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);

let chaos: Chaos;

beforeAll(async () => {
	chaos = await Chaos.start(new ZohoCrmPortals(), new ZohoCrmPortalsOAuth2Api());
});
afterAll(async () => await chaos.stop());

test.each(SEEDS)('what is told is so, whatever fails: seed %i', async (seed) => {
	const { violations: wrong, told } = await chaos.run(seed, 200);
	expect(wrong).toEqual([]);
	expect(told.done + told.failed + told.uncertain + told.scheduled).toBeGreaterThan(100);
});

test.each([
	['told done, and is not', ['done'], { done: false }],
	['told failed, and is done', ['failed'], { done: true }],
	['has 2 outcomes', ['done', 'done'], { done: true }],
	['has 0 outcomes', [], { done: true }],
	['happened 2 times', ['uncertain'], { done: true, times: 2 }],
] as const)('notices who %s', (wrong, told, truth) => {
	const found = violations(new Map([['1', [...told]]]), [{ id: '1', ...truth }]);
	expect(found).toEqual([expect.stringContaining(wrong)]);
});
