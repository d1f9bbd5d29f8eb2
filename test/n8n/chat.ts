/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** A message with which n8n asks the person in the chat something. */
interface Question {
	text: string;
	buttons: Array<{ text: string; link: string }>;
}

/** n8n ignores buttons that robots press. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const TEXT = 1;
const CLOSE = 8;

/**
 * Stays in a chat until the workflow has ended, as the chat of n8n's editor does, and presses a button
 * whenever n8n asks something.
 * @param url the address of the WebSocket that the chat opens, with `http:`
 * @param button the text on the button
 * @returns the questions that n8n asked
 */
export async function pressInChat(url: string, button: string): Promise<string[]> {
	const asked: string[] = [];
	for await (const message of messages(url)) {
		if (!message.startsWith('{')) continue;
		const { text, buttons } = JSON.parse(message) as Question;
		asked.push(text);
		const pressed = buttons.find((one) => one.text === button);
		if (!pressed) throw new Error(`The chat offers no button ${button}: ${message}`);
		const response = await fetch(pressed.link, { headers: { 'User-Agent': BROWSER } });
		const page = await response.text();
		if (!page.includes('Action recorded')) throw new Error(`${button} had no effect: ${page}`);
	}
	return asked;
}

/** The messages that a WebSocket receives. Node.js 20 has no client for it. */
async function* messages(url: string): AsyncGenerator<string> {
	const request = get(url, {
		headers: {
			Connection: 'Upgrade',
			Upgrade: 'websocket',
			'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
			'Sec-WebSocket-Version': '13',
		},
	});
	const [, socket, head] = (await once(request, 'upgrade')) as [IncomingMessage, Socket, Buffer];
	let received = head;
	for await (const chunk of socket as AsyncIterable<Buffer>) {
		received = Buffer.concat([received, chunk]);
		for (let frame = frameOf(received); frame; frame = frameOf(received)) {
			if (frame.kind === CLOSE) return;
			if (frame.kind === TEXT) yield frame.content.toString();
			received = received.subarray(frame.end);
		}
	}
}

/** The first frame, if all of it is there. Frames of a server are not masked. */
function frameOf(received: Buffer) {
	const start = received[1] === 126 ? 4 : 2;
	if (received.length < start) return undefined;
	const end = start + (start === 4 ? received.readUInt16BE(2) : received[1]);
	if (received.length < end) return undefined;
	return { kind: received[0] & 0xf, content: received.subarray(start, end), end };
}
