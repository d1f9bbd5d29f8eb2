import { parseJson } from '../../nodes/ZohoCrmPortals/http/exactJson';
import { fc } from '../../harness/random';

test('keeps every digit of an id that comes as a number', () => {
	expect(parseJson('{"details":{"id":5800000000001857564},"n":[9007199254740993,-12]}')).toEqual({
		details: { id: '5800000000001857564' },
		n: ['9007199254740993', -12],
	});
});

test('leaves digits inside strings alone', () => {
	const text = String.raw`{"a":"5800000000001857564","b":"say \"5800000000001857564\" \\","c":1}`;
	expect(parseJson(text)).toEqual(JSON.parse(text));
});

test('leaves fractions and exponents alone', () => {
	const text = '[0.12345678901234567890, 12345678901234567890.5, 12345678901234567890e3, 1e21]';
	expect(parseJson(text)).toEqual(JSON.parse(text));
});

test('parses like JSON.parse whatever has no long integers', () => {
	fc.assert(
		fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
			const text = JSON.stringify(value);
			fc.pre(!/\d{16,}/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '')));
			expect(parseJson(text)).toEqual(JSON.parse(text));
		}),
	);
});

test('brings back any long integer as it was written', () => {
	fc.assert(
		fc.property(fc.bigInt({ min: 10n ** 15n, max: 10n ** 19n }), fc.string(), (id, text) => {
			const json = `{"before":${JSON.stringify(text)},"id":${id}}`;
			expect(parseJson(json)).toEqual({ before: text, id: String(id) });
		}),
	);
});

test('throws for what is not JSON', () => {
	expect(() => parseJson('<html>')).toThrow(SyntaxError);
});
