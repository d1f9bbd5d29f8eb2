import type { IDataObject } from 'n8n-workflow';

import {
	failedUnclearly,
	matchJobRows,
} from '../../nodes/ZohoCrmPortals/resources/portalUser/matchJobRows';
import { errorData } from '../../nodes/ZohoCrmPortals/http/error';
import { cases, fc } from '../../harness/random';

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

test.each([
	['behind', [success('1'), failure('A'), failure('B')], ['1', '2', '3']],
	['before', [failure('A'), failure('B'), success('1')], ['2', '3', '1']],
])('does not guess the order of failed rows %s all others', (_, rows, ids) => {
	expect(credits(rows, ids).sort()).toEqual(['SUCCESS', 'UNCLEAR_ROWS', 'UNCLEAR_ROWS']);
});

test('leaves out whom no row can be about', () => {
	expect(credits([success('1')], ['1', '2'])).toEqual(['SUCCESS', undefined]);
	expect(credits([success('9')], ['1'])).toEqual([undefined]);
	expect(credits([], ['1'])).toEqual([undefined]);
	expect(matchJobRows([success('9')], ['1'], {}).size).toBe(0);
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
		cases(1000),
	);
});

test('what is done and what is refused are told in full', () => {
	const rows = [success('1'), { ...failure('NOT_APPROVED'), details: { record_id: 2 } }];
	expect([...matchJobRows(rows, ['1', '2'], { invited: true })]).toEqual([
		['1', { output: { invited: true, code: 'SUCCESS', message: 'sent' } }],
		[
			'2',
			{
				error: {
					httpStatus: 200,
					code: 'NOT_APPROVED',
					message: 'NOT_APPROVED',
					details: { record_id: 2 },
				},
			},
		],
	]);
});

/** Rows without an ID that say one of two things: nobody knows which is about whom. */
const [a, b] = [failure('A'), failure('B')];

test.each<[string, IDataObject[], string[], boolean]>([
	['as many failed rows as records', [a, b], ['A', 'B'], false],
	['fewer rows than records', [a], ['A'], true],
	['more rows than records', [a, b, a], ['A', 'B'], true],
	['rows of which one says success', [a, { code: 'SUCCESS' }], ['A', 'SUCCESS'], true],
])(
	'%s are unclear, and uncertain only where somebody may be invited',
	(_, rows, codes, uncertain) => {
		const results = matchJobRows(rows, ['1', '2'], {});
		const error = {
			httpStatus: 200,
			code: 'UNCLEAR_ROWS',
			message: '',
			details: { records: 2, codes },
			...(uncertain && { uncertain }),
		};
		expect([...results]).toEqual([
			['1', { error }],
			['2', { error }],
		]);
		expect([...results.values()].map(failedUnclearly)).toEqual([!uncertain, !uncertain]);
	},
);

test('a row in its place is credited by position only where all with an ID are in theirs', () => {
	expect(credits([a, success('2'), b], ['1', '2', '3'])).toEqual(['A', 'SUCCESS', 'B']);
	expect(credits([a, success('1'), b], ['1', '2', '3'])).toEqual([
		'SUCCESS',
		'UNCLEAR_ROWS',
		'UNCLEAR_ROWS',
	]);
	// A row about somebody else shows that the rows are not those of the records.
	expect(credits([success('9'), a, b], ['1', '2', '3'])).toEqual([
		'UNCLEAR_ROWS',
		'UNCLEAR_ROWS',
		'UNCLEAR_ROWS',
	]);
	// One row more than there are records.
	expect(credits([success('1'), a, b, success('9')], ['1', '2', '3'])).toEqual([
		'SUCCESS',
		'UNCLEAR_ROWS',
		'UNCLEAR_ROWS',
	]);
});

test('a result that is known is not overwritten by a row without an ID', () => {
	expect(credits([success('1'), a], ['1'])).toEqual(['SUCCESS']);
});

test('a row whose details are no object names nobody', () => {
	expect(credits([{ ...failure('A'), details: 'none' }], ['1'])).toEqual(['A']);
	expect(credits([{ code: 'A', status: 'error' }], ['1'])).toEqual(['A']);
});

test('nobody failed unclearly who is done, left out or refused for a reason', () => {
	expect(failedUnclearly(undefined)).toBe(false);
	expect(failedUnclearly({ output: {} })).toBe(false);
	expect(failedUnclearly({ error: errorData(200, 'NOT_APPROVED') })).toBe(false);
});
