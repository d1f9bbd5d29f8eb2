import type { IDataObject, IExecuteData } from 'n8n-workflow';

import { BatchRun } from '../../nodes/ZohoCrmPortals/run/batchRun';
import type { BatchCalls, Group } from '../../nodes/ZohoCrmPortals/run/batchRun';
import type { IdResults } from '../../nodes/ZohoCrmPortals/run/idResults';
import type { Result } from '../../nodes/ZohoCrmPortals/run/result';
import { RetryMemory } from '../../nodes/ZohoCrmPortals/run/retryMemory';
import type { Settings } from '../../nodes/ZohoCrmPortals/run/settings';
import { Run } from '../../nodes/ZohoCrmPortals/run/run';
import { errorData, ZohoApiError } from '../../nodes/ZohoCrmPortals/http/error';
import type { ZohoErrorData } from '../../nodes/ZohoCrmPortals/http/error';
import { send } from '../../nodes/ZohoCrmPortals/http/request';
import type { ZohoRequest } from '../../nodes/ZohoCrmPortals/http/request';
import { connectionOf } from './connection';

jest.mock('../../nodes/ZohoCrmPortals/http/request', () => ({
	...jest.requireActual<object>('../../nodes/ZohoCrmPortals/http/request'),
	send: jest.fn(),
}));

beforeEach(() => jest.mocked(send).mockReset());

const deletion: ZohoRequest = { method: 'DELETE', path: '/users', scope: 'x' };
const invitation: ZohoRequest = { method: 'POST', path: '/users', scope: 'x' };
const probe: ZohoRequest = { method: 'GET', path: '/probe', scope: 'x' };

const done: Result = { output: { deleted: true } };

const refusal = (code: string, details: IDataObject = {}, httpStatus = 400): ZohoErrorData =>
	errorData(httpStatus, code, { details });
const doubt = (code: string, details: IDataObject = {}, httpStatus = 500): ZohoErrorData => ({
	...refusal(code, details, httpStatus),
	uncertain: true,
});

/** What Zoho says to a call: an error of the call as a whole, or results. */
type Answer = ZohoErrorData | IdResults;

const allDone = (ids: string[]): Answer => ({ results: new Map(ids.map((id) => [id, done])) });
/** Refuses a call as a whole while one of these is in it. */
const refusing =
	(wrong: string[], error: ZohoErrorData) =>
	(ids: string[]): Answer =>
		ids.some((id) => wrong.includes(id)) ? error : allDone(ids);

interface Setup extends Partial<BatchCalls<Group>> {
	answer?: (ids: string[]) => Answer;
	request?: ZohoRequest;
	size?: number;
	concurrency?: number;
	memory?: RetryMemory;
}

const SETTINGS: Settings = {
	dryRun: false,
	skipBlank: false,
	travel: {},
	batchSize: -1,
	batchInterval: 0,
};

/** A batch whose calls are answered by the test. */
function batchOf({ answer = allDone, request, size = 100, concurrency, memory, ...calls }: Setup) {
	const run = new Run(connectionOf(concurrency), SETTINGS, memory);
	const made: string[][] = [];
	const batch = new BatchRun(
		run,
		{
			idKey: 'user_id',
			send: async (_, __, ids) => {
				made.push(ids);
				const said = await Promise.resolve(answer(ids));
				if ('code' in said) throw new ZohoApiError(said);
				return said;
			},
			...calls,
		},
		{ request: request ?? deletion },
		size,
		'batch',
		0,
	);
	return { run, made, batch };
}

const word = (result: Result): string =>
	'output' in result
		? 'done'
		: `${result.error.code}${result.error.uncertain ? '?' : ''}${result.error.unsent ? ' unsent' : ''}`;

/** Sends ids, written "1 2 3"; returns the calls that were made, and what became of each id. */
async function sendAll(text: string, setup: Setup) {
	const ids = text.split(' ');
	const { run, made, batch } = batchOf(setup);
	for (const id of ids) batch.add(id);
	await batch.send();
	return {
		calls: made.map((call) => call.join(' ')),
		results: ids.map((id) => word(batch.resultOf(id))),
		obstacle: run.obstacle?.code,
		details: ids.map((id) => {
			const result = batch.resultOf(id);
			return 'error' in result ? result.error.details : result.output;
		}),
	};
}

