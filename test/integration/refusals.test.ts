import { allErrors, commonErrors, documented, operations } from '../../emulator/contract';
import type { DocumentedError } from '../../emulator/contractTypes';
import { cases, variants } from '../../harness/operations';
import { skipPauses, useHarness, zohoOf } from '../../harness/harness';

const harness = useHarness();

/** Every documented error of every operation, as Zoho would answer it. */
const walk = [...cases, ...variants].flatMap((one) =>
	[...allErrors(documented(one.contractId)), ...commonErrors]
		// To be active already is what was asked for, and no refusal.
		.filter(({ code }) => code !== null && code !== 'ALREADY_ACTIVATED')
		.map((error): [string, (typeof cases)[number], DocumentedError] => [
			`${one.name}, ${one.contractId}: ${error.http} ${error.code}, ${error.when}`,
			one,
			error,
		]),
);

skipPauses();

test.each(walk)('%s', async (_, one, error) => {
	const { emulator } = harness;
	const parameters = one.parameters(emulator);
	const input = [one.good(emulator)];
	emulator.force(one.contractId, error);
	const result = await harness.run(one.name, parameters, { input });
	const read = documented(one.contractId).method === 'GET';
	expect(result.error?.message).toMatch(
		(error.http ?? 0) >= 500 && !read
			? /^It is not certain whether .* (?:was [a-z ]+: .{10,}|were invited$)/
			: /^[A-Z].* could not be [a-z ]+: \S{1,}.{10,}|^2 of 2 records could not be invited$/,
	);
	expect(result.error?.description).toMatch(/^[A-Z"\d].{20,}/);
	expect(result.error?.description).not.toContain('Look the code up');
	expect(result.error?.description).toContain(`Zoho answered ${error.code}`);
	const ours = `${result.error?.message} ${result.error?.description}`
		.split(error.message ?? '\n')
		.join('');
	expect(ours).not.toMatch(/undefined|null|\[object|The other/);
	if (error.message) expect(result.error?.description).toContain(error.message);
	expect(zohoOf(result)).toMatchObject({
		httpStatus: error.http,
		code: error.code,
		...(error.message !== null && { message: error.message }),
		...(error.details !== null && { details: error.details }),
	});
});

test('no operation of the contract is left out', () => {
	const walked = [...cases, ...variants].map(({ contractId }) => contractId);
	const left = operations.map(({ id }) => id).filter((id) => !walked.includes(id));
	// A list for the form, which does without when it is refused, as does a change of many users'
	// status (bulkStatus.test.ts); and second addresses of two writes.
	expect(left).toEqual([
		'getPortalsMeta',
		'changePortalUsersStatusBulk',
		'updateUsers',
		'transferAndDeleteUserByBody',
	]);
	const codesOf = (id: string) => documented(id).errors.map(({ code }) => code);
	const codes = new Set([...codesOf('updateUser'), ...codesOf('transferAndDeleteUser')]);
	const second = [...codesOf('updateUsers'), ...codesOf('transferAndDeleteUserByBody')];
	expect(second.filter((code) => !codes.has(code))).toEqual([]);
});
