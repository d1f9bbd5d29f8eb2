import { errorOfRead, readResponse, rowError } from '../../nodes/ZohoCrmPortals/http/response';

const flat = {
	code: 'NO_PERMISSION',
	details: { permissions: ['P'] },
	message: 'no',
	status: 'error',
};

test('reads a list with what stands beside it', () => {
	const answer = readResponse(200, '{"users":[{"id":"1"},{"id":"2"}],"info":{"total_count":2}}');
	expect(answer.rows).toEqual([{ id: '1' }, { id: '2' }]);
	expect(answer.info).toEqual({ total_count: 2 });
	expect(answer.error).toBeUndefined();
});

test.each([400, 200])('reads a refusal at the top of the body, with HTTP %i', (status) => {
	expect(readResponse(status, JSON.stringify(flat)).error).toEqual({
		httpStatus: status,
		code: 'NO_PERMISSION',
		message: 'no',
		details: { permissions: ['P'] },
	});
});

test('reads codes in lower case, as the second version of the API has them', () => {
	const body = '{"code":"invalid_data","details":{},"message":"the_id","status":"error"}';
	expect(readResponse(200, body).error?.code).toBe('INVALID_DATA');
});

test.each([
	'users',
	'user_type',
	'change_status',
	'portal_invite',
	'portals',
	'transfer_and_delete',
])('reads refusals inside "%s", next to successes', (key) => {
	const answer = readResponse(
		200,
		JSON.stringify({ [key]: [{ code: 'SUCCESS', status: 'success' }, flat] }),
	);
	expect(answer.error).toBeUndefined();
	expect(answer.rows.map((row) => rowError(answer, row)?.code)).toEqual([
		undefined,
		'NO_PERMISSION',
	]);
});

test('with 401 a refusal inside a list is about the whole call, with others about a row', () => {
	const wrapped = JSON.stringify({ users: [flat] });
	expect(readResponse(401, wrapped).error?.code).toBe('NO_PERMISSION');
	expect(readResponse(403, wrapped).error).toBeUndefined();
	expect(readResponse(401, '{"users":[{"id":"1"}]}').error).toBeUndefined();
	expect(readResponse(200, '{"count":5}').error).toBeUndefined();
});

test('takes a row of a refused call for a refusal, unless it says that it is done', () => {
	const answer = readResponse(
		400,
		'{"users":[{"code":"X"},{"code":"SUCCESS","status":"success"}]}',
	);
	expect(answer.rows.map((row) => rowError(answer, row)?.code)).toEqual(['X', undefined]);
});

test('reads 204 as nothing there', () => {
	expect(readResponse(204, '')).toEqual({ httpStatus: 204, rows: [], info: {} });
});

test('does not mistake an empty or an HTML answer for success', () => {
	expect(readResponse(500, '').error?.code).toBe('EMPTY_ANSWER');
	expect(readResponse(200, '<html><h1>Maintenance</h1></html>').error).toMatchObject({
		code: 'UNREADABLE_ANSWER',
		message: 'Maintenance',
	});
	expect(readResponse(200, '"just text"').error?.code).toBe('UNKNOWN_ANSWER');
});

test.each(['{"users":[null]}', '{"users":[{"id":"1"},2]}', '{"errors":["no"]}', '{"errors":[]}'])(
	'does not take %s for a list of Zoho',
	(body) => {
		const answer = readResponse(200, body);
		expect(answer.rows).toEqual([]);
		expect(answer.error).toMatchObject({ code: 'UNKNOWN_ANSWER', uncertain: true });
	},
);

test('goes by the code of a refusal whose details are a list', () => {
	const answer = readResponse(200, '{"code":"INVALID_DATA","details":[],"status":"error"}');
	expect(answer.error).toMatchObject({ code: 'INVALID_DATA', details: {} });
	expect(answer.error?.uncertain).toBeUndefined();
});