const all = (amount: number, said: string): string[] => Array<string>(amount).fill(said);

test('ids are sent in calls of the size that Zoho takes', async () => {
	expect(await sendAll('1 2 3 4 5', { size: 2 })).toMatchObject({
		calls: ['1 2', '3 4', '5'],
		results: all(5, 'done'),
	});
});

test('as many calls at once as the connection allows', async () => {
	let [now, most] = [0, 0];
	const send: BatchCalls<Group>['send'] = async (_, __, ids) => {
		most = Math.max(most, ++now);
		await Promise.resolve();
		now--;
		return { results: new Map(ids.map((id) => [id, done])) };
	};
	await sendAll('1 2 3 4 5', { size: 1, concurrency: 2, send });
	expect(most).toBe(2);
});

test('what was sent is not sent again', async () => {
	const { made, batch } = batchOf({});
	batch.add('1');
	await batch.send();
	await batch.send();
	batch.add('1');
	batch.add('2');
	await batch.send();
	expect(made).toEqual([['1'], ['2']]);
	expect(batch.turn).toBe(0);
});

test('of what was never sent nothing is known', () => {
	expect(word(batchOf({}).batch.resultOf('1'))).toBe('NOT_MENTIONED?');
});

test('a fault of the node leaves everybody of the call uncertain, and tells no text', async () => {
	const send = async () => await Promise.reject(new TypeError('bug'));
	expect(await sendAll('1 2', { send })).toMatchObject({
		results: ['NODE_FAULT?', 'NODE_FAULT?'],
		details: [{ name: 'TypeError' }, { name: 'TypeError' }],
	});
});

describe('an error that every further call would meet', () => {
	test('ends the calls of the run', async () => {
		const answer = () => refusal('INVALID_TOKEN', {}, 401);
		expect(await sendAll('1 2 3', { size: 1, concurrency: 1, answer })).toMatchObject({
			calls: ['1'],
			results: ['INVALID_TOKEN', 'INVALID_TOKEN unsent', 'INVALID_TOKEN unsent'],
			obstacle: 'INVALID_TOKEN',
		});
	});

	test('is noted also where one row has it', async () => {
		const error = refusal('INVALID_TOKEN');
		const answer = (ids: string[]): Answer => ({ results: new Map([[ids[0], { error }]]) });
		expect(await sendAll('1 2', { size: 1, concurrency: 1, answer })).toMatchObject({
			calls: ['1'],
			obstacle: 'INVALID_TOKEN',
		});
	});

	test('is not noted from a call that was never made', async () => {
		const error: ZohoErrorData = { ...refusal('INVALID_TOKEN'), unsent: true };
		const answer = (ids: string[]): Answer => ({ results: new Map([[ids[0], { error }]]) });
		expect((await sendAll('1', { answer })).obstacle).toBeUndefined();
	});

	test('leaves out what goes ahead of the calls', async () => {
		const ahead = jest.fn();
		const { run, made, batch } = batchOf({ ahead });
		run.note(refusal('INVALID_TOKEN'));
		batch.add('1');
		await batch.send();
		expect(ahead).not.toHaveBeenCalled();
		expect(made).toEqual([]);
		expect(word(batch.resultOf('1'))).toBe('INVALID_TOKEN unsent');
	});
});

describe('what goes ahead', () => {
	const ahead: BatchCalls<Group>['ahead'] = async () =>
		await Promise.resolve(
			new Map<string, Result>([
				['1', done],
				['2', { error: doubt('SCHEDULED', { job_id: '7' }) }],
			]),
		);

	test('spares the ids that it did, the others are sent', async () => {
		expect(await sendAll('1 2 3', { ahead })).toMatchObject({
			calls: ['2 3'],
			results: all(3, 'done'),
		});
	});

	test('leaves a doubt that no refusal takes away', async () => {
		const answer = () => refusal('NOT_ALLOWED');
		expect(await sendAll('1 2 3', { ahead, answer })).toMatchObject({
			results: ['done', 'NOT_ALLOWED?', 'NOT_ALLOWED'],
			details: [{ deleted: true }, { job_id: '7' }, {}],
		});
	});

	test('is asked for what was not done before', async () => {
		const asked: string[][] = [];
		const { batch } = batchOf({
			ahead: async (_, __, ids) => {
				asked.push(ids);
				return await Promise.resolve(new Map<string, Result>([['1', done]]));
			},
		});
		batch.add('1');
		await batch.send();
		batch.add('1');
		batch.add('2');
		await batch.send();
		expect(asked).toEqual([['1'], ['2']]);
	});
});

