/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { FastifyInstance } from 'fastify';

import { refuseOtherPages } from '../ownPages';
import type { World } from '../world';
import { add, change, move } from './changes';
import type { Change } from './changes';
import { view } from './view';
import type { SeenCall } from './view';

/** The path of the page. */
export const PLAY = '/play';

/** The parts that the page shows and changes. */
interface Played {
	readonly world: World;
	/** Calls of the API, in the order of their arrival. */
	readonly requests: ReadonlyArray<Omit<SeenCall, 'number'>>;
}

const PAGE = path.join(__dirname, 'page.html');

const texts = (...names: string[]) => ({
	type: 'object',
	properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
});

/**
 * Serves a page that shows the portal users, changes them with a click, and lists the incoming
 * calls. It is not part of Zoho's API, so the requests of the page below `/play` do not count as
 * calls. If a change cannot be made, the answer is `{ message }` with 404 or 409.
 */
export function registerPlay(app: FastifyInstance, emulator: Played): void {
	void app.register(
		async (play) => {
			refuseOtherPages(play);
			play.get(
				'/',
				async (_request, reply) =>
					await reply.type('text/html; charset=utf-8').send(readFileSync(PAGE)),
			);
			play.get<{ Querystring: { search?: string } }>('/view', async ({ query }) =>
				view(emulator.world, emulator.requests, query.search ?? ''),
			);
			play.post<{ Body: { userType: string; name?: string; email?: string } }>(
				'/people',
				{ schema: { body: { ...texts('userType', 'name', 'email'), required: ['userType'] } } },
				async ({ body: { userType, name = '', email = '' } }) =>
					add(emulator.world, userType, name.trim(), email.trim()),
			);
			play.post<{ Params: { id: string }; Body: { target: string } }>(
				'/people/:id/move',
				{ schema: { body: { ...texts('target'), required: ['target'] } } },
				async ({ params, body }) => {
					move(emulator.world, params.id, body.target);
					return {};
				},
			);
			const changes: Change[] = ['confirm', 'activate', 'deactivate', 'remove'];
			for (const what of changes) {
				play.post<{ Params: { id: string } }>(`/people/:id/${what}`, async ({ params }) => {
					change(emulator.world, params.id, what);
					return {};
				});
			}
			// A separate handler, because that of the emulator counts its answers as calls of the
			// API.
			play.setNotFoundHandler(async (_request, reply) => await reply.code(404).send({}));
		},
		{ prefix: PLAY },
	);
}
