import { resources } from '../../nodes/ZohoCrmPortals/resources';
import { MOST_STATUS_CHANGES } from '../../nodes/ZohoCrmPortals/resources/portalUser/changeStatus';
import { MOST_DELETIONS } from '../../nodes/ZohoCrmPortals/resources/portalUser/delete';
import { MOST_INVITATIONS } from '../../nodes/ZohoCrmPortals/resources/portalUser/invite';
import { MOST_TRANSFERS } from '../../nodes/ZohoCrmPortals/resources/portalUser/transfer';
import { PER_PAGE } from '../../nodes/ZohoCrmPortals/transport/paginate';
import { count, table } from '../table';

const PEOPLE = 1_000;

const API_LIMITS = 'https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html';
const SETTING_UP =
	'https://help.zoho.com/portal/en/kb/crm/connect-with-customers/portals/articles/setting-up-portal';
const LICENSES =
	'https://help.zoho.com/portal/en/community/topic/weve-revised-the-pricing-model-of-crm-portal-user-licenses';
const CREDITS =
	'https://help.zoho.com/portal/en/community/topic/credit-calculation-and-concurrency-in-zoho-crm-apis';
const TOKENS = 'https://www.zoho.com/crm/developer/docs/api/v8/token-validity.html';
const PORTAL_API = 'https://www.zoho.com/crm/developer/docs/api/v8/';

/** What an edition allows (Zoho's page of API limits). */
const editions = [
	['Free', '5,000', '5,000', 5],
	['Standard, Starter', '50,000 + 250 a user', '100,000', 10],
	['Professional', '50,000 + 500 a user', '3,000,000', 15],
	['Enterprise, Zoho One', '50,000 + 1,000 a user', '5,000,000', 20],
	['Ultimate, CRM Plus', '50,000 + 2,000 a user', 'none', 25],
];

const callsFor = (perCall: number) => count(Math.ceil(PEOPLE / perCall));

/** What is done to many portal users, how many Zoho takes in a call, and what else is called. */
const costs: Array<[string, number, string]> = [
	['Get Many', PER_PAGE, ''],
	['Delete', MOST_DELETIONS, ''],
	['Transfer', MOST_TRANSFERS, ''],
	['Invite', MOST_INVITATIONS, 'at least one a call, to read its job'],
	[
		'Change Status',
		MOST_STATUS_CHANGES,
		'from 50 users on [in bulk](reliability.md#status-changes-in-bulk): 20 in all',
	],
];

/** docs/limits.md: what Zoho allows, and what operations cost of it. */
export function limitsPage(): string {
	return `# Limits

What Zoho publishes, read in 2026; it changes without notice. Where its pages disagree, both are here.

## Editions and licenses

- **Portals** come with Enterprise and Ultimate. In a trial of these they can be tried: who then
  goes to Standard or Professional keeps the portal, who goes to Free loses it after 30 days ([setting up a portal](${SETTING_UP})).
- **One portal** for an organization, which cannot be deleted, with **five user types**. Names of
  portals have 6 to 30 letters and digits, and are unique across all of Zoho.
- **Portal users** need licenses while they are active. Since January 2025, 1,000 are free across all
  user types ([announcement](${LICENSES})); the help page still has 10,000 for the first user type.
  Where they are used up, Zoho answers [LICENSE_LIMIT_EXCEEDED](errors.md#license_limit_exceeded) or
  [LIMIT_EXCEEDED](errors.md#limit_exceeded).
- **A sandbox** has no portals by the API ([API_NOT_SUPPORTED](errors.md#api_not_supported)), and no
  changes of CRM users.
- **CRM users** of Zoho One and CRM Plus are managed there
  ([UNAPPROVABLE](errors.md#unapprovable)). Only the super admin may transfer and delete.

## API credits and calls at once

${table(['Edition', 'Credits in 24 hours', 'At most', 'Calls at once'], editions)}

([API limits](${API_LIMITS}), [credits and concurrency](${CREDITS}); the second has 1,000,000 and 2,000,000
as the maxima of Professional and Enterprise.) The 24 hours roll: what was used is free again 24 hours later.
More credits can be bought. Zoho names no other price for the calls of this node, so **a call is one
credit**; a call that Zoho refuses or that is repeated is a call as well. Calls at once are counted for
the organization and the connected app.

The node has 5 calls under way at once for a credential, over all executions in one n8n process; the
option "Concurrency" changes that. Zoho answers 429 where there are too many or credits are used up:
the node waits and tries again, and then says [TOO_MANY_REQUESTS](errors.md#too_many_requests).

## What operations cost

${count(PEOPLE)} portal users of one user type, named by ID with the user type chosen:

${table(
	['Portal User', 'In one call', 'Calls', 'Besides'],
	costs.map(([name, perCall, besides]) => [name, count(perCall), callsFor(perCall), besides]),
)}

- Who is named by **email address**, or without a user type, is looked for first: one call for the
  user types, and one for every ${PER_PAGE} users of each that is read, once for all items of a run. Only Invite
  looks for CRM records instead, some to a call.
- "Include Previous State" and "Dry Run" read the users as well.
- A call that is refused because of some of its people is sent again in halves, unless Zoho names them.
- **Sync** reads the user types that it needs, ${PER_PAGE} users a call, and then makes the calls above for
  those who change.
- **The trigger**: [what a poll costs](trigger.md#what-it-costs).

What Zoho takes in one call, by operation:

${table(
	['Resource', 'Operation', "Zoho's limit"],
	resources.flatMap(({ name: resource, operations }) =>
		operations.map(({ name, limit }) => [resource, name, limit]),
	),
)}

([Zoho CRM API v8](${PORTAL_API}) and its [OpenAPI files](https://github.com/zoho/crm-oas).)

## Tokens

n8n renews the access token, which lives for an hour. Zoho gives out 10 access tokens in 10 minutes for
a connection, and one user holds 20 connections with one client: the 21st ends the oldest
([token validity](${TOKENS})). One connection for all workflows is enough.
`;
}
