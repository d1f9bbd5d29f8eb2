import type { JobOptions } from '../fields';

/** The changes to a person, as the output names them. */
export const ACTIONS = [
	'invited',
	'transferred',
	'reinvited',
	'activated',
	'deactivated',
	'deleted',
] as const;

export type Action = (typeof ACTIONS)[number];

/** A person in the portal. */
export interface PortalPerson {
	id: string;
	/** ID of the user type. */
	userType: string;
	active: boolean;
	/** Whether the person has accepted the invitation. */
	confirmed: boolean;
}

/** A change to one person that takes one call. */
export interface Change {
	action: Action;
	id: string;
	/** ID of the user type of the person before the change, or of the invitation. */
	userType: string;
	/** ID of the user type to which the person is moved. */
	target?: string;
	/** API name of the module of a record to invite; undefined: that of the user type. */
	module?: string;
}

/** A person who stays unchanged. */
export interface Unchanged {
	id: string;
	/** The change that is not needed, if one was requested. */
	action?: Action;
	/** Set for people who should be deactivated but cannot be, because they have never accepted. */
	unconfirmed?: true;
}

/** Whether a change removes the access of a person. */
export function isRemoval({ action }: Change): boolean {
	return action === 'deactivated' || action === 'deleted';
}

/** How the changes of a run are made and reported. */
export interface ChangeSettings extends JobOptions {
	portal: string;
	dryRun: boolean;
	includeUnchanged: boolean;
	/** Undefined for any number. */
	maxRemovals?: number;
	/** IDs per call; undefined for as many as Zoho accepts. */
	batchSize?: number;
	/** Fields of the record of each person, by API name; undefined if none are read. */
	recordFields?: string[];
}
