import { BatchRun } from '../../run/batchRun';
import type { BatchCalls, Group } from '../../run/batchRun';
import type { IdResults } from '../../run/idResults';
import { requestOf } from '../../form/runItems';
import type { Result } from '../../run/result';
import type { Run } from '../../run/run';
import type { Connection } from '../../http/connection';
import type { UserType } from '../../zoho/directory';
import type { Change, ChangeSettings } from './change';
import { changeStatus, MOST_STATUS_CHANGES, statusCalls, statusGroup } from './changeStatus';
import { deletions, MOST_DELETIONS, remove } from './delete';
import { invite as inviteCall, MOST_INVITATIONS } from './invite';
import { inviteRecords, reinviteRecords } from './invitations';
import type { Invitation, InvitationGroup } from './invitations';
import { MOST_TRANSFERS, transfer, transferGroup, transferCalls } from './transfer';

/** The calls for all people with the same change. */
export interface Calls {
	add: (change: Change) => void;
	/** Makes the calls for the people that were added. */
	send: () => Promise<void>;
	resultOf: (id: string) => Result;
}

/** The settings of the calls. */
export interface CallSettings extends ChangeSettings {
	types: UserType[];
	/** The language of an invitation; undefined for the portal's own language. */
	languageOf: (change: Change) => string | undefined;
}

/** A key of the properties that all people of a call share. */
export function keyOfCalls(change: Change, settings: CallSettings): string {
	const { action, userType, target } = change;
	// Each row of an invitation has its own user type and language.
	const where = isInvitation(change) ? [moduleOf(change, settings)] : [userType, target];
	return JSON.stringify([action, ...where]);
}

/** Whether a change sends an email. */
export function isInvitation({ action }: Change): boolean {
	return action === 'invited' || action === 'reinvited';
}

/** The module of a record to invite, by its API name. */
export function moduleOf(
	{ userType, module }: Change,
	{ types }: Pick<CallSettings, 'types'>,
): string {
	return module ?? types.find(({ id }) => id === userType)?.module ?? '';
}

/** The calls for a change and for all other changes with the same key. */
export function callsFor(run: Run, change: Change, settings: CallSettings): Calls {
	const { action, userType, target = '' } = change;
	const { portal } = settings;
	const calls = <G extends Group>(of: BatchCalls<G>, group: G, most: number): Calls => {
		const size = Math.max(1, Math.min(most, settings.batchSize ?? most));
		// The name under which a retry remembers the calls is their content.
		const name = `${action} ${JSON.stringify(group)}`;
		const batch = new BatchRun(run, of, group, size, name, 0);
		return {
			add: ({ id }) => batch.add(id),
			send: async () => await batch.send(),
			resultOf: (id) => batch.resultOf(id),
		};
	};
	switch (action) {
		case 'invited':
		case 'reinvited': {
			const ask = action === 'invited' ? inviteRecords : reinviteRecords;
			const invitations = new Map<string, Invitation>();
			const send = async (
				connection: Connection,
				group: InvitationGroup,
				ids: string[],
			): Promise<IdResults> =>
				await ask(connection, group, ids, (id) => invitations.get(id) ?? { userType });
			const invite = calls(
				{ idKey: 'record_id', send },
				invitationGroup(change, settings),
				MOST_INVITATIONS,
			);
			return {
				...invite,
				add: (one) => {
					const language = settings.languageOf(one);
					invitations.set(one.id, { userType: one.userType, language });
					invite.add(one);
				},
			};
		}
		case 'transferred': {
			const request = requestOf(transfer, { portal, userType });
			return calls(transferCalls, transferGroup(request, target), MOST_TRANSFERS);
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

function invitationGroup(change: Change, settings: CallSettings): InvitationGroup {
	const { portal, jobTimeout } = settings;
	const module = moduleOf(change, settings);
	return {
		request: requestOf(inviteCall, { module }),
		module,
		portal,
		// People who are in the portal are known, and are not among those who are invited.
		whenAlreadyInvited: 'error',
		waitForJob: true,
		jobTimeout,
	};
}
