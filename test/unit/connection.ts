import type { Connection } from '../../nodes/ZohoCrmPortals/http/connection';
import { Outage } from '../../nodes/ZohoCrmPortals/http/outage';

/** Never touched: tests with this connection answer themselves what is asked. */
const context: Connection['context'] = Object.create(null);

/** A connection that leads nowhere. */
export const connectionOf = (concurrency = 5): Connection => ({
	context,
	node: { id: 'node', name: '', type: '', typeVersion: 1, position: [0, 0], parameters: {} },
	concurrency,
	http: {},
	outage: new Outage(),
	token: {},
});
