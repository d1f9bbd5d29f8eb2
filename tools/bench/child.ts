/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
import { RemoteEmulator } from '../../emulator/remote';
import { DEALERS } from '../../emulator/seed';
import { loadBuilt } from '../../harness/built';
import { Engine } from '../../harness/engine';
import { asItems } from '../../harness/parameters';
import { ACCESS } from '../../nodes/ZohoCrmPortals/zoho/scopes';
import { TASKS } from './large';
import { deletion } from './overhead';
import { declarative, programmatic } from './reference';

/**
 * Runs one node in a separate process: a task in a large portal, or with a number of items. Prints
 * its peak memory in kB and the CPU time of the run in seconds.
 */
async function main([origin, type, amount]: string[]): Promise<void> {
	const emulator = RemoteEmulator.at(origin);
	const { node, credential } = loadBuilt();
	const tokens = await emulator.connect(ACCESS.everything.join(','));
	const engine = new Engine({ origin, connect: () => tokens }, node, credential);
	engine.register('programmatic', programmatic);
	engine.register('declarative', declarative);
	const setup = TASKS[type]
		? await TASKS[type](emulator)
		: {
				...(type !== 'this' && { type }),
				parameters: deletion,
				input: asItems(await emulator.addPortalUsers(DEALERS, Number(amount))),
			};
	const before = process.cpuUsage();
	const { error } = await engine.runNode(setup);
	if (error) throw error;
	const { user, system } = process.cpuUsage(before);
	console.log(process.resourceUsage().maxRSS, (user + system) / 1e6);
}

void main(process.argv.slice(2));
