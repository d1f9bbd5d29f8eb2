import type { INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';

import { DEALERS } from '../emulator/seed';

/** A value of a resource locator, as it is written by hand. */
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

/** A value of a resource locator, as it was chosen in the editor, where `shown` stood for it. */
export const fromList = (
	value: string,
	shown = 'chosen before',
): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName: shown,
});

/** The users with these ids, in the user type of dealers; without ids those of the input items. */
export const ofDealers = (
	personalityIds: string | string[] | INodeParameterResourceLocator = '={{ $json.id }}',
	more: INodeParameters = {},
): INodeParameters => ({ userType: byId(DEALERS), personalityIds, ...more });

/** The contacts with these ids, invited to the user type of dealers. */
export const inviting = (
	recordIds: string | string[],
	more: INodeParameters = {},
): INodeParameters => ({
	userType: byId(DEALERS),
	module: byName('Contacts'),
	recordIds,
	...more,
});

/** An input item for each id. */
export const asItems = (ids: string[]): Array<{ id: string }> => ids.map((id) => ({ id }));

/** People as they are named by email. */
export const byEmail = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'email',
	value,
});

/** The people of these accounts, by ID. */
export const byAccount = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'account',
	value,
});

/** The people of a view, by ID or name. */
export const byView = (value: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode: 'view',
	value,
});
