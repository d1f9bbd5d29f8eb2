import type { IDataObject } from 'n8n-workflow';

import { userTypesOf } from '../../zoho/directory';
import type { UserType } from '../../zoho/directory';
import { oncePerRun, perRun } from '../../http/once';

/** User types by ID; a new one has its name instead. */
export type PlannedTypes = Map<string, UserType>;

/** The user types of a portal as a dry run leaves them so far; each plan stores its change. */
export const plannedTypes = oncePerRun(
	async (connection, portal: string): Promise<PlannedTypes> =>
		new Map((await userTypesOf(connection, portal)).map((type) => [type.id, type])),
);

/** The complete user types that a dry run has changed so far, by ID. */
export const plannedRows = perRun(() => new Map<string, IDataObject>());
