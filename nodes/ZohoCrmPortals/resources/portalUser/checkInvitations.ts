import type { Run } from '../../run/run';
import { mapWithConcurrency } from '../../http/concurrency';
import { dataOf } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import type { UserType } from '../../zoho/directory';
import type { FoundRecord } from '../../zoho/recordSearch';
import { checkRecords, unknownRecord } from './checkRecords';
import { emailFieldOf } from './findRecordsToInvite';
import type { Change } from './change';
import type { CallSettings } from './changeCalls';
import type { Known } from './changeOutcome';

/** The result of a dry run for the records that would be invited, by ID. */
export interface CheckedInvitations {
	/** Why records cannot be invited. */
	refused: Map<string, ZohoErrorData>;
	records: Map<string, { record: FoundRecord }>;
	/** Records that the connected user may not read. */
	unchecked: Set<string>;
}

interface Planned {
	changes: Change[];
	known: (id: string) => Known;
	settings: Pick<CallSettings, 'types'>;
}

/** Checks whether the records exist that items name by ID and that would be invited. */
export async function checkInvitations(
	{ connection }: Run,
	{ changes, known, settings: { types } }: Planned,
): Promise<CheckedInvitations> {
	const typeOf = new Map(types.map((type) => [type.id, type]));
	const places = new Map<string, { type: UserType; ids: string[] }>();
	for (const { action, id, userType } of changes) {
		const type = typeOf.get(userType);
		if (action !== 'invited' || !type || known(id).record) continue;
		const key = JSON.stringify([type.module, emailFieldOf(type)]);
		const place = places.get(key) ?? { type, ids: [] };
		places.set(key, place);
		place.ids.push(id);
	}
	const checked: CheckedInvitations = {
		refused: new Map(),
		records: new Map(),
		unchecked: new Set(),
	};
	await mapWithConcurrency([...places.values()], connection.concurrency, async ({ type, ids }) => {
		try {
			const found = await checkRecords(connection, type.module, emailFieldOf(type), ids);
			for (const id of ids) {
				const record = found?.get(id);
				if (record) checked.records.set(id, { record });
				else if (found) checked.refused.set(id, unknownRecord(type.module));
				else checked.unchecked.add(id);
			}
		} catch (error) {
			for (const id of ids) checked.refused.set(id, dataOf(error));
		}
	});
	return checked;
}
