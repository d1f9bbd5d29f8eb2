import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import { DEALERS, PORTAL } from '../../emulator/seed';
import { fromList } from '../../harness/parameters';
import { CREDENTIAL_TYPE, NODE_TYPE } from '../../harness/types';
import type { WorkflowFile } from '../../harness/n8n/client';

/** Name of the node that gives every dealer an outcome. */
export const DEACTIVATE = 'Deactivate dealers';

const GET = 'Get dealers';

const zoho = (name: string, x: number, operation: string, parameters: INodeParameters): INode => ({
	id: name,
	name,
	type: NODE_TYPE,
	typeVersion: 1,
	position: [x, 0],
	parameters: {
		resource: 'portalUser',
		operation,
		portal: fromList(PORTAL, PORTAL),
		userType: fromList(DEALERS, 'Dealers'),
		...parameters,
	},
	credentials: { [CREDENTIAL_TYPE]: { id: 'any', name: 'any' } },
});

const connections: IConnections = {
	Start: { main: [[{ node: GET, type: 'main', index: 0 }]] },
	[GET]: { main: [[{ node: DEACTIVATE, type: 'main', index: 0 }]] },
};

/** Reads the dealers and deactivates them; those whom Zoho refuses leave by the error output. */
export const deactivateDealers: WorkflowFile = {
	name: 'Deactivate dealers',
	nodes: [
		{
			id: 'Start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		zoho(GET, 220, 'getAll', { returnAll: true }),
		{
			...zoho(DEACTIVATE, 440, 'changeStatus', {
				personalityIds: '={{ $json.personality_id }}',
				active: false,
			}),
			onError: 'continueErrorOutput',
		},
	],
	connections,
};
