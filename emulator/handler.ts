import type { FastifyRequest } from 'fastify';

import type { Answer, Json } from './answers';
import type { Switches } from './switches';
import type { World } from './world';

/** The parts of a request that a handler gets. */
export interface ApiRequest {
	params: Record<string, string>;
	query: Record<string, string | undefined>;
	headers: FastifyRequest['headers'];
	/** Empty if none was sent. */
	body: Json;
	world: World;
	switches: Switches;
}

/** Answers the calls of one operation. */
export type Handler = (request: ApiRequest) => Answer;
