/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
import { RemoteEmulator } from '../../emulator/remote';
import { DEALERS } from '../../emulator/seed';
import { loadBuilt } from '../../harness/built';
import { Engine } from '../../harness/engine';
import { asItems } from '../../harness/parameters';
import { deletion } from './overhead';
import { declarative, programmatic } from './reference';

/** Runs one node with a number of items in a process of its own; prints its peak memory in kB. */
async function main([origin, type, amount]: string[]): Promise<void> {
	const emulator = RemoteEmulator.at(origin);
	const { node, credential } = loadBuilt();
	const scope = String(credential.properties.find(({ name }) => name === 'scope')?.default);
	const tokens = await emulator.connect(scope);
	const engine = new Engine({ origin, connect: () => tokens }, node, credential);
	engine.register('programmatic', programmatic);
	engine.register('declarative', declarative);
	const ids = await emulator.addPortalUsers(DEALERS, Number(amount));
	const { error } = await engine.runNode({
		...(type !== 'this' && { type }),
		parameters: deletion,
		input: asItems(ids),
	});
	if (error) throw error;
	console.log(process.resourceUsage().maxRSS);
}

void main(process.argv.slice(2));
