import type { Connection } from '../transport/connection';
import { onlyPortal, userTypeNamed } from '../transport/directory';
import { dataOf } from '../transport/error';
import type { Item } from '../form/item';
import type { Reference } from '../form/reference';

/**
 * Looks up what items name otherwise than Zoho addresses it: a portal that is left empty is the only
 * one, and a user type may be named by its name. Each list is read once in a run.
 */
export async function lookUpReferences(connection: Connection, items: Item[]): Promise<void> {
	for (const item of items) {
		// User types are looked up in the portal of the item, so that comes first.
		for (const to of ['portal', 'userType'] as const) {
			for (const reference of item.references) {
				if (reference.to === to && reference.isOpen) await lookUp(connection, reference);
			}
		}
	}
}

async function lookUp(connection: Connection, reference: Reference): Promise<void> {
	try {
		const id =
			reference.to === 'portal'
				? await onlyPortal(connection)
				: (await userTypeNamed(connection, reference.portal(), reference.name)).id;
		reference.settle({ id });
	} catch (error) {
		reference.settle({ error: dataOf(error) });
	}
}
