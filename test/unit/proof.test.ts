import type { IDataObject } from 'n8n-workflow';

import { codeOf, isSuccess, jobIdOf, proofIn } from '../../nodes/ZohoCrmPortals/http/proof';
import type { Proof } from '../../nodes/ZohoCrmPortals/http/proof';

test.each<[string, IDataObject, Proof]>([
	['success', { code: 'SUCCESS', status: 'success' }, 'done'],
	['success in lower case', { code: 'success' }, 'done'],
	['success and error at once', { code: 'SUCCESS', status: 'error' }, 'uncertain'],
	['the whole object', { id: '1' }, 'done'],
	['the whole object with an empty code', { id: '1', code: '' }, 'done'],
	['an object without an ID', { name: 'x' }, 'uncertain'],
	['a job', { code: 'SCHEDULED', details: { job_id: '7' } }, 'scheduled'],
	['a job without an ID', { code: 'SCHEDULED', details: {} }, 'uncertain'],
	['a refusal', { code: 'INVALID_DATA' }, 'notDone'],
	['a refusal that shows the object', { code: 'INVALID_DATA', id: '1' }, 'notDone'],
	['a code that is no text', { code: 7 }, 'uncertain'],
	['a code that blames the server', { code: 'INTERNAL_ERROR' }, 'uncertain'],
	['its other spelling', { code: 'internal_server_error' }, 'uncertain'],
])('with HTTP 200 %s proves: %#', (_, piece, proof) => {
	expect(proofIn(200, piece)).toBe(proof);
});

test.each<[number, Proof]>([
	[0, 'uncertain'],
	[199, 'uncertain'],
	[200, 'notDone'],
	[299, 'notDone'],
	[300, 'uncertain'],
	[399, 'uncertain'],
	[400, 'notDone'],
	[407, 'notDone'],
	[408, 'uncertain'],
	[409, 'notDone'],
	[499, 'notDone'],
	[500, 'uncertain'],
	[503, 'uncertain'],
])('a refusal with HTTP %i is %s', (status, proof) => {
	expect(proofIn(status, { code: 'INVALID_DATA' })).toBe(proof);
});

test.each([
	[199, false],
	[200, true],
	[299, true],
	[300, false],
])('HTTP %i is a success: %p', (status, success) => {
	expect(isSuccess(status)).toBe(success);
	expect(proofIn(status, { id: '1' })).toBe(success ? 'done' : 'uncertain');
});

test('success and a job are proved whatever the HTTP status', () => {
	expect(proofIn(500, { code: 'SUCCESS' })).toBe('done');
	expect(proofIn(500, { code: 'SCHEDULED', details: { jobId: '7' } })).toBe('scheduled');
});

test.each<[IDataObject, string | undefined]>([
	[{ details: { job_id: '7' } }, '7'],
	[{ details: { jobId: '8' } }, '8'],
	[{ details: { job_id: '7', jobId: '8' } }, '7'],
	[{ details: { job_id: null, jobId: '8' } }, '8'],
	[{ details: { job_id: 7 } }, '7'],
	[{ details: { job_id: '' } }, undefined],
	[{ details: { jobId: null } }, undefined],
	[{ details: {} }, undefined],
	[{ details: 'no object' }, undefined],
	[{}, undefined],
])('%j names the job %p', (row, id) => {
	expect(jobIdOf(row)).toBe(id);
});

test('a code is upper case, and empty where there is none', () => {
	expect(codeOf({ code: 'invalid_data' })).toBe('INVALID_DATA');
	expect(codeOf({ code: 7 })).toBe('');
	expect(codeOf({})).toBe('');
});
