import type { INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';

import { DEALERS } from '../emulator/seed';

/** A resource locator with a typed value. */
export const byName = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'name',
	value,
});

export const byId = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'id',
	value,
});

/**
 * A resource locator with a value that was chosen from the list, in which it was shown as `shown`.
 */
export const fromList = (
	value: string,
	shown = 'chosen before',
): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName: shown,
});

/** The users with these IDs, in the user type of dealers; without IDs, those of the input items. */
export const ofDealers = (
	personalityIds: string | string[] | INodeParameterResourceLocator = '={{ $json.id }}',
	more: INodeParameters = {},
): INodeParameters => ({ userType: byId(DEALERS), personalityIds, ...more });

/** The contacts with these IDs, invited to the user type of dealers. */
export const inviting = (
	recordIds: string | string[],
	more: INodeParameters = {},
): INodeParameters => ({
	userType: byId(DEALERS),
	module: byName('Contacts'),
	recordIds,
	...more,
});

/** An input item for each ID. */
export const asItems = (ids: string[]): Array<{ id: string }> => ids.map((id) => ({ id }));

/** People named by email address. */
export const byEmail = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'email',
	value,
});

/** The contacts of these accounts, by ID. */
export const byAccount = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'account',
	value,
});

/** The people in a view, by ID or name. */
export const byView = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'view',
	value,
});
