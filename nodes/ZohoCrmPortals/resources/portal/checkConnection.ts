import type { IDataObject } from 'n8n-workflow';

import { credentialOf, siteOf, whereOf } from '../../transport/credential';
import { describe, failedBy } from '../../transport/errors';
import type { Deed } from '../../transport/errors';
import { handling } from '../../transport/operation';
import type { Operation, Outcome } from '../../transport/operation';
import { send } from '../../transport/send';
import type { Connection, ZohoRequest } from '../../transport/send';
import { pick } from '../pick';
import { isCovered, needs, scopesOf } from './scopes';

const READ_USERS = 'ZohoCRM.users.READ';

export const checkConnection: Operation = {
	name: 'Check Connection',
	value: 'checkConnection',
	action: 'Check connection of credential',
	description:
		'Return which data center and environment answer, who is connected, and what the scope of the credential leaves out',
	method: 'GET',
	path: '/users',
	scope: READ_USERS,
	limit: '2 calls',
	thing: 'connection',
	done: 'checked',
	...handling(
		() => {},
		async (asks, connection) => {
			const outcome = await check(connection);
			return asks.map(() => [outcome]);
		},
	),
};

/** What is looked at, and what to call it in texts. */
const CONNECTED_USER: Look = {
	request: { method: 'GET', path: '/users', query: { type: 'CurrentUser' } },
	deed: { thing: 'connected user', done: 'read', scope: READ_USERS },
};
const PORTALS: Look = {
	request: { method: 'GET', path: '/settings/portals' },
	deed: { thing: 'list of portals', done: 'read', scope: 'ZohoCRM.settings.clientportal.READ' },
};

interface Look {
	request: ZohoRequest;
	deed: Deed;
}

/** Refusals of one call that leave the others a chance. */
const PARTIAL = new Set(['API_NOT_SUPPORTED', 'NO_PERMISSION', 'OAUTH_SCOPE_MISMATCH']);

async function check(connection: Connection): Promise<Outcome> {
	try {
		const credential = await credentialOf(connection);
		const { dataCenter, environment, apiUrl } = credential;
		const where = await whereOf(connection);
		const problems = where?.home
			? [
					`The Zoho account lives at ${siteOf(where.home)}, the credential is for another data center`,
				]
			: [];
		const granted = scopesOf(credential);
		const look = async ({ request, deed }: Look): Promise<IDataObject[]> => {
			// n8n answers a refusal for lack of scope with a new token, of which Zoho gives out few.
			if (!isCovered(deed.scope, granted)) return [];
			const { rows } = await send(connection, request).catch((error) => {
				const failed = failedBy(error, {});
				if (!PARTIAL.has(failed.refusal.code)) throw error;
				const { message, description } = describe(failed, { ...deed, where });
				problems.push(`${message}. ${description}`);
				return { rows: [] };
			});
			return rows;
		};
		const [user] = await look(CONNECTED_USER);
		const portals = await look(PORTALS);
		const lacking = needs.filter(({ scope }) => !isCovered(scope, granted));
		return {
			json: {
				data_center: dataCenter,
				environment,
				api_url: apiUrl,
				user: user ? pick(user, ['id', 'full_name', 'email', 'role', 'profile']) : null,
				portals: portals.map(({ name }) => name),
				missing_scopes: [...new Set(lacking.map(({ scope }) => scope))],
				disabled: lacking.map(({ name }) => name),
				problems,
			},
		};
	} catch (error) {
		return failedBy(error, {});
	}
}
