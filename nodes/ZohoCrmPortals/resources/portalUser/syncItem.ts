import type { Item } from '../../form/item';
import type { People } from '../../form/locator';
import { jobOptionsOf } from '../fields';
import type { ChangeSettings } from './change';
import { language } from './fields';
import {
	listedRecords,
	listPortal,
	listedUserType,
	others,
	othersIn,
	syncOptions,
	until,
	whenUnconfirmed,
} from './syncFields';
import type { Others } from './syncPlan';

/** What holds for all items of a run, which are one list. */
export interface SyncSettings extends ChangeSettings {
	others: Others;
	/** Whether others are those of the user types that the list names, or of all like them. */
	othersIn: 'named' | 'all';
}

/** The part of the list that an item is. */
export interface Entry {
	people: People;
	/** Id of the user type that they should have. */
	userType: string;
	resend: boolean;
	/** Of an invitation; undefined: the portal's own. */
	language?: string;
	/** Date, or date and time, from which on it is not on the list any more. */
	until?: string;
}

export interface SyncItem {
	settings: SyncSettings;
	entry: Entry;
}

/** @throws NodeOperationError for what must not be sent */
export function readSyncItem(item: Item): SyncItem {
	return {
		settings: settingsOf(item),
		entry: {
			people: item.read(listedRecords),
			userType: item.read(listedUserType),
			resend: item.read(whenUnconfirmed) === 'resend',
			language: item.read(language),
			until: item.read(until),
		},
	};
}

function settingsOf(item: Item): SyncSettings {
	const { dryRun = false, includeUnchanged = false, ...options } = item.read(syncOptions);
	const { maxRemovals, batchSize, recordFields } = options;
	return {
		portal: item.read(listPortal),
		others: item.read(others),
		othersIn: item.read(othersIn),
		dryRun,
		includeUnchanged,
		...(maxRemovals !== undefined && { maxRemovals }),
		...(batchSize !== undefined && { batchSize }),
		...(recordFields !== undefined && { recordFields }),
		...jobOptionsOf(options),
	};
}
