/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a development tool that does not ship */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import type { RemoteEmulator } from '../../emulator/remote';
import { DEALERS, PORTAL } from '../../emulator/seed';
import type { NodeSetup } from '../../harness/engine';
import { asItems, byEmail, byId, byName, inviting } from '../../harness/parameters';
import { count, table } from '../table';

type Task = (emulator: RemoteEmulator) => Promise<Pick<NodeSetup, 'parameters' | 'input'>>;

const portal = byName(PORTAL);

const invitations = (amount: number, named: 'id' | 'email', dryRun: boolean): Task => {
	return async (emulator) => {
		const ids = await emulator.addRecords(amount);
		const emails = ids.map((id) => ({ id: `person${id.slice(-6)}@example.test` }));
		const who = named === 'email' ? byEmail('={{ $json.id }}') : '={{ $json.id }}';
		const parameters = {
			...inviting('', { recordIds: who, options: { dryRun } }),
			...{ resource: 'portalUser', operation: 'invite', portal },
		};
		return { parameters, input: named === 'email' ? emails : asItems(ids) };
	};
};

/** The tasks in a large portal, by their names in the table. */
export const TASKS: Record<string, Task> = {
	'dry run of 500 invitations, 20,000 users': async (emulator) => {
		await emulator.addPortalUsers(DEALERS, 20_000);
		return await invitations(500, 'id', true)(emulator);
	},
	'4,000 invitations by email': invitations(4_000, 'email', false),
	'8,000 invitations by email': invitations(8_000, 'email', false),
	'change status of 300, a filter of IDs that is cut': async (emulator) => {
		await emulator.behave({ idFilter: 'cut', bulkStatus: 'fast' });
		const who = (await emulator.addPortalUsers(DEALERS, 300)).join(',');
		const parameters = { personalityIds: who, active: false, userType: byId(DEALERS), portal };
		return { parameters: { resource: 'portalUser', operation: 'changeStatus', ...parameters } };
	},
};

/**
 * Calls, CPU time and memory of one run in a separate process, with an emulator that answers at
 * once.
 */
export async function measureLarge(emulator: RemoteEmulator): Promise<string> {
	const rows: string[][] = [];
	for (const task of Object.keys(TASKS)) {
		await emulator.reset();
		const child = path.join(__dirname, 'child.ts');
		const args = ['--import', 'tsx', child, emulator.origin, task];
		const told = execFileSync(process.execPath, args, { encoding: 'utf8' });
		const [peak, cpu] = told.split(' ').map(Number);
		const calls = (await emulator.requests()).length;
		rows.push([task, count(calls), `${cpu.toFixed(1)} s`, `${(peak / 1024).toFixed(0)} MB`]);
	}
	return table(['', 'calls', 'CPU', 'memory'], rows);
}
