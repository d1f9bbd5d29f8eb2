import { operations } from '../../nodes/ZohoCrmPortals/resources';
import { cases } from '../../harness/operations';
import { pairs, useHarness } from '../../harness/harness';

const harness = useHarness();

test('every operation is among the cases', () => {
	const declared = Object.entries(operations).flatMap(([resource, ofResource]) =>
		ofResource.map(({ value }) => `${resource}.${value}`),
	);
	const tried = cases.map(({ name }) => name);
	// Whatever Zoho refuses is what Check Connection tells: its test is its own.
	expect(declared.filter((name) => !tried.includes(name))).toEqual(['portal.checkConnection']);
});

/** Runs an operation with three items, of which Zoho refuses the second. */
async function runThree(one: (typeof cases)[number], onError?: string) {
	const { emulator } = harness;
	const parameters = one.parameters(emulator);
	const input = [one.good(emulator), { value: one.bad }, one.good(emulator)];
	return await harness.run(one.name, parameters, { input, onError: onError as never });
}

describe.each(cases.filter(({ bad }) => bad !== ''))(
	'$name, with the second of three refused',
	(one) => {
		test('stops the workflow at that item', async () => {
			const { error, items } = await runThree(one);
			expect(items).toEqual([]);
			expect(error?.context.itemIndex).toBe(1);
			expect(error?.message).toMatch(/could not be/);
			expect(error?.context.zoho).toMatchObject({ code: expect.any(String) });
		});

		test('continues with each in its place', async () => {
			const result = await runThree(one, 'continueRegularOutput');
			expect(result.error).toBeUndefined();
			expect([...new Set(pairs(result.items))]).toEqual([0, 1, 2]);
			const refused = result.items.filter(({ json }) => json.error !== undefined);
			expect(pairs(refused)).toEqual([1]);
			expect(refused[0].json.error).toMatch(/could not be/);
		});

		test('separates them by output', async () => {
			const result = await runThree(one, 'continueErrorOutput');
			expect([...new Set(pairs(result.items))]).toEqual([0, 2]);
			expect(pairs(result.errorItems)).toEqual([1]);
			expect(result.errorItems[0].json).toMatchObject({
				value: one.bad,
				error: expect.stringMatching(/could not be/),
			});
		});
	},
);

test('three items that all succeed are paired one by one', async () => {
	for (const one of cases) {
		harness.emulator.reset();
		const { emulator } = harness;
		const parameters = one.parameters(emulator);
		const input = [one.good(emulator), one.good(emulator), one.good(emulator)];
		const result = await harness.run(one.name, parameters, { input });
		expect([one.name, result.error?.message]).toEqual([one.name, undefined]);
		expect([one.name, [...new Set(pairs(result.items))]]).toEqual([one.name, [0, 1, 2]]);
	}
});
