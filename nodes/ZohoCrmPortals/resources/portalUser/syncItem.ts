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

/** The settings for all items of a run, which together are one list. */
export interface SyncSettings extends ChangeSettings {
	others: Others;
	/**
	 * Whether everyone else means people in the user types on the list, or in all similar user
	 * types.
	 */
	othersIn: 'named' | 'all';
}

/** The part of the list that comes from one item. */
export interface Entry {
	people: People;
	/** ID of the user type that the people should have. */
	userType: string;
	resend: boolean;
	/** The language of an invitation; undefined for the portal's own language. */
	language?: string;
	/** The date, or date and time, after which the people are no longer on the list. */
	until?: string;
}

export interface SyncItem {
	settings: SyncSettings;
	entry: Entry;
}

/** @throws NodeOperationError for an item that must not be sent */
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
