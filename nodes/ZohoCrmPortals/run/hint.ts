import type { Connection } from '../http/connection';
import { perRun } from '../http/once';

/** Shows a hint next to the output of the node, once. Older versions of n8n cannot show hints. */
export function hint(connection: Connection, message: string): void {
	const { context } = connection;
	const given = hints(connection);
	if (given.has(message) || !('addExecutionHints' in context)) return;
	given.add(message);
	context.addExecutionHints({ message, location: 'outputPane' });
}

const hints = perRun(() => new Set<string>());
