import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { matchJobRows } from '../../nodes/ZohoCrmPortals/resources/portalUser/matchJobRows';

const success = (id: string): IDataObject => ({
	code: 'SUCCESS',
	details: { id },
	message: 'sent',
	status: 'success',
});
const failure = (code: string): IDataObject => ({
	code,
	details: {},
	message: code,
	status: 'error',
});

/** What each id was credited with: a code, or nothing. */
function credits(rows: IDataObject[], ids: string[]): Array<string | undefined> {
	const results = matchJobRows(rows, ids, {});
	return ids.map((id) => {
		const result = results.get(id);
		if (!result) return undefined;
		return 'output' in result ? String(result.output.code) : result.error.code;
	});
}

test('credits failed rows by position where the others stand in their places', () => {
	const rows = [success('1'), failure('NOT_APPROVED'), success('3'), failure('DUPLICATE_DATA')];
	expect(credits(rows, ['1', '2', '3', '4'])).toEqual([
		'SUCCESS',
		'NOT_APPROVED',
		'SUCCESS',
		'DUPLICATE_DATA',
	]);
});

test('credits failed rows that say the same, in whatever order they come', () => {
	const rows = [success('3'), failure('NOT_APPROVED'), success('1'), failure('NOT_APPROVED')];
	expect(credits(rows, ['1', '2', '3', '4'])).toEqual([
		'SUCCESS',
		'NOT_APPROVED',
		'SUCCESS',
		'NOT_APPROVED',
	]);
});

test.each([
	['in another order', [success('3'), failure('A'), success('1'), failure('B')]],
	['without any to tell the order by', [failure('A'), failure('B'), failure('A'), failure('B')]],
	['too few', [success('1'), failure('A'), success('3')]],
	['too many', [success('1'), failure('A'), success('3'), failure('B'), failure('B')]],
])('does not guess from rows %s', (_, rows) => {
	const [, second, , fourth] = credits(rows, ['1', '2', '3', '4']);
	expect([second, fourth]).toEqual(['UNCLEAR_ROWS', 'UNCLEAR_ROWS']);
});

test('leaves out whom no row can be about', () => {
	expect(credits([success('1')], ['1', '2'])).toEqual(['SUCCESS', undefined]);
	expect(credits([success('9')], ['1'])).toEqual([undefined]);
	expect(credits([], ['1'])).toEqual([undefined]);
});

test('never credits a wrong result, however the rows are arranged', () => {
	const outcome = fc.constantFrom('SUCCESS', 'A', 'B');
	fc.assert(
		fc.property(
			fc.array(outcome, { minLength: 1, maxLength: 8 }),
			fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
			fc.boolean(),
			(truth, random, shuffle) => {
				const ids = truth.map((_, index) => String(index));
				const rows = truth.map((code, index) =>
					code === 'SUCCESS' ? success(String(index)) : failure(code),
				);
				const arranged = shuffle
					? rows
							.map((row) => ({ row, key: random.next().value as number }))
							.sort((a, b) => a.key - b.key)
							.map(({ row }) => row)
					: rows;
				const inPlace = arranged.every(
					(row, index) => row.status === 'error' || row === rows[index],
				);
				credits(arranged, ids).forEach((credited, index) => {
					if (credited === 'UNCLEAR_ROWS') return;
					// Rows that look as if nothing was moved are taken to be in their places.
					if (shuffle && inPlace) return;
					expect(credited).toBe(truth[index]);
				});
			},
		),
		{ numRuns: 1000 },
	);
});
