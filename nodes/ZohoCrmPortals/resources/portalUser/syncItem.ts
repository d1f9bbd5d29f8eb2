import { isDryRun } from '../../execution/dryRun';
import { jobOptionsOf } from '../../execution/jobOptions';
import type { JobOptions } from '../../execution/jobOptions';
import type { ItemParameters, People } from '../../execution/parameters';
import type { Others } from './syncPlan';

/** What holds for all items of a run, which are one list. */
export interface SyncSettings extends JobOptions {
	portal: string;
	others: Others;
	/** Whether others are those of the user types that the list names, or of all like them. */
	othersIn: 'named' | 'all';
	dryRun: boolean;
	includeUnchanged: boolean;
	/** Undefined: a tenth of the people concerned. */
	maxRemovals?: number;
	/** Ids per call; undefined: as many as Zoho takes. */
	batchSize?: number;
}

/** The part of the list that an item is. */
export interface Entry {
	people: People;
	/** Id of the user type that they should have. */
	userType: string;
	resend: boolean;
	/** Of an invitation; undefined: the portal's own. */
	language?: string;
}

export interface SyncItem {
	settings: SyncSettings;
	entry: Entry;
}

/** @throws NodeOperationError for what must not be sent */
export function readSyncItem(item: ItemParameters): SyncItem {
	return {
		settings: settingsOf(item),
		entry: {
			people: item.people('recordIds'),
			userType: item.text('userType'),
			resend: item.value<string>('whenAlreadyInvited', 'skip') === 'resend',
			language: item.value('language', '') || undefined,
		},
	};
}

function settingsOf(item: ItemParameters): SyncSettings {
	const options = item.value<{
		includeUnchanged?: boolean;
		maxRemovals?: unknown;
		batchSize?: unknown;
	}>('options', {});
	const { includeUnchanged = false, maxRemovals, batchSize } = options;
	return {
		portal: item.text('portal'),
		others: item.value<Others>('others', 'leave'),
		othersIn: item.value<'named' | 'all'>('othersIn', 'named'),
		dryRun: isDryRun(item),
		includeUnchanged,
		...(maxRemovals !== undefined && {
			maxRemovals: item.amount('maxRemovals', maxRemovals, 0),
		}),
		...(batchSize !== undefined && { batchSize: item.amount('batchSize', batchSize, -Infinity) }),
		...jobOptionsOf(item),
	};
}

/**
 * Refuses an item whose settings are not those of the first one: what becomes of everybody else can
 * be said once only.
 *
 * @throws NodeOperationError
 */
export function checkSame(item: ItemParameters, first: SyncSettings, own: SyncSettings): void {
	const same = (key: 'portal' | 'others' | 'othersIn') => first[key] === own[key];
	const different = (['portal', 'others', 'othersIn'] as const).find((key) => !same(key));
	const parameter = different ?? 'options';
	if (!different && JSON.stringify(first) === JSON.stringify(own)) return;
	throw item.invalid(
		parameter,
		'is not the same for all items',
		'All items of a run are one list. Set it to one value.',
	);
}
