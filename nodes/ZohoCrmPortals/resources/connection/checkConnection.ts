import type { IDataObject } from 'n8n-workflow';

import type { OperationLabels } from '../../errors/messages';
import { describe } from '../../errors/nodeError';
import { askItems } from '../../run/operation';
import type { Operation, Outcome } from '../../run/operation';
import { accountOf, credentialOf } from '../../http/connection';
import type { Connection } from '../../http/connection';
import { obstacleIn } from '../../http/credential';
import { dataOf } from '../../http/error';
import { send } from '../../http/request';
import type { ZohoRequest } from '../../http/request';
import { isCovered, scopesOf } from '../../http/grantedScopes';
import { CONNECTED_USER, connectedUserIn } from '../../zoho/crmUsers';
import { CLIENT_PORTAL, USERS } from '../../zoho/scopes';
import { pick } from '../../http/pick';
import { crmUser } from '../crmUser';
import { portal } from '../portal';
import { portalUser } from '../portalUser';
import { userType } from '../userType';
import { needsOf } from './scopes';

export const checkConnection: Operation = {
	name: 'Check Connection',
	value: 'checkConnection',
	action: 'Check connection of credential',
	description:
		'Return the data center and environment that answer, the connected user, and what the scope of the credential does not cover',
	method: 'GET',
	path: '/users',
	scopes: [USERS.read, CLIENT_PORTAL.read],
	limit: '2 calls',
	thing: 'connection',
	done: 'checked',
	fields: [],
	strategy: (items) =>
		askItems(
			items,
			(item) => item,
			async ({ connection }, asked) => {
				const outcome = await check(connection);
				return asked.map(() => [outcome]);
			},
		),
};

const needs = needsOf([portal, userType, portalUser, crmUser]);

/** A call of the check, and its name in texts. */
interface Look {
	request: ZohoRequest;
	labels: OperationLabels;
}

const WHO: Look = {
	request: CONNECTED_USER,
	labels: { thing: 'connected user', done: 'read' },
};
const PORTALS: Look = {
	request: { method: 'GET', path: '/settings/portals', scope: CLIENT_PORTAL.read },
	labels: { thing: 'list of portals', done: 'read' },
};

/** Refusals of one call that do not affect the others. */
const PARTIAL = new Set(['API_NOT_SUPPORTED', 'NO_PERMISSION', 'OAUTH_SCOPE_MISMATCH']);

async function check(connection: Connection): Promise<Outcome> {
	try {
		const credential = await credentialOf(connection);
		const obstacle = obstacleIn(credential);
		if (obstacle) return { subject: {}, error: obstacle };
		const { dataCenter, environment, apiUrl } = credential;
		const account = await accountOf(connection);
		const problems = account?.home
			? [
					`The Zoho account lives ${'site' in account.home ? `at ${account.home.site}` : `in the data center "${account.home.unlisted}"`}, but the credential names another data center`,
				]
			: [];
		const granted = scopesOf(credential);
		const look = async ({ request, labels }: Look): Promise<IDataObject[]> => {
			if (!isCovered(request.scope, granted)) return [];
			const { rows } = await send(connection, request).catch((error) => {
				const data = dataOf(error);
				if (!PARTIAL.has(data.code)) throw error;
				const failure = { subject: {}, error: data };
				const { message, description } = describe(failure, { ...labels, account });
				problems.push(`${message}. ${description}`);
				return { rows: [] };
			});
			return rows;
		};
		const connected = connectedUserIn(await look(WHO));
		const portals = await look(PORTALS);
		const missing = needs.map(({ name, scopes }) => ({
			name,
			scopes: scopes.filter((scope) => !isCovered(scope, granted)),
		}));
		const lacking = missing.filter(({ scopes }) => scopes.length > 0);
		return {
			json: {
				data_center: dataCenter,
				environment,
				api_url: apiUrl,
				user: connected ? pick(connected, ['id', 'full_name', 'email', 'role', 'profile']) : null,
				portals: portals.map(({ name }) => name),
				missing_scopes: [...new Set(lacking.flatMap(({ scopes }) => scopes))],
				disabled: lacking.map(({ name }) => name),
				problems,
			},
		};
	} catch (error) {
		return { subject: {}, error: dataOf(error) };
	}
}
