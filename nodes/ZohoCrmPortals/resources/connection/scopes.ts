import { METADATA, RECORDS } from '../../zoho/scopes';

/** A feature in the editor, and the scopes that it needs. */
interface Need {
	/** "Portal User: Invite", "list of roles". */
	name: string;
	scopes: string[];
}

/** The scopes that operations (by resource), lists and record fields of this node need. */
export function needsOf(
	resources: Array<{ name: string; operations: Array<{ name: string; scopes: string[] }> }>,
): Need[] {
	return [
		...resources.flatMap(({ name: resource, operations }) =>
			operations.map(({ name, scopes }) => ({ name: `${resource}: ${name}`, scopes })),
		),
		...Object.entries(METADATA).map(([what, scope]) => ({
			name: `list of ${what.replace('custom_', '')}`,
			scopes: [scope],
		})),
		...Object.entries(RECORDS).map(([name, scopes]) => ({ name, scopes })),
	];
}
