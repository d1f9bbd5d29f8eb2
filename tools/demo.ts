/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEALERS, PORTAL, PREMIUM } from '../emulator/seed';
import { Emulator } from '../emulator/server';
import type { CrmRecord } from '../emulator/world';
import { loadBuilt } from '../harness/built';
import { Engine } from '../harness/engine';
import { byEmail, byId, byName } from '../harness/parameters';
import { Polling } from '../harness/polling';
import { TRIGGER_TYPE } from '../harness/types';

/** The built node on n8n's engine, with an emulated organization. */
class Stage {
	readonly engine: Engine;

	private seen = 0;

	constructor(readonly emulator: Emulator) {
		const { node, trigger, credential } = loadBuilt();
		this.engine = new Engine(emulator, node, credential);
		this.engine.register(TRIGGER_TYPE, trigger);
	}

	/** Adds a contact. */
	contact(name: string): CrmRecord {
		const email = `${name.split(' ')[0].toLowerCase()}@example.test`;
		return this.emulator.world.addRecord({ name, email });
	}

	/** Runs an operation on portal users. */
	async run(parameters: INodeParameters, input: IDataObject[]): Promise<IDataObject[]> {
		const { items, error } = await this.engine.runNode({
			parameters: { resource: 'portalUser', portal: byName(PORTAL), ...parameters },
			input,
		});
		if (error) throw error;
		return items.map(({ json }) => json);
	}

	/** The API calls since the last time: `API calls: 2 reads, 1 write`. */
	calls(): string {
		const made = this.emulator.requests.slice(this.seen);
		this.seen = this.emulator.requests.length;
		const reads = made.filter(({ method }) => method === 'GET').length;
		return `API calls: ${counted(reads, 'read')}, ${counted(made.length - reads, 'write')}`;
	}
}

async function demo(): Promise<boolean> {
	const emulator = await Emulator.start();
	try {
		const stage = new Stage(emulator);
		console.log('\nZoho CRM Portals for n8n: the built node on the n8n engine, with an');
		console.log(`emulated Zoho CRM organization and its portal ${PORTAL}\n`);
		const mina = stage.contact('Mina Shah');
		await invite(stage, mina);
		const followed = await sync(stage, mina);
		await react(stage, mina);
		const premium = emulator.world.usersOf(PREMIUM).map(({ name }) => name);
		const asExpected = followed && premium.sort().join() === 'Cleo Marsh,Mina Shah';
		console.log(asExpected ? 'All as expected.' : 'NOT as expected.');
		console.log('Next: npm run editor');
		return asExpected;
	} finally {
		await emulator.stop();
	}
}

async function invite(stage: Stage, { email }: CrmRecord): Promise<void> {
	console.log('1. A deal is won: invite its contact');
	const [{ invited }] = await stage.run(
		{ operation: 'invite', userType: byName('Dealers'), recordIds: byEmail('={{ $json.email }}') },
		[{ deal: 'Nordwind', email }],
	);
	const { mails } = stage.emulator.world;
	console.log(`   ${invited === true ? 'Invited' : 'NOT invited'}: ${String(email)}, as a dealer`);
	console.log(`   ${counted(mails.length, 'email')} sent (${stage.calls()})\n`);
}

async function sync(stage: Stage, mina: CrmRecord): Promise<boolean> {
	console.log('2. A list decides who is in the portal: sync');
	const names = ['Ben Ito', 'Cleo Marsh', 'Dora Lind', 'Emil Novak'];
	const [ben, cleo] = names.map((name) => stage.contact(name));
	for (const record of stage.emulator.world.records.values()) {
		if (names.includes(record.name)) stage.emulator.world.addPortalUser(DEALERS, record);
	}
	const list = [
		{ email: mina.email, type: 'Dealers' },
		{ email: ben.email, type: 'Dealers' },
		{ email: cleo.email, type: 'Premium' },
		{ email: stage.contact('Gus Hale').email, type: 'Dealers' },
	];
	for (const { email, type } of list) console.log(`   On the list: ${String(email)}, ${type}`);
	const follow = async (dryRun: boolean): Promise<string[]> => {
		const parameters = {
			operation: 'sync',
			userType: byName('={{ $json.type }}'),
			recordIds: byEmail('={{ $json.email }}'),
			others: 'deactivate',
			options: { dryRun, maxRemovals: 2 },
		};
		const changes = await stage.run(parameters, list);
		return changes.map(({ action, name }) => `${String(action)}: ${String(name)}`);
	};
	const planned = await follow(true);
	console.log(`   Dry run: nothing is written (${stage.calls()})`);
	for (const change of planned) console.log(`     would be ${change}`);
	const made = await follow(false);
	console.log(`   For real (${stage.calls()})`);
	for (const change of made) console.log(`     ${change}`);
	const left = await follow(false);
	console.log(`   Once more: ${counted(left.length, 'change')} (${stage.calls()})\n`);
	const active = [...stage.emulator.world.portalUsers.values()].filter((user) => user.active);
	return planned.join() === made.join() && left.length === 0 && active.length === list.length;
}

async function react(stage: Stage, { id }: CrmRecord): Promise<void> {
	console.log('3. Somebody accepts the invitation: the trigger starts a workflow');
	const polling = new Polling(stage.engine, { events: ['userConfirmed'] });
	await polling.activate();
	const user = stage.emulator.world.portalUsers.get(id);
	if (user) user.confirm = true;
	stage.calls();
	const events = await polling.poll();
	for (const { event, user: who } of events) {
		console.log(
			`   Event ${String(event)}: ${String((who as IDataObject).name)} (${stage.calls()})`,
		);
	}
	await stage.run(
		{
			operation: 'transfer',
			personalityIds: byId('={{ $json.user.personality_id }}'),
			targetUserType: byName('Premium'),
		},
		events,
	);
	console.log(`   The workflow moves them to Premium (${stage.calls()})\n`);
}

function counted(amount: number, what: string): string {
	return `${amount} ${what}${amount === 1 ? '' : 's'}`;
}

demo().then(
	(asExpected) => {
		process.exitCode = asExpected ? 0 : 1;
	},
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	},
);
