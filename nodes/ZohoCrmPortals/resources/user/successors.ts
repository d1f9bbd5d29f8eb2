import type { IDataObject } from 'n8n-workflow';

import type { ItemParameters } from '../../execution/parameters';

/** What Zoho calls a transfer, in the address and in the body. */
export type Transfer = 'transfer' | 'transfer_and_delete';

/** Who takes over from a user. */
export interface Successors {
	targetUser?: string;
	/** The new manager of the subordinates. */
	targetManager?: string;
}

/** At least one of them must be named. */
export function successorsOf(item: ItemParameters): Successors {
	const targetUser = item.optionalText('targetUser');
	const targetManager = item.optionalText('targetManager');
	if (!targetUser && !targetManager) {
		throw item.invalid(
			'targetUser',
			'is empty, and so is the new manager of the subordinates',
			'Choose who takes over the records, who becomes the manager of the subordinates, or both.',
		);
	}
	return { ...(targetUser && { targetUser }), ...(targetManager && { targetManager }) };
}

/** Who takes over what, as Zoho takes it. */
export function transferBody(
	item: ItemParameters,
	kind: Transfer,
	{ targetUser, targetManager }: Successors,
): IDataObject {
	const what = item.value<string[]>('transferWhat', []);
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
