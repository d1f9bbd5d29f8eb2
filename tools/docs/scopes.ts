import { DEFAULT_SCOPE } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { operations, resources } from '../../nodes/ZohoCrmPortals/resources';
import {
	CLIENT_PORTAL,
	METADATA,
	RECORD_SEARCH,
	recordsScope,
	USERS,
} from '../../nodes/ZohoCrmPortals/transport/scopes';
import { table } from '../table';
import { code } from './markdown';

/** A use of the package, and the scope of a credential that is for nothing else. */
interface Use {
	name: string;
	about: string;
	scopes: string[];
}

const everyOperation = Object.values(operations).flat();
const ofPortals = resources
	.filter(({ value }) => value !== 'user')
	.flatMap(({ operations: ofResource }) => ofResource);
const ofUsers = Object.values(USERS);

const uses: Use[] = [
	{
		name: 'Read only',
		about:
			'Every Get, Get Many and Count, Check Connection, Check Before Transfer and both jobs. Nothing can be changed, invited or deleted with it.',
		scopes: everyOperation.filter(({ method }) => method === 'GET').flatMap(({ scopes }) => scopes),
	},
	{
		name: 'The trigger',
		about: 'Zoho CRM Portals Trigger, which only reads the portal.',
		scopes: [CLIENT_PORTAL.read],
	},
	{
		name: 'Invitations only',
		about:
			'Portal User: Invite, its job, and the lists of portals and user types. It can also create portals and user types: Zoho has no scope for invitations alone.',
		scopes: operations.portalUser
			.filter(({ value }) => value === 'invite' || value === 'getInvitationJob')
			.flatMap(({ scopes }) => scopes),
	},
	{
		name: 'Everything but CRM users',
		about:
			'Portals, user types and portal users, with every list of their forms. Check Connection works, but does not say who is connected.',
		scopes: [
			...ofPortals.flatMap(({ scopes }) => scopes).filter((scope) => !ofUsers.includes(scope)),
			METADATA.custom_views,
			METADATA.fields,
			METADATA.layouts,
			METADATA.modules,
		],
	},
	{
		name: 'Everything',
		about: 'The default of the credential: every operation, every list, and the trigger.',
		scopes: DEFAULT_SCOPE.split(','),
	},
];

/** docs/scopes.md: sets of scopes by use, and what each operation needs. */
export function scopesPage(): string {
	return `# Scopes

A credential may do what its scope names. The default covers every operation; a smaller scope is a
smaller loss when a token is. Paste one of the sets below into **Scope** of the credential, then
connect it again: Zoho asks for consent to exactly these, and a token keeps the scope that it was
connected with. Check Connection lists what a credential lacks and what it cannot do for that.

A scope that ends in \`.ALL\` holds every action of its kind, and \`ZohoCRM.settings.ALL\` holds all
metadata. A set of several uses is the sets of each, joined by commas.

## By use

${uses
	.map(
		({ name, about, scopes }) => `### ${name}\n\n${about}\n\n\`\`\`text\n${joined(scopes)}\n\`\`\``,
	)
	.join('\n\n')}

## Invitations by email address

"Records" of Invite and Sync may be email addresses. Zoho then has to search the records of the
module, which needs ${code(RECORD_SEARCH)} and the scope of the module: ${code(recordsScope('Contacts'))},
${code(recordsScope('Vendors'))}, or ${code(recordsScope('Any'))} for a custom one. The default does
not have them; with record IDs nobody needs them.

## By operation

${table(
	['Resource', 'Operation', 'Scopes'],
	resources.flatMap(({ name: resource, operations: ofResource }) =>
		ofResource.map(({ name, scopes }) => [resource, name, scopes.map(code).join(', ')]),
	),
)}

The lists of the form need, beside ${code(CLIENT_PORTAL.read)} and ${code(USERS.read)}:

${table(
	['List', 'Scope'],
	Object.entries(METADATA).map(([list, scope]) => [list.replace('_', ' '), code(scope)]),
)}
`;
}

/** Scopes as the credential takes them: each once, in the order of their names. */
function joined(scopes: string[]): string {
	return [...new Set(scopes)].sort().join(',');
}
