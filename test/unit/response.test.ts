import { readResponse, rowError } from '../../nodes/ZohoCrmPortals/transport/response';

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
	expect(readResponse(200, '"just text"').error?.code).toBe('UNREADABLE_ANSWER');
});

test.each(['{"users":[null]}', '{"users":[{"id":"1"},2]}', '{"errors":["no"]}', '{"errors":[]}'])(
	'does not take %s for a list of Zoho',
	(body) => {
		const answer = readResponse(200, body);
		expect(answer.rows).toEqual([]);
		expect(answer.error).toMatchObject({ code: 'UNREADABLE_ANSWER', uncertain: true });
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
