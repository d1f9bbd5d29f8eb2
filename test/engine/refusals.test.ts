import { allErrors, commonErrors, documented } from '../emulator/contract';
import type { DocumentedError } from '../emulator/contract';
import { cases } from './operations';
import { useBench, zohoOf } from './setup';

const bench = useBench();

/** Every documented error of every operation, as Zoho would answer it. */
const walk = cases.flatMap((one) =>
	[...allErrors(documented(one.contractId)), ...commonErrors]
		.filter(({ code }) => code !== null)
		.map((error): [string, (typeof cases)[number], DocumentedError] => [
			`${one.name}: ${error.http} ${error.code}, ${error.when}`,
			one,
			error,
		]),
);

// Pauses of no length before a call is repeated.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

test.each(walk)('%s', async (_, one, error) => {
	const { emulator } = bench;
	const parameters = one.parameters(emulator);
	const input = [one.good(emulator)];
	emulator.force(one.contractId, error);
	const result = await bench.run(one.name, parameters, { input });
	expect(result.error?.message).toMatch(/^[A-Z][^.]* could not be [a-z]+: \S{1,}.{10,}/);
	expect(result.error?.message).not.toMatch(/undefined|null|\[object/);
	expect(result.error?.description).toMatch(/^[A-Z"].{20,}/);
	expect(result.error?.description).toContain(`Zoho answered ${error.code}`);
	expect(result.error?.description).not.toMatch(/undefined|null|\[object/);
	if (error.message) expect(result.error?.description).toContain(error.message);
	expect(zohoOf(result)).toMatchObject({
		httpStatus: error.http,
		code: error.code,
		...(error.message !== null && { message: error.message }),
		...(error.details !== null && { details: error.details }),
	});
});
