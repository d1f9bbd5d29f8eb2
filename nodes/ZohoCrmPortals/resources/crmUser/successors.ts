import type { IDataObject } from 'n8n-workflow';

import { choices, leftOpen } from '../../form/field';
import type { AnyField } from '../../form/field';
import type { Item } from '../../form/item';
import { pickedCrmUser } from '../../form/locator';
import { jobSettings, crmUser } from './fields';

/** What Zoho calls a transfer, in the address and in the body. */
export type Transfer = 'transfer' | 'transfer_and_delete';

/** Who takes over from a user. */
export interface Successors {
	targetUser?: string;
	/** The new manager of the subordinates. */
	targetManager?: string;
}

const successor = leftOpen(
	pickedCrmUser(
		{
			displayName: 'Transfer To',
			name: 'targetUser',
			description: 'The active CRM user who takes over',
		},
		'searchActiveCrmUsers',
	),
);

const transferWhat = choices({
	displayName: 'What to Transfer',
	name: 'transferWhat',
	default: ['records', 'assignment', 'criteria'],
	options: [
		{ name: 'Assignments', value: 'assignment', description: 'Places in assignment rules' },
		{ name: 'Criteria', value: 'criteria', description: 'Rules and views that name the user' },
		{ name: 'Records', value: 'records', description: 'The records that the user owns' },
	],
	description: 'What the user chosen under "Transfer To" takes over',
});

const manager = leftOpen(
	pickedCrmUser(
		{
			displayName: 'New Manager of Subordinates',
			name: 'targetManager',
			description: 'The CRM user whom the subordinates report to from then on',
		},
		'searchActiveCrmUsers',
	),
);

/** What both transfers ask. */
export const transferFields: AnyField[] = [crmUser, successor, transferWhat, manager, jobSettings];

/** At least one of them must be named. */
export function successorsOf(item: Item): Successors {
	const targetUser = item.read(successor);
	const targetManager = item.read(manager);
	if (!targetUser && !targetManager) {
		throw item.invalid(
			successor.property.displayName,
			'is empty, and so is the new manager of the subordinates',
			'Choose who takes over the records, who becomes the manager of the subordinates, or both.',
		);
	}
	return { ...(targetUser && { targetUser }), ...(targetManager && { targetManager }) };
}

/** Who takes over what, as Zoho takes it. */
export function transferBody(
	item: Item,
	kind: Transfer,
	{ targetUser, targetManager }: Successors,
): IDataObject {
	const what = item.read(transferWhat);
	const transfer = {
		id: targetUser,
		records: what.includes('records'),
		assignment: what.includes('assignment'),
		criteria: what.includes('criteria'),
	};
	return {
		[kind]: [
			{
				...(targetUser && { transfer }),
				...(targetManager && { move_subordinate: { id: targetManager } }),
			},
		],
	};
}
