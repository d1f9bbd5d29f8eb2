/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a development tool that does not ship */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Answer } from './answers';
import { standIn, withoutFirstId } from './faults';
import type { Fault } from './faults';

/** A call that waits for its answer. */
export interface Call {
	request: FastifyRequest;
	reply: FastifyReply;
	/** Gets the status that the client is about to get; 0 if it gets none. */
	tell: (status: number) => void;
}

/**
 * The answer that is cut or sent if a fault occurs before the work: a success, although nothing was
 * done.
 */
const GENERIC: Answer = {
	status: 200,
	body: { data: [{ code: 'SUCCESS', details: {}, message: 'done', status: 'success' }] },
};

/**
 * Does the work of a call and answers it, or lets a fault replace either.
 *
 * @param work the work of the call; not run if a fault occurs before it
 */
export async function deliver(
	call: Call,
	fault: Fault | undefined,
	work: () => Answer,
): Promise<FastifyReply> {
	const { kind, before = false, pause = 0 } = fault ?? {};
	if (kind === 'delay' && before) await sleep(pause);
	const real = kind === 'delay' || kind === 'drip' || kind === 'rowWithoutId' || !before;
	const answer = real ? work() : GENERIC;
	if (kind === 'delay' && !before) await sleep(pause);
	switch (kind) {
		case undefined:
		case 'delay':
			return await send(call, answer);
		case 'reset':
			return breakOff(call);
		case 'silent':
			return await keepSilent(call);
		case 'cut':
			return cut(call, answer, true);
		case 'cutChunked':
			return cut(call, answer, false);
		case 'drip':
			return await drip(call, answer, pause);
		case 'rowWithoutId':
			return await send(call, withoutFirstId(answer));
		default:
			return await send(call, standIn({ ...fault, kind }));
	}
}

async function send({ reply, tell }: Call, answer: Answer): Promise<FastifyReply> {
	tell(answer.status);
	const { type, text } = serialized(answer);
	if (type !== undefined) reply.type(type);
	if (answer.headers) reply.headers(answer.headers);
	return await reply.status(answer.status).send(text);
}

function breakOff({ request, reply, tell }: Call): FastifyReply {
	tell(0);
	reply.hijack();
	request.raw.socket.destroy();
	return reply;
}

/** Ends when the connection is closed, by the client or by the emulator when it stops. */
async function keepSilent({ request, reply, tell }: Call): Promise<FastifyReply> {
	tell(0);
	reply.hijack();
	const { socket } = request.raw;
	if (!socket.destroyed) await once(socket, 'close');
	return reply;
}

/**
 * Closes the connection after half of the body. Without a body, there is no answer.
 *
 * @param announced whether the headers contain the length of the whole body; otherwise it is
 *   chunked
 */
function cut(call: Call, answer: Answer, announced: boolean): FastifyReply {
	const bytes = bytesOf(answer);
	if (bytes.length === 0) return breakOff(call);
	const { request, reply } = call;
	begin(call, answer, announced ? bytes.length : undefined);
	reply.raw.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () =>
		request.raw.socket.destroy(),
	);
	return reply;
}

/** Sends an answer one byte at a time while the client listens. */
async function drip(call: Call, answer: Answer, pause: number): Promise<FastifyReply> {
	const bytes = bytesOf(answer);
	if (bytes.length === 0) return await send(call, answer);
	const { reply } = call;
	const gone = new AbortController();
	reply.raw.once('close', () => gone.abort());
	begin(call, answer, bytes.length);
	for (const byte of bytes) {
		// Rejects only if the client has disconnected.
		await sleep(pause, undefined, { signal: gone.signal }).catch(() => undefined);
		if (gone.signal.aborted) return reply;
		reply.raw.write(Buffer.of(byte));
	}
	reply.raw.end();
	return reply;
}

/** Sends status and headers without the server's own method, which would send the body as well. */
function begin({ reply, tell }: Call, answer: Answer, length?: number): void {
	tell(answer.status);
	reply.hijack();
	reply.raw.writeHead(answer.status, {
		'content-type': serialized(answer).type,
		...answer.headers,
		...(length !== undefined && { 'content-length': length }),
	});
	reply.raw.flushHeaders();
}

const bytesOf = (answer: Answer): Buffer => Buffer.from(serialized(answer).text ?? '');

function serialized({ body, raw }: Answer): { type?: string; text?: string } {
	if (raw !== undefined) return { type: /^[{[]/.test(raw) ? JSON_TYPE : 'text/html', text: raw };
	return body === undefined ? {} : { type: JSON_TYPE, text: JSON.stringify(body) };
}

const JSON_TYPE = 'application/json; charset=utf-8';