describe('when n8n runs the node again', () => {
	const node = { ...connectionOf().node, retryOnFail: true };

	/** The results of two runs, the first with this answer. */
	async function twice(
		request: ZohoRequest,
		first: () => Answer,
		second: (ids: string[]) => Answer,
	) {
		const executeData: IExecuteData = { node, data: {}, source: null };
		const memory = () => RetryMemory.of(node, executeData, () => '');
		await sendAll('1 2', { request, answer: first, memory: memory() });
		return await sendAll('1 2', { request, answer: second, memory: memory() });
	}

	test('what was done is not done again', async () => {
		const first = (): Answer => ({ results: new Map([['1', done]]), untouched: undefined });
		expect(await twice(deletion, first, allDone)).toMatchObject({
			calls: ['2'],
			results: ['done', 'done'],
		});
	});

	test('what is uncertain is sent again, and stays uncertain when it is refused', async () => {
		const first = () => doubt('INTERNAL_ERROR');
		expect(await twice(deletion, first, () => refusal('NOT_ALLOWED'))).toMatchObject({
			calls: ['1 2'],
			results: all(2, 'NOT_ALLOWED?'),
		});
	});

	test('what is uncertain and must not happen twice is not sent again', async () => {
		const first = () => doubt('INTERNAL_ERROR');
		expect(await twice(invitation, first, allDone)).toMatchObject({
			calls: [],
			results: all(2, 'INTERNAL_ERROR?'),
		});
	});

	test('what was left out and must not happen twice is not sent again', async () => {
		const first = (): Answer => ({ results: new Map([['1', done]]) });
		expect(await twice(invitation, first, allDone)).toMatchObject({
			calls: [],
			results: ['done', 'NOT_MENTIONED?'],
		});
	});

	test('nothing goes ahead for what was done', async () => {
		const memory = RetryMemory.of(node, { node, data: {}, source: null }, () => '');
		await sendAll('1', { memory });
		const asked: string[][] = [];
		const ahead: BatchCalls<Group>['ahead'] = async (_, __, ids) => {
			asked.push(ids);
			return await Promise.resolve(new Map<string, Result>());
		};
		await sendAll('1 2', { memory, ahead });
		expect(asked).toEqual([['2']]);
	});

	test('what was refused is sent again', async () => {
		expect(await twice(deletion, () => refusal('NOT_ALLOWED'), allDone)).toMatchObject({
			calls: ['1 2'],
			results: all(2, 'done'),
		});
	});
});

