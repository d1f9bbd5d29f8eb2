import { describe as inWords } from '../../nodes/ZohoCrmPortals/errors/nodeError';
import { operations as ours } from '../../nodes/ZohoCrmPortals/resources';
import { errorData } from '../../nodes/ZohoCrmPortals/http/error';
import { allErrors, commonErrors, documented, operations } from '../../emulator/contract';
import type { DocumentedError } from '../../emulator/contractTypes';
import { cases, variants } from '../../harness/operations';
import type { Case } from '../../harness/operations';
import { skipPauses, useHarness, zohoOf } from '../../harness/harness';

type Refusal = [title: string, operation: Case, error: DocumentedError];

// To be active already is what was asked for, and no refusal.
const isRefusal = ({ code }: DocumentedError) => code !== null && code !== 'ALREADY_ACTIVATED';

const toRefusal = (one: Case, error: DocumentedError): Refusal => [
	`${one.name}, ${one.contractId}: ${error.http} ${error.code}, ${error.when}`,
	one,
	error,
];

const all = [...cases, ...variants];

/** Every documented error of every operation. */
const refusals = all.flatMap((one) =>
	allErrors(documented(one.contractId))
		.filter(isRefusal)
		.map((error) => toRefusal(one, error)),
);

// Which scopes a call takes is no part of the answer; how they are told: scopes.test.ts.
const inAnswer = refusals.filter(([, , { code }]) => code !== 'OAUTH_SCOPE_MISMATCH');

/** Of each operation one in each of the forms that an answer has: all of them are read alike. */
const forms = all.flatMap((one) => {
	const errors = allErrors(documented(one.contractId)).filter(isRefusal);
	const byForm = new Map(errors.map((error) => [`${error.wrapper} ${isUnclear(error)}`, error]));
	return [...byForm.values()].map((error) => toRefusal(one, error));
});

/** Errors of the connection and the like, which every operation meets, in a read and in a write. */
const common = all
	.filter(({ name }) => ['portalUser.get', 'portalUser.delete'].includes(name))
	.flatMap((one) => commonErrors.filter(isRefusal).map((error) => toRefusal(one, error)));

/** Whether an error leaves it open what was done. */
function isUnclear({ http }: DocumentedError): boolean {
	return (http ?? 0) >= 500;
}

function isRead({ contractId }: Case): boolean {
	return documented(contractId).method === 'GET';
}

/** Holds what a person reads against what it has to say at least. */
function expectWords(
	{ message, description }: { message?: string; description?: string | null },
	one: Case,
	error: DocumentedError,
): void {
	expect(message).toMatch(
		isUnclear(error) && !isRead(one)
			? /^It is not certain whether .* (?:was [a-z ]+: .{10,}|were invited$)/
			: /^[A-Z].* could not be [a-z ]+: \S{1,}.{10,}|^2 of 2 records could not be invited$/,
	);
	expect(description).toMatch(/^[A-Z"\d].{20,}/);
	expect(description).not.toContain('Look the code up');
	expect(description).toContain(`Zoho answered ${error.code}`);
	const said = `${message} ${description}`.split(error.message ?? '\n').join('');
	expect(said).not.toMatch(/undefined|null|\[object|The other/);
	if (error.message) expect(description).toContain(error.message);
}

test.each(inAnswer)('%s', (_, one, error) => {
	const [resource, value] = one.name.split('.');
	const operation = ours[resource].find((candidate) => candidate.value === value);
	if (!operation) throw new Error(`The node has no operation ${one.name}`);
	const { http, code, message, details } = error;
	const data = errorData(http ?? 0, code ?? '', { message, details });
	const failure = isUnclear(error) && !isRead(one) ? { ...data, uncertain: true as const } : data;
	expectWords(inWords({ subject: {}, error: failure }, operation), one, error);
});

describe('read from an answer', () => {
	const harness = useHarness();

	skipPauses();

	test.each([...forms, ...common])('%s', async (_, one, error) => {
		const { emulator } = harness;
		const parameters = one.parameters(emulator);
		const input = [one.good(emulator)];
		emulator.force(one.contractId, error);
		const result = await harness.run(one.name, parameters, { input });
		expectWords(result.error ?? {}, one, error);
		expect(zohoOf(result)).toMatchObject({
			httpStatus: error.http,
			code: error.code,
			...(error.message !== null && { message: error.message }),
			...(error.details !== null && { details: error.details }),
		});
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