test.each([200, 202, 400, 403, 500])(
	'a code that blames the server proves nothing (%i)',
	(status) => {
		for (const code of ['INTERNAL_ERROR', 'INTERNAL_SERVER_ERROR', 'internal_error']) {
			const row = { code, details: {}, status: 'error' };
			expect(readResponse(status, JSON.stringify(row)).error?.uncertain).toBe(true);
			const wrapped = readResponse(status, JSON.stringify({ users: [row] }));
			expect(rowError(wrapped, wrapped.rows[0])?.uncertain).toBe(true);
		}
	},
);
test.each([
	['[{"id":"1"}]', 'a list without a key', 'UNKNOWN_ANSWER', ''],
	['{"id":"1","email":"ada@example.test"}', 'an object', 'UNKNOWN_ANSWER', 'id, email'],
	['null', 'nothing', 'UNKNOWN_ANSWER', ''],
	['{"users":', 'a text that is cut', 'UNREADABLE_ANSWER', '{"users":'],
])('%s is no answer of Zoho: %s', (text, _, code, message) => {
	expect(readResponse(200, text)).toEqual({
		httpStatus: 200,
		rows: [],
		info: {},
		error: {
			httpStatus: 200,
			code,
			message,
			details: {},
			uncertain: true,
		},
	});
});

test('an empty answer proves nothing', () => {
	expect(readResponse(200, ' \n')).toEqual({
		httpStatus: 200,
		rows: [],
		info: {},
		error: { httpStatus: 200, code: 'EMPTY_ANSWER', message: '', details: {}, uncertain: true },
	});
});

test('a list without rows is an answer with a success only', () => {
	expect(readResponse(200, '{"users":[]}').error).toBeUndefined();
	expect(readResponse(500, '{"users":[]}').error).toEqual({
		httpStatus: 500,
		code: 'HTTP_500',
		message: '',
		details: {},
		uncertain: true,
	});
	expect(readResponse(500, '{"users":[{"id":"1"}]}').error).toBeUndefined();
});

test('the number of users is the body itself, and no error', () => {
	expect(readResponse(200, '{"count":5}')).toEqual({
		httpStatus: 200,
		rows: [{ count: 5 }],
		info: {},
	});
});

test('rows come before a code beside them', () => {
	const answer = readResponse(200, '{"code":"X","users":[{"id":"1"}],"info":"none"}');
	expect(answer).toEqual({ httpStatus: 200, rows: [{ id: '1' }], info: {} });
});

test.each([
	['tags and blanks', '<h1>Down</h1>\n\t for\u00a0now ', 'Down  for now'],
	['a tag of 300 characters', `<${'a'.repeat(300)}>Down`, 'Down'],
	['a tag that never ends', '<h1 Down', '<h1 Down'],
	['a tag within a tag', '<a <b>Down', '<a  Down'],
	['a closing bracket', 'Down > up', 'Down > up'],
	['a long text', 'a'.repeat(500), 'a'.repeat(200)],
	['what begins late', `${' '.repeat(1990)}late, far too late`, 'late, far'],
])('says of a page its first words: %s', (_, text, message) => {
	expect(readResponse(200, text).error?.message).toBe(message);
});

test('a tag longer than 300 characters is not looked for', () => {
	const text = `<${'a'.repeat(301)}>Down`;
	expect(readResponse(200, text).error?.message).toBe(text.slice(0, 200));
});

describe('a row', () => {
	const response = { httpStatus: 200, rows: [], info: {} };

	test.each([{ code: 'SUCCESS' }, { id: '1' }, { code: 'SCHEDULED', details: { job_id: '7' } }])(
		'%j is no error',
		(row) => {
			expect(rowError(response, row)).toBeUndefined();
			expect(rowError({ ...response, doubted: true }, row)).toBeUndefined();
		},
	);

	test.each([
		{ code: 'SUCCESS', status: 'error' },
		{ code: 'SCHEDULED', details: {} },
		{ name: 'no ID' },
	])('%j proves nothing', (row) => {
		expect(rowError(response, row)).toMatchObject({ code: 'NO_PROOF', uncertain: true });
	});

	test('that refuses is certain, unless an earlier try is in doubt', () => {
		const error = { httpStatus: 200, code: 'X', message: 'no', details: { a: 1 } };
		const row = { code: 'X', message: 'no', details: { a: 1 } };
		expect(rowError(response, row)).toEqual(error);
		expect(rowError({ ...response, doubted: true }, row)).toEqual({ ...error, uncertain: true });
	});

	test.each([
		[{ status: 'error', code: 'X' }, true],
		[{ status: 'error', code: '' }, false],
		[{ status: 'error' }, false],
		[{ status: 'success', code: 'X' }, false],
		[{ code: 'X' }, false],
	])('%j of a list is an error in place of data: %p', (row, isError) => {
		expect(errorOfRead({ ...response, rows: [row] }) !== undefined).toBe(isError);
	});
});
