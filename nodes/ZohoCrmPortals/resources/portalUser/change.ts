import type { JobOptions } from '../fields';

/** What is done to a person, in the words of the output. */
export const ACTIONS = [
	'invited',
	'transferred',
	'reinvited',
	'activated',
	'deactivated',
	'deleted',
] as const;

export type Action = (typeof ACTIONS)[number];

/** Somebody in the portal. */
export interface PortalPerson {
	id: string;
	/** Id of the user type. */
	userType: string;
	active: boolean;
	/** Whether they have accepted the invitation. */
	confirmed: boolean;
}

/** One call's worth of change to one person. */
export interface Change {
	action: Action;
	id: string;
	/** Id of the user type that the person is in when it is made, or is invited to. */
	userType: string;
	/** Id of the user type that the person is moved to. */
	target?: string;
}

/** Somebody who stays as they are. */
export interface Unchanged {
	id: string;
	/** The change that is not needed, where one was asked for. */
	action?: Action;
	/** Set for who should be deactivated and cannot be, since they never accepted. */
	unconfirmed?: true;
}

/** Whether a change takes somebody's access away. */
export function isRemoval({ action }: Change): boolean {
	return action === 'deactivated' || action === 'deleted';
}

/** How the changes of a run are made and told. */
export interface ChangeSettings extends JobOptions {
	portal: string;
	dryRun: boolean;
	includeUnchanged: boolean;
	/** Undefined: any number. */
	maxRemovals?: number;
	/** Ids per call; undefined: as many as Zoho takes. */
	batchSize?: number;
	/** Fields of the record behind each person, by their API names; undefined: none are read. */
	recordFields?: string[];
}