describe('an answer that leaves ids out', () => {
	const wrong = (ids: string[], code = 'INVALID_DATA'): IdResults['results'] =>
		new Map(ids.map((id) => [id, { error: refusal(code) }]));

	test('and refuses nothing as a whole proves nothing of them', async () => {
		const answer = (): Answer => ({ results: new Map([['1', done]]) });
		expect(await sendAll('1 2', { answer })).toMatchObject({
			calls: ['1 2'],
			results: ['done', 'NOT_MENTIONED?'],
		});
	});

	test('and was refused for others is sent again without those', async () => {
		const answer = (ids: string[]): Answer =>
			ids.includes('2')
				? { results: wrong(['2']), untouched: refusal('INVALID_DATA') }
				: allDone(ids);
		expect(await sendAll('1 2 3', { answer })).toMatchObject({
			calls: ['1 2 3', '1 3'],
			results: ['done', 'INVALID_DATA', 'done'],
		});
	});

	test.each([
		[
			'of a call that may be repeated are sent again, in doubt',
			deletion,
			['1 2 3', '1 3'],
			'NOT_ALLOWED?',
		],
		['of a call that must not be repeated stay in doubt', invitation, ['1 2 3'], 'INTERNAL_ERROR?'],
	])('in doubt: %s', async (_, request, calls, said) => {
		const answer = (ids: string[]): Answer =>
			ids.includes('2')
				? { results: wrong(['2']), untouched: doubt('INTERNAL_ERROR') }
				: refusal('NOT_ALLOWED');
		expect(await sendAll('1 2 3', { answer, request })).toMatchObject({
			calls,
			results: [said, 'INVALID_DATA', said],
		});
	});

	test('of a call that must not be repeated are sent again after a refusal', async () => {
		const answer = (ids: string[]): Answer =>
			ids.includes('2')
				? { results: wrong(['2']), untouched: refusal('INVALID_DATA') }
				: allDone(ids);
		expect((await sendAll('1 2', { answer, request: invitation })).calls).toEqual(['1 2', '1']);
	});

	test('names nobody: it was refused as a whole', async () => {
		const answer = (): Answer => ({ results: new Map(), untouched: refusal('NOT_ALLOWED') });
		expect(await sendAll('1 2', { answer })).toMatchObject({
			calls: ['1 2'],
			results: all(2, 'NOT_ALLOWED'),
		});
	});

	test.each([
		['two, then one more', ['2', '3'], ['4'], 'INVALID_DATA', 'INVALID_DATA?'],
		['one, then two more', ['2'], ['4', '5'], 'INVALID_DATA', 'INVALID_DATA?'],
		['one, then one more', ['2'], ['4'], 'INVALID_DATA', 'INVALID_DATA'],
		['two, then one more that is not allowed', ['2', '3'], ['4'], 'NOT_ALLOWED', 'NOT_ALLOWED'],
	])('%s: those may have been done in between', async (_, first, second, code, said) => {
		const answer = (ids: string[]): Answer => {
			const left = [first, second].find((some) => some.some((id) => ids.includes(id)));
			if (!left) return allDone(ids);
			return {
				results: wrong(left, left === first ? 'INVALID_DATA' : code),
				untouched: refusal('INVALID_DATA'),
			};
		};
		const { calls, results } = await sendAll('1 2 3 4 5', { answer });
		expect(calls).toHaveLength(3);
		expect(results).toEqual(
			['1', '2', '3', '4', '5'].map((id) => {
				if (first.includes(id)) return 'INVALID_DATA';
				return second.includes(id) ? said : 'done';
			}),
		);
	});

	test.each([
		['in doubt', deletion, 'FORBIDDEN?'],
		['refused if the call must not be repeated', invitation, 'FORBIDDEN'],
	])('and of which the next call says nothing are %s', async (_, request, said) => {
		const answer = (ids: string[]): Answer =>
			ids.includes('2')
				? { results: wrong(['2']), untouched: refusal('INVALID_DATA') }
				: refusal('FORBIDDEN');
		expect(await sendAll('1 2 3', { answer, request })).toMatchObject({
			calls: ['1 2 3', '1 3'],
			results: [said, 'INVALID_DATA', said],
		});
	});

	test('one that was done counts for nothing there', async () => {
		const answer = (ids: string[]): Answer => {
			if (!ids.includes('2')) return { results: wrong(['3']), untouched: undefined };
			return {
				results: new Map([['1', done], ...wrong(['2'])]),
				untouched: refusal('INVALID_DATA'),
			};
		};
		expect(await sendAll('1 2 3', { answer })).toMatchObject({
			calls: ['1 2 3', '3'],
			results: ['done', 'INVALID_DATA', 'INVALID_DATA'],
		});
	});

	test('nothing is sent where all ids were named', async () => {
		const answer = (ids: string[]): Answer => ({
			results: wrong(ids),
			untouched: refusal('INVALID_DATA'),
		});
		expect((await sendAll('1 2', { answer })).calls).toEqual(['1 2']);
	});

	test('a wrong id of the first answer is certain, however many it names', async () => {
		const answer = (ids: string[]): Answer => ({ results: wrong(ids) });
		expect((await sendAll('1 2 3', { answer })).results).toEqual(all(3, 'INVALID_DATA'));
	});
});

