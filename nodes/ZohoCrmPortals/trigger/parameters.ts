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
import { requestOptions } from '../form/requestOptions';
import type { TravelOptions } from '../http/httpSettings';
import type { Watch } from './events';

/** What the user asks of the trigger. */
export interface TriggerParameters {
	/** Name of the portal; empty for the only one. */
	portal: string;
	watch: Watch;
	includeOverdue: boolean;
	/** Undefined: depends on how many people there are. */
	maxRemovals?: number;
	/** Minutes between two readings of everybody; 0 for every poll. */
	fullReading: number;
	/** How calls travel. */
	travel: TravelOptions;
}

/** Minutes between two readings of everybody, unless somebody says otherwise. */
const FULL_READING = 60;

const events = choices({
	displayName: 'Events',
	name: 'events',
	required: true,
	options: [
		{
			name: 'Email Changed',
			value: 'emailChanged',
			description: 'The email address that somebody logs in with is another one',
		},
		{
			name: 'Invitation Unconfirmed',
			value: 'unconfirmed',
			description: 'Somebody has not accepted the invitation for a number of days',
		},
		{ name: 'User Activated', value: 'userActivated', description: 'Somebody may log in again' },
		{
			name: 'User Added',
			value: 'userAdded',
			description: 'Somebody is new in the portal: invited, or signed up by themselves',
		},
		{
			name: 'User Confirmed',
			value: 'userConfirmed',
			description: 'Somebody has accepted the invitation',
		},
		{
			name: 'User Deactivated',
			value: 'userDeactivated',
			description: 'Somebody may no longer log in',
		},
		{
			name: 'User Moved to Another User Type',
			value: 'userTypeChanged',
			description: 'A user has moved from one user type to another',
		},
		{
			name: 'User Removed',
			value: 'userRemoved',
			description: 'Somebody is in no user type of the portal any more',
		},
		{
			name: 'User Type Created',
			value: 'userTypeCreated',
			description: 'The portal has a new user type',
		},
		{
			name: 'User Type Deleted',
			value: 'userTypeDeleted',
			description: 'The portal has a user type no more',
		},
		{
			name: 'User Type Settings Changed',
			value: 'userTypeUpdated',
			description: 'The name of a user type, its modules, or whether it is active has changed',
		},
	],
	description:
		'What starts the workflow. Every change is an item of its own. What is switched on later is told of changes from then on.',
});

const userTypes = texts(
	{
		displayName: 'User Type Names or IDs',
		name: 'userTypes',
		typeOptions: {
			loadOptionsMethod: 'getWatchedUserTypes',
			loadOptionsDependsOn: ['portal.value'],
		},
		description:
			'Only what concerns these user types, moves into them and out of them included. Default: all of them. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	asId,
);

/** Which of them to watch; none for all. An expression that gives none does not mean all. */
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
			'After how many days an invitation that was not accepted is told, once for each person',
		displayOptions: { show: { events: ['unconfirmed'] } },
	},
	0,
);

const options = collection(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	{
		fullReading: wholeNumber(
			{
				displayName: 'Full Reading',
				name: 'fullReading',
				default: FULL_READING,
				typeOptions: { minValue: 0 },
				description:
					'How many minutes pass between two readings of all users. The polls in between read only counts and short lists. Enter 0 to read all users at every poll.',
			},
			0,
		),
		includeOverdue: flag({
			displayName: 'Include Overdue',
			name: 'includeOverdue',
			description:
				'Whether to tell those as well whose invitation was too old before the trigger was switched on, or before another number of days was set',
		}),
		maxRemovals: wholeNumber(
			{
				displayName: 'Max Removals',
				name: 'maxRemovals',
				default: 5,
				typeOptions: { minValue: 0 },
				description:
					"How many users may be gone at once before Zoho's own counts have to agree. Without this option a tenth of them, but at least 5, and always fewer than half. More are told as well, when a second look and the counts agree.",
			},
			0,
		),
	},
);

const fields: AnyField[] = [
	anyPortal,
	events,
	watchedUserTypes,
	unconfirmedDays,
	options,
	requestOptions,
];

/** The form of the trigger. */
export const properties: INodeProperties[] = fields.map(({ property }) => property);

/**
 * Reads and checks the parameters.
 *
 * @throws NodeOperationError that names the parameter as the user sees it
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
	const { includeOverdue = false, fullReading = FULL_READING, maxRemovals } = read(options);
	return {
		portal: read(anyPortal),
		watch: {
			events: watched.sort(),
			userTypes: read(watchedUserTypes).sort(),
			unconfirmedDays: read(unconfirmedDays),
		},
		includeOverdue,
		maxRemovals,
		fullReading,
		travel: read(requestOptions),
	};
}
