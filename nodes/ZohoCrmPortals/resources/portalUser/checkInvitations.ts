import type { Run } from '../../run/run';
import { mapWithConcurrency } from '../../http/concurrency';
import { dataOf } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import type { FoundRecord } from '../../zoho/recordSearch';
import { addressesOf, checkRecords, foreseeInvitation } from './checkRecords';
import { emailFieldOf } from './findRecordsToInvite';
import type { Change, PortalPerson } from './change';
import { moduleOf } from './changeCalls';
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
	people: ReadonlyMap<string, PortalPerson>;
	settings: Pick<CallSettings, 'types'>;
}

/** Reads the records that items name by ID and that would be invited, and checks all invitations. */
export async function checkInvitations(
	{ connection }: Run,
	{ changes, known, people, settings }: Planned,
): Promise<CheckedInvitations> {
	const typeOf = new Map(settings.types.map((type) => [type.id, type]));
	const invitations = changes.flatMap((change) => {
		const { action, id, userType } = change;
		const type = typeOf.get(userType);
		return action === 'invited' && type ? [{ id, type, module: moduleOf(change, settings) }] : [];
	});
	const places = new Map<string, { module: string; field: string; ids: string[] }>();
	for (const { id, type, module } of invitations) {
		if (known(id).record) continue;
		const field = emailFieldOf(type);
		const key = JSON.stringify([module, field]);
		const place = places.get(key) ?? { module, field, ids: [] };
		places.set(key, place);
		place.ids.push(id);
	}
	const checked: CheckedInvitations = {
		refused: new Map(),
		records: new Map(),
		unchecked: new Set(),
	};
	await mapWithConcurrency([...places.values()], connection.concurrency, async (place) => {
		const { module, field, ids } = place;
		try {
			const found = await checkRecords(connection, module, field, ids);
			for (const id of ids) {
				const record = found?.get(id);
				if (record) checked.records.set(id, { record });
				else if (!found) checked.unchecked.add(id);
			}
		} catch (error) {
			for (const id of ids) checked.refused.set(id, dataOf(error));
		}
	});
	const taken = addressesOf([...people.keys()].flatMap((id) => known(id).user ?? []));
	for (const invitation of invitations) {
		const { id } = invitation;
		const read = known(id).record ?? checked.records.get(id)?.record ?? null;
		const record = checked.unchecked.has(id) ? undefined : read;
		const error = checked.refused.get(id) ?? foreseeInvitation({ ...invitation, record }, taken);
		if (error) checked.refused.set(id, error);
	}
	return checked;
}
