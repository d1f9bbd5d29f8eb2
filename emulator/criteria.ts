import { refuse } from './answers';
import { MOST_CONDITIONS, MOST_VALUES } from './searchContract';
import type { FieldMeta } from './modules';

const SEARCH = 'searchRecords';

/** The value of a record in a field; null if it is empty. */
type ValueOf = (field: string) => string | null;

/** Whether a record matches the criteria. */
export type Test = (valueOf: ValueOf) => boolean;

/** How each operator of text fields compares a value, both in their indexed form. */
const OPERATORS: Record<string, (value: string, wanted: string[]) => boolean> = {
	equals: (value, [wanted]) => value.includes(wanted),
	not_equal: (value, [wanted]) => !value.includes(wanted),
	starts_with: (value, [wanted]) => value.startsWith(wanted),
	in: (value, wanted) => wanted.some((one) => value.includes(one)),
};

/**
 * A text in the form of the search index. Zoho does not distinguish some characters ("may return
 * records with similar-looking values"). Ignoring case, and treating `in` as loosely as `equals`,
 * which "behaves like contains", are assumptions: clients must not rely on the opposite.
 */
export function indexed(text: string): string {
	return text.toLowerCase().replace(/[{}[\]^:\-/!?*_@ ]/g, ' ');
}

/**
 * Reads criteria: `(Email:equals:a@b.c)`, `((A:in:x,y) and (B:starts_with:z))`. After a backslash,
 * a parenthesis, a comma or another backslash is part of the value.
 *
 * @throws Refusal with Zoho's documented error
 */
export function readCriteria(criteria: string, fields: FieldMeta[]): Test {
	let position = 0;
	let conditions = 0;

	const take = (pattern: RegExp): RegExpExecArray | null => {
		pattern.lastIndex = position;
		const found = pattern.exec(criteria);
		if (found) position = pattern.lastIndex;
		return found;
	};

	const expression = (): Test => {
		let left = term();
		for (let word = take(/\s*(and|or)\s*/iy); word; word = take(/\s*(and|or)\s*/iy)) {
			const first = left;
			const second = term();
			left =
				word[1].toLowerCase() === 'and'
					? (valueOf) => first(valueOf) && second(valueOf)
					: (valueOf) => first(valueOf) || second(valueOf);
		}
		return left;
	};

	const term = (): Test => {
		if (!take(/\s*\(/y)) return condition();
		const inner = expression();
		if (!take(/\s*\)/y)) throw malformed('brackets count does not match');
		return inner;
	};

	const condition = (): Test => {
		const found = take(/\s*(\w+):(\w+):((?:\\[\\(),]|[^()])+)/y);
		if (!found) throw malformed('no condition where one is expected');
		conditions++;
		const [, field, operator, value] = found;
		return testOf(field, operator, value, fields);
	};

	const test = expression();
	if (position < criteria.length) throw malformed('brackets count does not match');
	if (conditions > MOST_CONDITIONS) throw refuse(SEARCH, 'CRITERIA_LIMIT_EXCEEDED');
	return test;
}

function testOf(name: string, operator: string, value: string, fields: FieldMeta[]): Test {
	const field = fields.find(({ api_name }) => api_name === name);
	if (!field) {
		const reason = 'the field is not available in the module';
		throw refuse(SEARCH, 'INVALID_QUERY', 'field unknown', { reason, api_name: name });
	}
	const compare = Object.hasOwn(OPERATORS, operator) && OPERATORS[operator];
	if (!compare || (field.encrypted && operator !== 'equals')) {
		const reason = 'The operator is not valid for the field type';
		throw refuse(SEARCH, 'INVALID_QUERY', 'operator', { operator, reason, api_name: name });
	}
	const wanted = (operator === 'in' ? valuesIn(value) : [value]).map(unescaped).map(indexed);
	if (wanted.length > MOST_VALUES) {
		throw refuse(SEARCH, 'INVALID_QUERY', 'too many values', { param_name: name });
	}
	return (valueOf) => {
		const found = valueOf(name);
		return found !== null && compare(indexed(found), wanted);
	};
}

/** Splits at commas that do not follow a backslash. */
function valuesIn(list: string): string[] {
	return list.match(/(?:\\[\\(),]|[^,])+/g) ?? [];
}

function unescaped(value: string): string {
	return value.replace(/\\([\\(),])/g, '$1');
}

function malformed(reason: string) {
	return refuse(SEARCH, 'INVALID_QUERY', 'malformed', { reason });
}
