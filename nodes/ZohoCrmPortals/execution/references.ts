import type { Connection } from '../transport/connection';
import { portalNames, userTypesOf } from '../transport/directory';
import { dataOf, errorData, ZohoApiError } from '../transport/error';
import type { ItemParameters } from './parameters';
import type { Reference } from './reference';

/**
 * Looks up what items name otherwise than Zoho addresses it: a portal that is left empty is the only
 * one, and a user type may be named by its name. Each list is read once in a run.
 */
export async function lookUpReferences(
	connection: Connection,
	items: ItemParameters[],
): Promise<void> {
	for (const item of items) {
		// User types are looked up in the portal of the item, so that comes first.
		for (const to of ['portal', 'userType'] as const) {
			for (const reference of item.references.values()) {
				if (reference.to === to) await lookUp(connection, item, reference);
			}
		}
	}
}

async function lookUp(
	connection: Connection,
	item: ItemParameters,
	reference: Reference,
): Promise<void> {
	try {
		const id =
			reference.to === 'portal'
				? await onlyPortal(connection)
				: await userTypeNamed(connection, item.text('portal'), reference.name);
		reference.settle({ id });
	} catch (error) {
		reference.settle({ error: dataOf(error) });
	}
}

/** Zoho allows an organization one portal; where there are more, one has to be named. */
async function onlyPortal(connection: Connection): Promise<string> {
	const names = await portalNames(connection);
	const [name] = names;
	if (names.length === 1) return name;
	throw new ZohoApiError(
		name === undefined
			? errorData(0, 'NO_PORTAL')
			: errorData(0, 'MANY_PORTALS', { details: { names } }),
	);
}

/** A user type by its exact name, else the only one whose name differs in case. */
async function userTypeNamed(
	connection: Connection,
	portal: string,
	name: string,
): Promise<string> {
	const all = await userTypesOf(connection, portal);
	const exact = all.filter((one) => one.name === name);
	const similar = all.filter((one) => one.name.toLowerCase() === name.toLowerCase());
	const found = exact.length > 0 ? exact : similar;
	if (found.length === 1) return found[0].id;
	throw new ZohoApiError(
		found.length > 1
			? errorData(0, 'AMBIGUOUS', { details: { found: found.map((one) => one.name) } })
			: errorData(0, 'NOT_FOUND', {
					details: { user_type: name, names: all.map((one) => one.name) },
				}),
	);
}
