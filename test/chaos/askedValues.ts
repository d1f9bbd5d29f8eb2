import fc from 'fast-check';
import type { GenericValue } from 'n8n-workflow';

import { DEALERS } from '../../emulator/seed';

/** What expressions give by mistake, and what was mistaken for something else before. */
const USUAL: GenericValue[] = [
	...[undefined, null, '', ' ', '\n', 'none', 'None', 'null', 'undefined', 'NaN', '-', '.', '..'],
	...[
		'true',
		'TRUE',
		'True ',
		'false',
		'FALSE',
		'no',
		'No',
		'yes',
		'on',
		'off',
		'0',
		'1',
		'{}',
		'[]',
	],
	...['../x', 'a/b', '%2e%2e', 'a?b', 'mina@example.com', 'Mina <mina@example.com>', '1,2', '1e3'],
	...['0x10', '١٢', '1.5', ' 7 ', '7310000000000310002', '73100000000003100021', '2026-02-07'],
	...[0, -0, 1, -1, 1.5, 1e21, 2 ** 53, Number(DEALERS), NaN, Infinity, true, false],
	...[[], [''], [null], ['1'], [[]], {}, { value: '1' }, { id: '1' }, { mode: 'id' }],
];

/** Locators with modes of all kinds around a value. */
const locator = (value: fc.Arbitrary<GenericValue>) =>
	fc.record({
		__rl: fc.constantFrom<GenericValue>(true, false, 'true'),
		mode: fc.constantFrom<GenericValue>(
			'list',
			'id',
			'name',
			'email',
			'url',
			'ID',
			'',
			null,
			1,
			{},
		),
		value,
	});

/**
 * Any value that an expression may give for a parameter.
 *
 * @param known values that mean something to it
 */
export function anyValue(known: GenericValue[]): fc.Arbitrary<GenericValue> {
	const texts = known.filter((value) => typeof value === 'string');
	const nearly = texts.flatMap((text) => [
		text.toUpperCase(),
		`${text} `,
		`${text}x`,
		[text],
		`"${text}"`,
	]);
	const usual = fc.constantFrom<GenericValue>(...USUAL);
	const meant = fc.constantFrom<GenericValue>(...known, ...nearly, false);
	const json: fc.Arbitrary<GenericValue> = fc.jsonValue({ maxDepth: 3 }).map((value) => value);
	const any = fc.oneof(
		usual,
		usual,
		meant,
		json,
		fc.string(),
		fc.double(),
		fc.json({ maxDepth: 2 }),
	);
	return fc.oneof({ weight: 5, arbitrary: any }, { weight: 1, arbitrary: locator(any) });
}
