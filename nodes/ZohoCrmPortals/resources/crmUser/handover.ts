import type { IDataObject } from 'n8n-workflow';

import { choices, leftOpen } from '../../form/field';
import type { AnyField } from '../../form/field';
import type { Item } from '../../form/item';
import { pickedCrmUser } from '../../form/locator';
import type { ZohoRequest } from '../../http/request';
import { CHANGE_OWNER, USERS } from '../../zoho/scopes';
import { jobSettings, crmUser } from './fields';

/** Zoho's name of a transfer, in the path and in the body. */
export type Transfer = 'transfer' | 'transfer_and_delete';

/** The call that reads the job of a transfer. */
export function transferJob(kind: Transfer, job_id: string): ZohoRequest {
	const path = `/users/actions/${kind}`;
	// Zoho requires another scope for jobs that do not delete.
	const scope = kind === 'transfer' ? CHANGE_OWNER.read : USERS.read;
	return { method: 'GET', path, query: { job_id }, scope };
}

/** Who takes over which data from a user. */
export interface Handover {
	targetUser?: string;
	/** The kinds of data that the target user takes over. */
	transferWhat: Array<'assignment' | 'criteria' | 'records'>;
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
		{
			name: 'Records',
			value: 'records',
			description: 'The records that the user owns; otherwise they stay with the user',
		},
	],
	description: 'What the user chosen under "Transfer To" takes over',
});

const manager = leftOpen(
	pickedCrmUser(
		{
			displayName: 'New Manager of Subordinates',
			name: 'targetManager',
			description: 'The active CRM user who becomes the manager of the subordinates',
		},
		'searchActiveCrmUsers',
	),
);

/** The fields that both transfers share. */
export const transferFields: AnyField[] = [crmUser, successor, transferWhat, manager, jobSettings];

/** Reads the handover of an item. At least one user must be named. */
export function handoverOf(item: Item): Handover {
	const targetUser = item.read(successor);
	const targetManager = item.read(manager);
	if (!targetUser && !targetManager) {
		throw item.invalid(
			successor.property.displayName,
			'is empty, and so is the new manager of the subordinates',
			'Choose who takes over the records, who becomes the manager of the subordinates, or both.',
		);
	}
	return {
		...(targetUser && { targetUser }),
		transferWhat: item.read(transferWhat),
		...(targetManager && { targetManager }),
	};
}

/** A handover in the form that Zoho accepts. */
export function transferBody(
	kind: Transfer,
	{ targetUser, transferWhat: what, targetManager }: Handover,
): IDataObject {
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