describe('a call that is too long', () => {
	const tooLong = (error: ZohoErrorData) => (ids: string[]) =>
		ids.length > 2 ? error : allDone(ids);

	test.each([
		['HTTP 413', refusal('HTTP_413', {}, 413)],
		['HTTP 414', refusal('HTTP_414', {}, 414)],
		['HTTP 413 in doubt', doubt('HTTP_413', {}, 413)],
		['a list that is too long', refusal('INVALID_DATA', { maximum_length: 2 })],
		['a named list that is too long', refusal('X', { maximum_length: 2, json_path: '$.users' })],
		['too many IDs', refusal('LIMIT_EXCEEDED', { limit: 2, param_name: 'user_ids' })],
	])('is halved, and later calls are as short: %s', async (_, error) => {
		const answer = tooLong(error);
		const { calls, results } = await sendAll('1 2 3 4 5 6 7 8 9', {
			answer,
			size: 5,
			concurrency: 1,
		});
		expect(calls).toEqual(['1 2 3 4 5', '1 2 3', '4 5', '1 2', '3', '6 7', '8 9']);
		expect(results).toEqual(all(9, 'done'));
	});

	test.each([
		['another status', refusal('HTTP_412', {}, 412), deletion],
		[
			'one entry that is too long',
			refusal('X', { maximum_length: 2, json_path: '$.users[12].name' }),
			deletion,
		],
		['doubt where it must not be repeated', doubt('HTTP_413', {}, 413), invitation],
	])('is not halved for %s', async (_, error, request) => {
		const { calls, results } = await sendAll('1 2 3', { answer: tooLong(error), request });
		expect(calls).toEqual(['1 2 3']);
		expect(new Set(results)).toEqual(new Set([word({ error })]));
	});

	test('is not one whose IDs are wrong, so later calls are as long', async () => {
		const wrong = refusal('INVALID_DATA', { param_name: 'user_ids' });
		const answer = (ids: string[]) => (ids.includes('2') ? wrong : allDone(ids));
		const options = { answer, size: 3, concurrency: 1 };
		const { calls, results } = await sendAll('1 2 3 4 5 6', options);
		expect(calls).toEqual(['1 2 3', '1 2', '3', '1', '2', '4 5 6']);
		expect(results).toEqual(['done', 'INVALID_DATA', 'done', 'done', 'done', 'done']);
	});

	test('is not one that has too many of something else', async () => {
		const answer = tooLong(refusal('INVALID_DATA', { limit: 2, param_name: 'fields' }));
		expect((await sendAll('1 2 3', { answer })).calls).toEqual(['1 2 3']);
	});

	test('is halved for a wrong id in a body, which is called id there', async () => {
		const wrong = refusal('INVALID_DATA', { api_name: 'id', json_path: '$.data[*].id' });
		const answer = (ids: string[]) => (ids.includes('2') ? wrong : allDone(ids));
		const { results } = await sendAll('1 2 3', { answer });
		expect(results).toEqual(['done', 'INVALID_DATA', 'done']);
	});

	test('is halved also where it must not be repeated, if it was refused', async () => {
		const answer = tooLong(refusal('HTTP_413', {}, 413));
		expect((await sendAll('1 2 3', { answer, request: invitation })).results).toEqual(
			all(3, 'done'),
		);
	});

	test('with one id is refused', async () => {
		const answer = () => refusal('HTTP_413', {}, 413);
		expect(await sendAll('1', { answer })).toMatchObject({ calls: ['1'], results: ['HTTP_413'] });
	});

	test('in doubt leaves the doubt when the halves are refused', async () => {
		const answer = (ids: string[]): Answer =>
			ids.length > 1 ? doubt('HTTP_413', {}, 413) : refusal('NOT_ALLOWED');
		expect((await sendAll('1 2', { answer })).results).toEqual(all(2, 'NOT_ALLOWED?'));
		const certain = (ids: string[]): Answer =>
			ids.length > 1 ? refusal('HTTP_413', {}, 413) : refusal('NOT_ALLOWED');
		expect((await sendAll('1 2', { answer: certain })).results).toEqual(all(2, 'NOT_ALLOWED'));
	});
});

