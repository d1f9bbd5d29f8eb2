import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { nodeError } from '../errors/nodeError';
import { placeOf, valueIn } from '../form/field';
import { declarativeRequestOptions } from '../form/requestOptions';
import { accountOf, createConnection } from '../http/connection';
import type { Connection } from '../http/connection';
import { namedAmong, portalNames } from '../zoho/directory';
import type { UserType } from '../zoho/directory';
import { dataOf } from '../http/error';
import type { TravelOptions } from '../http/httpSettings';

/** Reads what a picker offers; puts what goes wrong into words. */
export async function readOffer<T>(
	context: ILoadOptionsFunctions,
	thing: string,
	read: (connection: Connection) => Promise<T>,
): Promise<T> {
	const connection = createConnection(context, travelOf(context));
	try {
		return await read(connection);
	} catch (error) {
		const failure = { subject: {}, error: dataOf(error) };
		const labels = { thing, done: 'listed', account: await accountOf(connection) };
		throw nodeError(connection.node, labels, [failure]);
	}
}

/** What the picker shows: entries that contain the typed text, whatever its case, by name. */
export function matching<Row extends object>(
	rows: Row[],
	toEntry: (row: Row) => INodeListSearchItems,
	filter = '',
): INodeListSearchItems[] {
	const wanted = filter.toLowerCase();
	return rows
		.map(toEntry)
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.sort(byName);
}

/** An entry that stands for a list that cannot be offered yet, and says what to do first. */
function advice(name: string): INodeListSearchResult {
	return { results: [{ name, value: '' }] };
}

/**
 * Offers something of the portal that is chosen; where none is, of the only one.
 *
 * @param thing what is offered, for texts
 */
export async function offerOfPortal(
	context: ILoadOptionsFunctions,
	thing: string,
	read: (connection: Connection, portal: string) => Promise<INodeListSearchResult>,
): Promise<INodeListSearchResult> {
	return await readOffer(context, thing, async (connection) => {
		const names = await portalsMeant(context, connection);
		return await offerOfOne(names, thing, async (portal) => await read(connection, portal));
	});
}

/** Offers something of a portal where there is only one; see `offerOfPortal`. */
export async function offerOfOne(
	portals: string[],
	thing: string,
	read: (portal: string) => Promise<INodeListSearchResult>,
): Promise<INodeListSearchResult> {
	if (portals.length === 0) return advice('The organization has no portal: create one first');
	if (portals.length > 1) return advice(`Choose the portal first; its ${thing} are listed then`);
	return await read(portals[0]);
}

/** The portal that is chosen; where none is, all of them. */
export async function portalsMeant(
	context: ILoadOptionsFunctions,
	connection: Connection,
): Promise<string[]> {
	const chosen = chosenValue(context, 'portal');
	return chosen === '' ? await portalNames(connection) : [chosen];
}

export function byName(a: { name: string }, b: { name: string }): number {
	return a.name.localeCompare(b.name);
}

/** How the calls of a picker travel: as those of the node. */
function travelOf(context: ILoadOptionsFunctions): TravelOptions {
	const { property, check } = declarativeRequestOptions;
	const given: unknown = context.getNodeParameter(property.name, {});
	return check(given, placeOf(context.getNode(), property.displayName));
}

/** The value of a parameter that the picker depends on; empty when nothing is chosen yet. */
export function chosenValue(context: ILoadOptionsFunctions, parameter: string): string {
	return String(valueIn(context.getNodeParameter(parameter, '')) ?? '');
}

/** The user type that is chosen, by ID or by name as in a run; undefined if there is none. */
export function chosenUserType(all: UserType[], chosen: string): UserType | undefined {
	return all.find(({ id }) => id === chosen) ?? namedAmong(all, chosen);
}

/** A person in a list: "Mina Shah (mina@example.com)", or what is known of the two, or the ID. */
export function personName(name: unknown, email: unknown, id: unknown): string {
	const [known, address] = [name, email].filter((one) => typeof one === 'string' && one.trim());
	if (known === undefined) return String(id);
	return address === undefined ? String(known) : `${String(known)} (${String(address)})`;
}
