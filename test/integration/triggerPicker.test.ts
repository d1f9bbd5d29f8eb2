import { LoadOptionsContext } from 'n8n-core';
import type { INodePropertyOptions } from 'n8n-workflow';

import { getWatchedUserTypes } from '../../nodes/ZohoCrmPortals/methods/loadOptions/watchedUserTypes';
import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, VENDORS } from '../../emulator/seed';
import { zohoNode } from '../../harness/engine';
import { byName, useHarness } from '../../harness/harness';
import { TRIGGER_TYPE } from '../../harness/types';

const harness = useHarness();

/** What the editor shows in the list of user types. */
async function offered(portal: string): Promise<INodePropertyOptions[]> {
	const node = { ...zohoNode({ parameters: { portal: byName(portal) } }), type: TRIGGER_TYPE };
	const workflow = harness.engine.workflow({ nodes: [node], connections: {} });
	const additionalData = {
		...harness.engine.additionalData(),
		currentNodeParameters: workflow.nodes.Zoho.parameters,
	};
	return await getWatchedUserTypes.call(
		new LoadOptionsContext(workflow, workflow.nodes.Zoho, additionalData, ''),
	);
}

test.each(['oas', 'docs'] as const)(
	'user types come with what a poll costs, by the counts of the %s',
	async (sources) => {
		harness.emulator.behaviour.sources = sources;
		harness.addUsers(450);
		const options = await offered(PORTAL);
		expect(options.map(({ value }) => value)).toEqual([CLIENT_PORTAL, DEALERS, PREMIUM, VENDORS]);
		expect(options.map(({ description }) => description)).toEqual(
			[0, 450, 0, 0].map(
				(users) =>
					`${users} users. A poll of this portal costs 7 API credits, whichever user types are chosen.`,
			),
		);
	},
);

test('without a portal it offers those of the only one', async () => {
	const options = await offered('');
	expect(options.map(({ value }) => value)).toEqual([CLIENT_PORTAL, DEALERS, PREMIUM, VENDORS]);
});

test('without a portal there is nothing to choose where there are several', async () => {
	harness.emulator.world.addPortal('AcmePartners');
	expect(await offered('')).toEqual([]);
});

test('an unknown portal is told as what it is', async () => {
	await expect(offered('Nowhere')).rejects.toThrow('User types could not be listed');
});
