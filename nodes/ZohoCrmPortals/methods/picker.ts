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

/** Reads the options of a picker, and describes errors in plain words. */
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

/**
 * The entries that a picker shows: those whose name contains the typed text, in any case, sorted by
 * name.
 */
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

/** A single entry for a list that cannot be shown yet. It says what to do first. */
function advice(name: string): INodeListSearchResult {
	return { results: [{ name, value: '' }] };
}

/**
 * Lists objects of the chosen portal, or of the only one if none is chosen.
 *
 * @param thing the kind of object, for texts
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

/** Lists objects of the portal if there is only one; see `offerOfPortal`. */
export async function offerOfOne(
	portals: string[],
	thing: string,
	read: (portal: string) => Promise<INodeListSearchResult>,
): Promise<INodeListSearchResult> {
	if (portals.length === 0) return advice('The organization has no portal: create one first');
	if (portals.length > 1) return advice(`Choose the portal first to list its ${thing}`);
	return await read(portals[0]);
}

/** The chosen portal, or all portals if none is chosen. */
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

/** The network settings of a picker: the same as those of the node. */
function travelOf(context: ILoadOptionsFunctions): TravelOptions {
	const { property, check } = declarativeRequestOptions;
	const given: unknown = context.getNodeParameter(property.name, {});
	return check(given, placeOf(context.getNode(), property.displayName));
}

/** The value of a parameter that the picker depends on; empty if nothing is chosen yet. */
export function chosenValue(context: ILoadOptionsFunctions, parameter: string): string {
	return String(valueIn(context.getNodeParameter(parameter, '')) ?? '');
}

/** The chosen user type, by ID or name as in a run; undefined if there is none. */
export function chosenUserType(all: UserType[], chosen: string): UserType | undefined {
	return all.find(({ id }) => id === chosen) ?? namedAmong(all, chosen);
}

/**
 * A person in a list: "Mina Shah (mina@example.com)", or whichever of the two is known, or the ID.
 */
export function personName(name: unknown, email: unknown, id: unknown): string {
	const [known, address] = [name, email].filter((one) => typeof one === 'string' && one.trim());
	if (known === undefined) return String(id);
	return address === undefined ? String(known) : `${String(known)} (${String(address)})`;
}
