import { BatchRun } from '../../execution/batchRun';
import type { BatchCalls, Group } from '../../execution/batchRun';
import { requestOf } from '../../form/runItems';
import type { Result } from '../../execution/result';
import type { Run } from '../../execution/run';
import type { UserType } from '../../transport/directory';
import { changeStatus, MOST_STATUS_CHANGES, statusCalls, statusGroup } from './changeStatus';
import { deletions, MOST_DELETIONS, remove } from './delete';
import { invite, MOST_INVITATIONS } from './invite';
import { inviteRecords, reinviteRecords } from './invitations';
import type { InvitationGroup } from './invitations';
import type { SyncSettings } from './syncItem';
import type { Change } from './syncPlan';
import { MOST_TRANSFERS, transfer, transferGroup, transfers } from './transfer';

/** The calls for all people to whom the same is done. */
export interface Calls {
	add: (id: string) => void;
	/** Makes the calls for those that were added. */
	send: () => Promise<void>;
	resultOf: (id: string) => Result;
}

/** What is asked of the calls beside what they do. */
export interface CallSettings extends SyncSettings {
	types: UserType[];
	/** The language to invite somebody in, by id; undefined: the portal's own. */
	languageOf: (id: string) => string | undefined;
}

/** What is the same for all people of a call, as a key. */
export function keyOfCalls(change: Change, { languageOf }: CallSettings): string {
	const { action, id, userType, target } = change;
	const isInvitation = action === 'invited' || action === 'reinvited';
	return JSON.stringify([action, userType, target, isInvitation ? languageOf(id) : undefined]);
}

/** The calls for a change, and for all others with the same key. */
export function callsFor(run: Run, change: Change, settings: CallSettings): Calls {
	const { action, userType, target = '' } = change;
	const { portal } = settings;
	const calls = <G extends Group>(of: BatchCalls<G>, group: G, most: number): Calls => {
		const size = Math.max(1, Math.min(most, settings.batchSize ?? most));
		// What it asks of Zoho is the name under which a retry remembers it.
		const name = `${action} ${JSON.stringify(group)}`;
		return new BatchRun(run, of, group, size, name, 0);
	};
	switch (action) {
		case 'invited':
		case 'reinvited': {
			const send = action === 'invited' ? inviteRecords : reinviteRecords;
			const group = invitationGroup(change, settings);
			return calls({ idKey: 'record_id', send }, group, MOST_INVITATIONS);
		}
		case 'transferred': {
			const request = requestOf(transfer, { portal, userType });
			return calls(transfers, transferGroup(request, target), MOST_TRANSFERS);
		}
		case 'deleted': {
			const request = requestOf(remove, { portal, userType });
			return calls(deletions, { request }, MOST_DELETIONS);
		}
		default: {
			const request = requestOf(changeStatus, { portal, userType });
			const group = statusGroup({ portal, userType, request }, action === 'activated');
			return calls(statusCalls, group, MOST_STATUS_CHANGES);
		}
	}
}

function invitationGroup({ id, userType }: Change, settings: CallSettings): InvitationGroup {
	const { portal, types, jobTimeout, languageOf } = settings;
	const module = types.find((type) => type.id === userType)?.module ?? '';
	return {
		request: requestOf(invite, { module }),
		module,
		portal,
		userType,
		// Who is in the portal is known, and is not among those who are invited.
		whenAlreadyInvited: 'error',
		language: languageOf(id),
		waitForJob: true,
		jobTimeout,
	};
}
