import type { INodeProperties, IPollFunctions } from 'n8n-workflow';

import { collection } from '../form/collection';
import {
	anyNumber,
	BY_EXPRESSION,
	choices,
	flag,
	hasExpression,
	placeOf,
	texts,
	wholeNumber,
} from '../form/field';
import type { AnyField, Field } from '../form/field';
import { asId, portal as anyPortal } from '../form/locator';
import { recordFields } from '../form/recordFields';
import { requestOptions } from '../form/requestOptions';
import type { TravelOptions } from '../http/httpSettings';
import { FULL_READING } from '../zoho/directory';
import type { Watch } from './events';

/** The parameters of the trigger. */
export interface TriggerParameters {
	/** Name of the portal; empty for the only portal. */
	portal: string;
	watch: Watch;
	includeOverdue: boolean;
	/** Undefined if it depends on the number of people. */
	maxRemovals?: number;
	/** Minutes between two full readings; 0 for every poll. */
	fullReading: number;
	/** Fields of the record of each person, by API name; undefined if none are read. */
	recordFields?: string[];
	/** The network settings. */
	travel: TravelOptions;
}

const events = choices({
	displayName: 'Events',
	name: 'events',
	required: true,
	options: [
		{
			name: 'Email Changed',
			value: 'emailChanged',
			description: 'The email address that a user logs in with has changed',
		},
		{
			name: 'Invitation Unconfirmed',
			value: 'unconfirmed',
			description: 'A user has not accepted the invitation after a number of days',
		},
		{ name: 'User Activated', value: 'userActivated', description: 'A user can log in again' },
		{
			name: 'User Added',
			value: 'userAdded',
			description: 'A user is new in the portal, either invited or signed up',
		},
		{
			name: 'User Confirmed',
			value: 'userConfirmed',
			description: 'A user has accepted the invitation',
		},
		{
			name: 'User Deactivated',
			value: 'userDeactivated',
			description: 'A user can no longer log in',
		},
		{
			name: 'User Moved to Another User Type',
			value: 'userTypeChanged',
			description: 'A user has moved from one user type to another',
		},
		{
			name: 'User Removed',
			value: 'userRemoved',
			description: 'A user is no longer in any user type of the portal',
		},
		{
			name: 'User Type Created',
			value: 'userTypeCreated',
			description: 'A user type was added to the portal',
		},
		{
			name: 'User Type Deleted',
			value: 'userTypeDeleted',
			description: 'A user type was deleted from the portal',
		},
		{
			name: 'User Type Settings Changed',
			value: 'userTypeUpdated',
			description: 'The name, the modules, or the status of a user type has changed',
		},
	],
	description:
		'The changes that start the workflow. Each change is a separate item. Events that you add later report changes from then on.',
});

const userTypes = texts(
	{
		displayName: 'User Type Names or IDs',
		name: 'userTypes',
		typeOptions: {
			loadOptionsMethod: 'getWatchedUserTypes',
			loadOptionsDependsOn: ['portal.value', 'pollTimes.item[0].mode', 'options.fullReading'],
		},
		description:
			'Report only changes in these user types, including moves into and out of them. Leave empty for all user types. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	asId,
);

/** The user types to watch; empty for all. An expression that returns nothing does not mean all. */
const watchedUserTypes: Field<string[]> = {
	...userTypes,
	check: (given, at) => {
		const ids = userTypes.check(given, at);
		if (ids.length === 0 && at.byExpression) throw at.invalid('is empty', BY_EXPRESSION);
		return ids;
	},
};

const unconfirmedDays = anyNumber(
	{
		displayName: 'Unconfirmed Days',
		name: 'unconfirmedDays',
		default: 7,
		typeOptions: { minValue: 0 },
		description:
			'How many days after the invitation to report a user who has not accepted it. Each user is reported once.',
		displayOptions: { show: { events: ['unconfirmed'] } },
	},
	0,
);

const triggerOptions = collection(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	{
		fullReading: wholeNumber(
			{
				displayName: 'Full Reading',
				name: 'fullReading',
				default: FULL_READING,
				typeOptions: { minValue: 0 },
				description:
					'How many minutes pass between two readings of all users. Polls in between read only counts and short lists, where that takes fewer calls. Enter 0 to read all users at every poll.',
			},
			0,
		),
		includeOverdue: flag({
			displayName: 'Include Overdue',
			name: 'includeOverdue',
			description:
				'Whether to also report users whose invitation was already overdue when you activated the workflow or changed the number of days',
		}),
		maxRemovals: wholeNumber(
			{
				displayName: 'Max Removals',
				name: 'maxRemovals',
				default: 5,
				typeOptions: { minValue: 0 },
				description:
					"How many users may be missing at once before the node checks Zoho's user counts. The default is 10% of all users, at least 5, and always fewer than half. The node reports more removals only if a second reading and the counts confirm them.",
			},
			0,
		),
		recordFields,
	},
);

const fields: AnyField[] = [
	anyPortal,
	events,
	watchedUserTypes,
	unconfirmedDays,
	triggerOptions,
	requestOptions,
];

/** The form of the trigger. */
export const properties: INodeProperties[] = fields.map(({ property }) => property);

/**
 * Reads and checks the parameters.
 *
 * @throws NodeOperationError that names the parameter by its label
 */
export function readParameters(context: IPollFunctions): TriggerParameters {
	const node = context.getNode();
	const read = <T>({ property, check }: Field<T>): T => {
		const given: unknown = context.getNodeParameter(property.name, property.default);
		const raw: unknown = node.parameters[property.name];
		return check(given, placeOf(node, property.displayName, hasExpression(raw)));
	};
	const watched = read(events);
	if (watched.length === 0) {
		const { displayName } = events.property;
		throw placeOf(node, displayName).invalid('is empty', 'Choose at least one event.');
	}
	const added = read(triggerOptions);
	const { includeOverdue = false, fullReading = FULL_READING } = added;
	return {
		portal: read(anyPortal),
		watch: {
			events: watched.sort(),
			userTypes: read(watchedUserTypes).sort(),
			unconfirmedDays: read(unconfirmedDays),
		},
		includeOverdue,
		maxRemovals: added.maxRemovals,
		fullReading,
		recordFields: added.recordFields,
		travel: read(requestOptions),
	};
}
