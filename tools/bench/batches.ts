import type { INodeParameters } from 'n8n-workflow';

import { DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import { chunk } from '../../nodes/ZohoCrmPortals/http/chunk';
import type { RemoteEmulator } from '../../emulator/remote';
import type { Engine } from '../../harness/engine';
import { asItems, byId, byName, ofDealers } from '../../harness/parameters';
import { callBare } from './bare';
import type { Call } from './bare';
import { IN_FLIGHT, LATENCY, race } from './race';
import type { Measured } from './race';
import { perItem, programmatic } from './reference';
import { count, seconds, table, times } from '../table';

const USERS = 1000;

const portal = byName(PORTAL);
const path = `/settings/portals/${PORTAL}/user_type/${DEALERS}/users`;

interface Task {
	name: string;
	parameters: INodeParameters;
	/** The most users in one call. */
	most: number;
	/** The calls that a number of users requires at least. */
	calls: (ids: string[]) => Call[];
	/** n8n's declarative way, with one call for every item. */
	perItem: Parameters<typeof perItem>;
}

const tasks: Task[] = [
	{
		name: 'delete',
		parameters: { resource: 'portalUser', operation: 'delete' },
		most: 499,
		calls: (ids) => [['DELETE', `${path}?personality_ids=${ids.join(',')}`]],
		perItem: ['DELETE', `=${path}?personality_ids={{ $json.id }}`],
	},
	{
		name: 'transfer',
		parameters: { resource: 'portalUser', operation: 'transfer', targetUserType: byId(PREMIUM) },
		most: 200,
		calls: (ids) => [
			['POST', `${path}/action/transfer?transfer_To=${PREMIUM}&personality_ids=${ids.join(',')}`],
		],
		perItem: [
			'POST',
			`=${path}/action/transfer?transfer_To=${PREMIUM}&personality_ids={{ $json.id }}`,
		],
	},
	{
		name: 'invite',
		parameters: {
			resource: 'portalUser',
			operation: 'invite',
			module: byName('Contacts'),
			recordIds: '={{ $json.id }}',
		},
		most: 100,
		calls: (ids) => [
			[
				'POST',
				'/Contacts/actions/portal_invite',
				{
					portal_invite: [
						{ data: ids.map((id) => ({ id, user_type_id: DEALERS, type: 'invite' })) },
					],
				},
			],
			['GET', '/Contacts/actions/portal_invite?job_id={job}'],
		],
		perItem: [
			'POST',
			`=/Contacts/{{ $json.id }}/actions/portal_invite?user_type_id=${DEALERS}&type=invite`,
		],
	},
	{
		name: 'change status',
		parameters: { resource: 'portalUser', operation: 'changeStatus', active: false },
		most: 100,
		calls: (ids) => [
			[
				'PUT',
				`${path}/actions/change_status`,
				{
					change_status: [
						{ users: ids.map((personality_id) => ({ personality_id, active: false })) },
					],
				},
			],
			['GET', `${path}?type=AllUsers&per_page=100&personality_ids=${ids.join(',')}`],
		],
		perItem: ['PUT', `=${path}/{{ $json.id }}/actions/change_status?active=false`],
	},
];

/** Calls, time and failed items for 1,000 users, with every method. */
export async function measureBatches(
	emulator: RemoteEmulator,
	engine: Engine,
	token: string,
): Promise<string> {
	const prepare = async ({ name }: Task): Promise<string[]> => {
		await emulator.reset();
		const ids =
			name === 'invite'
				? await emulator.addRecords(USERS)
				: await emulator.addPortalUsers(DEALERS, USERS);
		await emulator.behave({ latency: LATENCY, maxInFlight: IN_FLIGHT });
		return ids;
	};

	const viaNode = async (task: Task, type: string | undefined, options: INodeParameters) => {
		const ids = await prepare(task);
		const started = performance.now();
		const { items, error } = await engine.runNode({
			...(type && { type }),
			parameters: { portal, ...ofDealers(), ...task.parameters, options },
			input: asItems(ids),
			onError: 'continueRegularOutput',
		});
		const ms = performance.now() - started;
		if (error) throw error;
		return {
			calls: (await emulator.requests()).length,
			ms,
			failed: items.filter((item) => item.error !== undefined || item.json.error !== undefined)
				.length,
		};
	};

	const perfect = async ({ most, calls }: Task, ids: string[]): Promise<void> => {
		await callBare(emulator, token, chunk(ids, most), IN_FLIGHT, calls);
	};

	const lowerBound = async (task: Task): Promise<Measured> => {
		const ids = await prepare(task);
		const started = performance.now();
		await perfect(task, ids);
		const ms = performance.now() - started;
		return { calls: (await emulator.requests()).length, ms, failed: 0 };
	};

	const rows: string[][] = [];
	for (const task of tasks) {
		engine.register(`perItem.${task.name}`, perItem(...task.perItem));
		engine.register(`perfect.${task.name}`, {
			...programmatic,
			async execute() {
				const items = this.getInputData();
				const ids = items.map((_, item) => this.getNodeParameter('personalityIds', item) as string);
				await perfect(task, ids);
				return [items];
			},
		});
		const ways: Array<[string, () => Promise<Measured>]> = [
			['lower bound', async () => await lowerBound(task)],
			['lower bound, ids read by n8n', async () => await viaNode(task, `perfect.${task.name}`, {})],
			['this node', async () => await viaNode(task, undefined, { concurrency: IN_FLIGHT })],
			[
				'this node, one user a call',
				async () =>
					await viaNode(task, undefined, {
						concurrency: IN_FLIGHT,
						...(task.name === 'change status' ? { inBulk: 'never' } : { batchSize: 1 }),
					}),
			],
			["n8n's declarative way", async () => await viaNode(task, `perItem.${task.name}`, {})],
		];
		const medians = await race(ways.map(([, measure]) => measure));
		const [bound] = medians;
		for (const [way, { calls, ms, failed }] of medians.entries()) {
			rows.push([
				task.name,
				ways[way][0],
				count(calls),
				times(calls, bound.calls),
				seconds(ms),
				times(ms, bound.ms),
				count(failed),
			]);
		}
		if (task.name === 'delete') {
			rows.push(
				['delete', 'HTTP Request, default settings ¹', '1,000', '333.33 ×', '8.90 s', '', '951'],
				['delete', 'HTTP Request, 10 per 200 ms ¹', '1,000', '333.33 ×', '28.60 s', '', '0'],
			);
		}
	}
	return table(['1,000 ×', 'way', 'calls', '', 'time', '', 'failed items'], rows);
}
