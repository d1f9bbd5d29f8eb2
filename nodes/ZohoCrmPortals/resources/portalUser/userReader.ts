import type { IDataObject } from 'n8n-workflow';

import { chunk } from '../../transport/chunk';
import { isFinal } from '../../errors/messages';
import { mapWithConcurrency } from '../../transport/concurrency';
import type { Connection } from '../../transport/connection';
import { dataOf } from '../../transport/error';
import { readPages } from '../../transport/paginate';
import type { ZohoRequest } from '../../transport/request';

/** Ids that a read names: as many as Zoho gives rows per page. */
const IDS_PER_READ = 200;

/** Users of a user type by their ids. */
export type Users = Map<string, IDataObject>;

/**
 * Reads some users of a user type, as often as asked. Zoho's newest OpenAPI files let the list be
 * filtered by ids; where Zoho refuses or ignores that, the whole list is read from then on.
 */
export class UserReader {
	private filters = true;

	/**
	 * @param list reads the users of the user type
	 * @param most length from which on the whole list is not worth reading
	 */
	constructor(
		private readonly connection: Connection,
		private readonly list: ZohoRequest,
		private readonly most: number,
	) {}

	/**
	 * @returns the users with these ids as far as there are any; undefined where the list is too long
	 * @throws ZohoApiError when it cannot be read
	 */
	async read(ids: string[]): Promise<Users | undefined> {
		const found = this.filters ? await this.readById(ids) : undefined;
		if (found) return found;
		this.filters = false;
		const rows = await readPages(this.connection, this.list, this.most);
		return rows.length < this.most ? byId(rows) : undefined;
	}

	/** Undefined where Zoho does not take the filter. */
	private async readById(ids: string[]): Promise<Users | undefined> {
		const parts = await mapWithConcurrency(
			chunk(ids, IDS_PER_READ),
			this.connection.concurrency,
			async (part) => await readByIds(this.connection, this.list, part),
		);
		return parts.includes(undefined) ? undefined : byId(parts.flatMap((part) => part ?? []));
	}
}

/**
 * Reads users of a user type by their ids.
 *
 * @param list reads the users of the user type
 * @param ids at most 200
 * @returns undefined where Zoho refuses the filter by ids, or ignores it: somebody who was not asked
 * for shows that
 */
export async function readByIds(
	connection: Connection,
	list: ZohoRequest,
	ids: string[],
): Promise<IDataObject[] | undefined> {
	const query = { ...list.query, personality_ids: ids.join(',') };
	const reading = readPages(connection, { ...list, query }, ids.length);
	const rows = await reading.catch(refusalOfFilter);
	const asked = new Set(ids);
	const heeded = rows?.every(({ personality_id }) => asked.has(String(personality_id)));
	return heeded ? rows : undefined;
}

/** Takes an error for a refusal of the filter, unless every other read would meet it as well. */
function refusalOfFilter(error: unknown): undefined {
	const data = dataOf(error);
	const refused = data.httpStatus > 0 && data.httpStatus < 500 && !isFinal(data);
	if (!refused) throw error;
}

function byId(rows: IDataObject[]): Users {
	return new Map(rows.map((row) => [String(row.personality_id), row]));
}
