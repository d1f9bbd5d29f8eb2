import type { INode } from 'n8n-workflow';

import { PORTAL } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { byName } from '../../harness/parameters';
import { CREDENTIAL_TYPE, TRIGGER_TYPE } from '../../harness/types';
import { itemsOf } from '../../harness/n8n/client';
import { until } from '../../harness/until';
import type { Client, Execution, WorkflowFile } from '../../harness/n8n/client';

/** Seconds in which n8n has polled twice, also on a machine that has other work to do. */
export const TWO_POLLS = 130;

/** n8n refuses a poll time that comes round sooner than in a minute, but takes several of them. */
const EVERY_TEN_SECONDS = [0, 10, 20, 30, 40, 50].map((second) => ({
	mode: 'custom',
	cronExpression: `${second} * * * * *`,
}));

/** A workflow that begins with the trigger, polled every 10 seconds, and ends with the next node. */
export function watching(events: string[]): WorkflowFile {
	const node = (name: string, type: string, more: Partial<INode> = {}): INode => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const trigger = node('Portal', TRIGGER_TYPE, {
		parameters: {
			pollTimes: { item: EVERY_TEN_SECONDS },
			portal: byName(PORTAL),
			events,
		},
		credentials: { [CREDENTIAL_TYPE]: { id: 'any', name: 'any' } },
	});
	return {
		name: 'Watch the portal',
		nodes: [trigger, node('Done', 'n8n-nodes-base.noOp')],
		connections: { Portal: { main: [[{ node: 'Done', type: 'main', index: 0 }]] } },
	};
}

/**
 * Activates a workflow, and waits until its trigger has had its first look at the portal: n8n 2
 * answers before that.
 */
export async function startWatching(client: Client, emulator: Emulator, id: string): Promise<void> {
	const { length } = emulator.requests;
	await client.activate(id);
	await until('the first look', TWO_POLLS, async () => {
		const lists = emulator.requests
			.slice(length)
			.filter(({ url, status }) => url.includes('/users?') && status > 0);
		return lists.length >= emulator.world.userTypes.size || undefined;
	});
}

/** Events that reached the end of executions, in one line each: `userAdded 7310000000000400001`. */
export function eventsIn(executions: Execution[]): string[] {
	return executions
		.flatMap((execution) => itemsOf(execution, 'Done'))
		.map(({ json }) => {
			const { personality_id } = json.user as { personality_id: string };
			return `${String(json.event)} ${personality_id}`;
		});
}
