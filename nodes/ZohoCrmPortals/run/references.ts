import { onlyPortal, userTypeNamed } from '../zoho/directory';
import { dataOf } from '../http/error';
import type { Item } from '../form/item';
import type { Reference } from '../form/reference';
import { findCrmUser } from './crmUserNames';
import { foundOnce } from './retryMemory';
import type { Run } from './run';

/**
 * Looks up all names for which Zoho needs something else: an empty portal means the only one, a
 * user type may be given by name, and a CRM user by email. Each list is read once per run.
 */
export async function lookUpReferences(run: Run, items: Item[]): Promise<void> {
	for (const item of items) {
		// User types are looked up in the portal of the item, so portals come first.
		for (const to of ['portal', 'userType', 'crmUser'] as const) {
			for (const reference of item.references) {
				if (reference.to === to && reference.isOpen) await lookUp(run, reference);
			}
		}
	}
}

async function lookUp(run: Run, reference: Reference): Promise<void> {
	try {
		reference.settle({ id: await idOf(run, reference) });
	} catch (error) {
		reference.settle({ error: dataOf(error) });
	}
}

async function idOf(run: Run, { to, name, label, portal }: Reference): Promise<string> {
	switch (to) {
		case 'portal':
			return await onlyPortal(run.connection);
		case 'userType':
			return await userTypeWith(run, portal(), name);
		case 'crmUser':
			return String((await findCrmUser(run, name, label)).id);
	}
}

/** The ID of the user type with a name. */
async function userTypeWith({ connection, memory }: Run, inPortal: string, name: string) {
	const found = await foundOnce(memory, `user types by name ${inPortal}`, name, async () => ({
		id: (await userTypeNamed(connection, inPortal, name)).id,
	}));
	return String(found.id);
}