describe('a call that is refused as a whole', () => {
	const invalid = refusal('INVALID_DATA');
	const halves = ['1 2 3', '1 2', '3', '1', '2'];
	const found = { httpStatus: 200, rows: [{ id: '1' }], info: {} };
	const divided = { calls: halves, results: ['done', 'INVALID_DATA', 'done'] };
	const whole = (said = 'INVALID_DATA') => ({ calls: ['1 2 3'], results: all(3, said) });

	test('for one of the ids is bisected, where nothing can be asked about the rest', async () => {
		expect(await sendAll('1 2 3', { answer: refusing(['2'], invalid) })).toMatchObject(divided);
	});

	test.each<[string, ZohoErrorData]>([
		['param', refusal('INVALID_DATA', { param: 'user_ids' })],
		['param_name', refusal('INVALID_DATA', { param_name: 'user_ids' })],
		['api_name', refusal('INVALID_DATA', { api_name: 'user_id', resource_path_index: 2 })],
	])('for its ids, by %s, is bisected without asking', async (_, error) => {
		const setup = { answer: refusing(['2'], error), probe: () => probe };
		expect(await sendAll('1 2 3', setup)).toMatchObject(divided);
		expect(send).not.toHaveBeenCalled();
	});

	test.each<[string, ZohoErrorData]>([
		['another parameter', refusal('INVALID_DATA', { param: 'portal' })],
		['another parameter that ends alike', refusal('INVALID_DATA', { param: 'a_user_id' })],
		['a part of the path', refusal('INVALID_DATA', { resource_path_index: 2 })],
		['the user type to move to', refusal('INVALID_DATA', { transfer_To: '7' })],
	])('for %s is refused for all, without asking', async (_, error) => {
		const setup = { answer: refusing(['2'], error), probe: () => probe };
		expect(await sendAll('1 2 3', setup)).toMatchObject(whole());
		expect(send).not.toHaveBeenCalled();
	});

	test('for what no id can be the cause of is refused for all', async () => {
		const answer = refusing(['2'], refusal('NOT_ALLOWED'));
		expect(await sendAll('1 2 3', { answer })).toMatchObject(whole('NOT_ALLOWED'));
	});

	test('in doubt is uncertain for all', async () => {
		const answer = refusing(['2'], doubt('INVALID_DATA'));
		expect(await sendAll('1 2 3', { answer })).toMatchObject(whole('INVALID_DATA?'));
	});

	test('is bisected where the operation says so, whatever the details', async () => {
		const error = refusal('NOT_ALLOWED', { resource_path_index: 2 });
		const setup = { answer: refusing(['2'], error), isAboutOne: () => true, probe: () => probe };
		expect(await sendAll('1 2 3', setup)).toMatchObject({
			calls: halves,
			results: ['done', 'NOT_ALLOWED', 'done'],
		});
		expect(send).not.toHaveBeenCalled();
		const never = { answer: refusing(['2'], invalid), isAboutOne: () => false };
		expect(await sendAll('1 2 3', never)).toMatchObject(whole());
	});

	test('asks once whether portal and user type exist', async () => {
		jest.mocked(send).mockResolvedValue(found);
		const setup = { answer: refusing(['2', '5'], invalid), probe: () => probe, size: 3 };
		const { results } = await sendAll('1 2 3 4 5 6', setup);
		expect(results).toEqual(['done', 'INVALID_DATA', 'done', 'done', 'INVALID_DATA', 'done']);
		expect(jest.mocked(send).mock.calls.map(([, request]) => request)).toEqual([probe]);
	});

	test('is refused for all where they do not', async () => {
		jest.mocked(send).mockResolvedValue({ ...found, rows: [] });
		const setup = { answer: refusing(['2'], invalid), probe: () => probe };
		expect(await sendAll('1 2 3', setup)).toMatchObject(whole());
	});

	test('is refused for all where nobody can tell; a missing scope is told instead', async () => {
		const setup = { answer: refusing(['2'], invalid), probe: () => probe };
		jest.mocked(send).mockRejectedValue(new ZohoApiError(refusal('NOT_ALLOWED')));
		expect(await sendAll('1 2 3', setup)).toMatchObject(whole());
		jest.mocked(send).mockRejectedValue(new ZohoApiError(refusal('OAUTH_SCOPE_MISMATCH')));
		expect(await sendAll('1 2 3', setup)).toMatchObject(whole('OAUTH_SCOPE_MISMATCH'));
		jest.mocked(send).mockRejectedValue(new TypeError('bug'));
		expect(await sendAll('1 2 3', setup)).toMatchObject(whole());
	});

	test('with one id is refused without asking', async () => {
		const setup = { answer: refusing(['2'], invalid), probe: () => probe };
		expect(await sendAll('2', setup)).toMatchObject({ calls: ['2'], results: ['INVALID_DATA'] });
		expect(send).not.toHaveBeenCalled();
	});
});
