import type { IDataObject } from 'n8n-workflow';

import type { WorkflowFile } from '../../harness/n8n/client';

/** Name of the trigger. */
export const START = 'Somebody comes in';

/** A workflow with no more than a trigger, which brings these data. */
export const startingWith = (json: IDataObject): WorkflowFile => ({
	name: 'First task',
	nodes: [
		{
			id: START,
			name: START,
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
	],
	connections: {},
	pinData: { [START]: [{ json }] },
});
