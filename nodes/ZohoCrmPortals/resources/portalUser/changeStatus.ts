import type { IDataObject } from 'n8n-workflow';

import type { OperationLabels } from '../../errors/messages';
import type { BatchCalls } from '../../run/batchRun';
import { sendIds } from '../../run/idResults';
import type { IdResults } from '../../run/idResults';
import type { Operation } from '../../run/operation';
import type { Result } from '../../run/result';
import type { Connection } from '../../http/connection';
import type { PortalUser } from '../../zoho/people';
import { dataOf, errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { noteMet, readByIds } from '../../zoho/people';
import type { ZohoRequest } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { asBoolean, choice } from '../../form/field';
import type { Field } from '../../form/field';
import { anyUserType, option, options, portal } from '../fields';
import { activeOnes, changeInBulk } from './bulkStatus';
import { users } from './fields';
import { onPortalUsers, userGroupOf } from './onPortalUsers';
import type { Plan, UserGroup } from './onPortalUsers';

/** The number of users from which jobs are used, by the choice in "In Bulk". */
const LEAST_IN_BULK = { automatic: 50, always: 1, never: Infinity };

type InBulk = keyof typeof LEAST_IN_BULK;

const inBulk = choice({
	displayName: 'In Bulk',
	name: 'inBulk',
	default: 'automatic',
	options: [
		{ name: 'Always', value: 'always' },
		{ name: 'Automatic', value: 'automatic' },
		{ name: 'Never', value: 'never' },
	],
	description:
		'Whether to change up to 100 users in one call. Zoho does not report the result of such a call, so the node reads the users before and after it, then changes the remaining users one by one. Without the scope ZohoCRM.settings.clientportal.READ, it makes one call for each user. Automatic: for 50 users or more.',
});

/** The new status. */
const changeTo: Field<boolean> = {
	property: {
		displayName: 'Change To',
		name: 'active',
		type: 'options',
		default: true,
		options: [
			{ name: 'Activate', value: true, description: 'The users can log in to the portal' },
			{
				name: 'Deactivate',
				value: false,
				description: 'The users can no longer log in; they must have accepted the invitation',
			},
		],
		description:
			'Whether the users can log in to the portal. Users who have not accepted the invitation cannot be deactivated, only deleted.',
	},
	check: asBoolean,
};

const settings = options({
	concurrency: option.concurrency,
	dryRun: option.dryRun,
	inBulk,
	includePrevious: option.includePrevious,
	maxUsers: option.maxUsers,
	skipBlank: option.skipBlank,
});

/** The number of users whose status one call changes without a job. */
export const MOST_STATUS_CHANGES = 1;

/** Users of one user type whose status is changed. */
interface StatusGroup {
	request: ZohoRequest;
	active: boolean;
	inBulk: InBulk;
	portal: string;
	userType?: string;
}

/** Makes the change of status that a group from `statusGroup` describes. */
export const statusCalls: BatchCalls<StatusGroup> = {
	idKey: 'personality_id',
	ahead: async (connection, { inBulk: bulk, userType = '', ...change }, ids) =>
		await changeInBulk(connection, { ...change, userType }, ids, LEAST_IN_BULK[bulk]),
	send: changeOne,
};

/**
 * @param of the user type, and the call without its query
 * @param bulk whether jobs change many users at once
 */
export function statusGroup(
	of: Pick<StatusGroup, 'portal' | 'request' | 'userType'>,
	active: boolean,
	bulk: InBulk = 'automatic',
): StatusGroup {
	const { portal: inPortal, userType, request } = of;
	return {
		portal: inPortal,
		userType,
		active,
		inBulk: bulk,
		request: { ...request, query: { active } },
	};
}

/** Labels for a change of status. */
export function statusLabels(active: boolean): Partial<OperationLabels> {
	if (active) return { done: 'activated' };
	return {
		done: 'deactivated',
		messages: {
			NOT_ALLOWED: {
				reason: 'the user has not accepted the invitation yet',
				remedy: 'Delete the portal user instead; the CRM record stays.',
			},
		},
	};
}

export const changeStatus: Operation = {
	name: 'Change Status',
	value: 'changeStatus',
	action: 'Activate or deactivate portal users',
	description: 'Activate or deactivate one or more portal users; a deactivated user cannot log in',
	method: 'PUT',
	path: '/settings/portals/{portal}/user_type/{userType}/users/{personality_id}/actions/change_status',
	scopes: [CLIENT_PORTAL.update, CLIENT_PORTAL.read],
	limit: '1 user a call; from 50 users on, 100',
	warnings: [
		{
			message: 'People who are deactivated will no longer be able to log in to the portal',
			when: '$rawParameter["active"] !== true',
		},
	],
	calledBy: changeTo,
	thing: 'portal user',
	counted: 'user',
	done: 'changed',
	fields: [portal, anyUserType, users, changeTo, settings],
	options: settings,
	strategy: onPortalUsers<UserGroup & StatusGroup>({
		...statusCalls,
		group: (item) => {
			const active = item.read(changeTo);
			const group = userGroupOf(item, settings);
			return { ...group, ...statusGroup(group, active, item.read(settings).inBulk) };
		},
		wish: ({ active }) => ({ active }),
		plan: ({ active }, user): Plan => planChange(active, user),
		maxBatchSize: MOST_STATUS_CHANGES,
		labels: ({ active }) => statusLabels(active),
	}),
};

/** A list with more rows is not worth reading for one person. */
const MOST_ROWS = 1_000;

/** Changes the status of one user. */
async function changeOne(
	connection: Connection,
	group: StatusGroup,
	ids: string[],
): Promise<IdResults> {
	const { request, active } = group;
	const said = await sendIds(connection, request, ids, 'personality_id', { active }).catch(
		(error: unknown): IdResults => ({
			results: new Map(ids.map((id) => [id, { error: dataOf(error) }])),
		}),
	);
	const results = new Map<string, Result>();
	for (const [id, result] of said.results) {
		const output = 'error' in result && (await alreadyDone(connection, group, id, result.error));
		results.set(id, output ? { output } : result);
	}
	return { ...said, results };
}

/**
 * The output for a user whom Zoho refuses to change because the user is already in the requested
 * state. Zoho does not activate active users. It does not deactivate users who have not accepted
 * the invitation either, although they may be inactive.
 */
async function alreadyDone(
	connection: Connection,
	{ active, portal: inPortal, userType = '' }: StatusGroup,
	id: string,
	{ code, message, uncertain }: ZohoErrorData,
): Promise<IDataObject | undefined> {
	if (active && code === 'ALREADY_ACTIVATED') {
		// After an uncertain try, that try may have made the change.
		return { active, ...(!uncertain && { unchanged: true }), code, message };
	}
	if (active || code !== 'NOT_ALLOWED' || uncertain) return undefined;
	if (activeOnes(connection).has(id)) return undefined;
	try {
		const found = await readByIds(connection, inPortal, [{ id: userType }], [id], MOST_ROWS);
		noteMet(connection, found ?? []);
		const user = found?.find(({ personality_id }) => personality_id === id);
		return user?.active === false ? { active, unchanged: true, code: 'UNCHANGED' } : undefined;
	} catch (error) {
		// The refusal remains if the user cannot be read.
		dataOf(error);
		return undefined;
	}
}

/** Users who have not accepted the invitation cannot be deactivated. */
function planChange(active: boolean, user: PortalUser): Plan {
	if (!active && user.active === true && user.confirm === false) {
		return { error: errorData(400, 'NOT_ALLOWED') };
	}
	if (user.active === active) return { unchanged: { active } };
	return { action: active ? 'activated' : 'deactivated', after: { active } };
}
