import { loadBuilt } from '../../harness/built';
import { operations, resources } from '../../nodes/ZohoCrmPortals/resources';
import { MOST_STATUS_CHANGES } from '../../nodes/ZohoCrmPortals/resources/portalUser/changeStatus';
import { MOST_DELETIONS } from '../../nodes/ZohoCrmPortals/resources/portalUser/delete';
import { MOST_INVITATIONS } from '../../nodes/ZohoCrmPortals/resources/portalUser/invite';
import { MOST_TRANSFERS } from '../../nodes/ZohoCrmPortals/resources/portalUser/transfer';
import type { Operation } from '../../nodes/ZohoCrmPortals/run/operation';
import { PER_PAGE } from '../../nodes/ZohoCrmPortals/http/paginate';
import { ACCESS, CLIENT_PORTAL, METADATA, RECORDS } from '../../nodes/ZohoCrmPortals/zoho/scopes';
import { code, count, table } from '../table';
import { errorParts } from './errors';
import { parameterList } from './parameterList';
import { anchor, fileOf, resourceParts } from './resourcePage';

/** The texts of the parts of a page, by name. */
export type Parts = Record<string, string>;

/** The generated parts of the documentation, by path; everything else is written by hand. */
export async function pages(): Promise<Record<string, Parts>> {
	const ofResources = resources.map(
		async (resource) => [fileOf(resource.name), await resourceParts(resource)] as const,
	);
	return {
		...Object.fromEntries(await Promise.all(ofResources)),
		'README.md': {
			operations: table(
				['Resource', 'Operations'],
				resources.map(({ name, operations: ofResource }) => [
					`[${name}](${fileOf(name)})`,
					ofResource.map((one) => `[${one.name}](${fileOf(name)}#${anchor(one.name)})`).join(', '),
				]),
			),
		},
		// Without "Poll Times", which n8n adds.
		'docs/trigger.md': { parameters: parameterList(loadBuilt().trigger.description.properties) },
		'docs/errors.md': errorParts(),
		'docs/limits.md': {
			calls: table(['Portal User', 'In one call', 'Calls', 'Besides'], costs),
			'limits of Zoho': ofOperations(["Zoho's limit"], ({ limit }) => [limit]),
		},
		'docs/scopes.md': scopeParts(),
	};
}

/** A table of all operations. */
function ofOperations(columns: string[], cells: (operation: Operation) => string[]): string {
	return table(
		['Resource', 'Operation', ...columns],
		resources.flatMap(({ name: resource, operations: ofResource }) =>
			ofResource.map((operation) => [resource, operation.name, ...cells(operation)]),
		),
	);
}

/**
 * An action on 1,000 portal users, the most users that Zoho accepts in a call, and the other calls.
 */
const costs = (
	[
		['Get Many', PER_PAGE, ''],
		['Delete', MOST_DELETIONS, ''],
		['Transfer', MOST_TRANSFERS, ''],
		['Invite', MOST_INVITATIONS, 'at least one a call, to read its job'],
		[
			'Change Status',
			MOST_STATUS_CHANGES,
			'from 50 users on [in bulk](reliability.md#status-changes-in-bulk): 20 in all',
		],
	] as const
).map(([name, most, besides]) => [name, count(most), count(Math.ceil(1_000 / most)), besides]);

/** The sets of scopes by use, as the page shows them, and the scopes that each feature needs. */
function scopeParts(): Parts {
	const every = Object.values(operations).flat();
	return {
		Everything: scopeSet([{ scopes: ACCESS.everything }]),
		'Portal users': scopeSet([{ scopes: ACCESS.portalUsers }]),
		'Read only': scopeSet([{ scopes: ACCESS.readOnly }]),
		'The trigger': scopeSet([{ scopes: [CLIENT_PORTAL.read] }]),
		'Invitations only': scopeSet(
			every.filter(({ value }) => value === 'invite' || value === 'getInvitationJob'),
		),
		records: table(
			['What is found', 'Scopes'],
			Object.entries(RECORDS).map(([what, scopes]) => [what, scopes.map(code).join(', ')]),
		),
		operations: ofOperations(['Scopes'], ({ scopes }) => [scopes.map(code).join(', ')]),
		lists: table(
			['List', 'Scope'],
			Object.entries(METADATA).map(([list, scope]) => [list.replace('_', ' '), code(scope)]),
		),
	};
}

/** Scopes in the format of the credential: without duplicates, sorted by name. */
function scopeSet(of: Array<{ scopes: string[] }>): string {
	const scopes = new Set(of.flatMap((one) => one.scopes));
	return `\`\`\`text\n${[...scopes].sort().join(',')}\n\`\`\``;
}
