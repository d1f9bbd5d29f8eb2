import type { IDataObject } from 'n8n-workflow';

import { collection } from '../../form/collection';
import { choice, dateTime, positiveNumber, text } from '../../form/field';
import type { Item } from '../../form/item';
import type { PortalUser } from '../../zoho/people';
import { instant } from './instant';

/** The filters of an item for portal users. */
export interface UserFilters {
	/** The filter that Zoho applies. */
	query: IDataObject;
	/** The least number of days since the invitation, for people who have not accepted it. */
	unconfirmedForDays?: number;
	/** A date and time as entered; without an offset, it is in the workflow's time zone. */
	invitedBefore?: string;
	source?: string;
	/** Part of the name or the email address, in lower case. */
	search?: string;
}

const DAY = 86_400_000;

/** The filters for a list of users. */
export const userFilters = collection(
	{ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' },
	{
		disabledByEmailChange: choice({
			displayName: 'Disabled by Email Change',
			name: 'disabledByEmailChange',
			default: 'equal',
			options: [
				{ name: 'Leave Out', value: 'not_equal' },
				{ name: 'Only These', value: 'equal' },
			],
			description: 'Users whom Zoho disabled because the email address of their record changed',
		}),
		invitedBefore: dateTime({
			displayName: 'Invited Before',
			name: 'invitedBefore',
			description:
				"Users who were invited before this time. A time without an offset is in the workflow's time zone.",
		}),
		search: text({
			displayName: 'Name or Email Contains',
			name: 'search',
			placeholder: 'e.g. shah',
			description:
				'Users whose name or email address contains this text, in upper or lower case. The node reads all users for this, in pages of 200.',
		}),
		unconfirmedForDays: positiveNumber({
			displayName: 'Not Accepted For (Days)',
			name: 'unconfirmedForDays',
			default: 30,
			typeOptions: { minValue: 0 },
			description: 'Users who were invited more than this many days ago and have not accepted',
		}),
		source: text({
			displayName: 'Source',
			name: 'source',
			placeholder: 'e.g. Portal',
			description: 'Users with this source, if Zoho returns one ("Source__s")',
		}),
		type: choice({
			displayName: 'Status',
			name: 'type',
			default: 'AllUsers',
			options: [
				{
					name: 'Active and Confirmed',
					value: 'ActiveConfirmedUsers',
					description: 'Have accepted the invitation and can log in',
				},
				{
					name: 'Active Users',
					value: 'ActiveUsers',
					description: 'Are not deactivated, whether they have accepted or not',
				},
				{
					name: 'All Active Users',
					value: 'AllActiveUsers',
					description: 'Another name that Zoho uses for active users',
				},
				{ name: 'All Users', value: 'AllUsers', description: 'In any state' },
				{
					name: 'Confirmed',
					value: 'ConfirmedUsers',
					description: 'Have accepted the invitation, even if they are deactivated now',
				},
				{ name: 'Deactivated', value: 'DeactiveUsers', description: 'Cannot log in' },
				{
					name: 'Not Confirmed',
					value: 'NotConfirmedUsers',
					description: 'Were invited and have not accepted yet',
				},
			],
			description: 'Which users to return, by whether they have accepted and can log in',
		}),
	},
);

export function filtersOf(item: Item): UserFilters {
	const { type, disabledByEmailChange, unconfirmedForDays, invitedBefore, source, search } =
		item.read(userFilters);
	return {
		query: {
			type: type ?? (unconfirmedForDays === undefined ? 'AllUsers' : 'NotConfirmedUsers'),
			...(disabledByEmailChange !== undefined && {
				// The only filter that Zoho documents.
				filters: JSON.stringify([
					{
						field: 'status_reason__s',
						value: 'disabled on updation of email',
						comparator: disabledByEmailChange,
					},
				]),
			}),
			...(source !== undefined && { Source__s: source }),
		},
		unconfirmedForDays,
		invitedBefore,
		source,
		search: search?.toLowerCase(),
	};
}

/** Whether Zoho cannot apply all filters, so the whole list has to be read. */
export function selectsHere(filters: UserFilters): boolean {
	const { unconfirmedForDays, invitedBefore, source, search } = filters;
	return [unconfirmedForDays, invitedBefore, source, search].some((one) => one !== undefined);
}

/**
 * A function that checks whether a user passes the filters. A user without a time of invitation
 * never counts as invited before a date.
 *
 * @param timeZone the IANA name of the workflow's time zone
 */
export function askedFor(filters: UserFilters, timeZone: string): (user: PortalUser) => boolean {
	const { unconfirmedForDays, invitedBefore, source, search } = filters;
	const before = [
		...(unconfirmedForDays === undefined ? [] : [Date.now() - unconfirmedForDays * DAY]),
		...(invitedBefore === undefined ? [] : [instant(invitedBefore, timeZone)]),
	];
	return ({ invited_time, confirm, Source__s, name, email }) =>
		before.every((limit) => Date.parse(String(invited_time)) < limit) &&
		(unconfirmedForDays === undefined || confirm === false) &&
		(source === undefined || Source__s === source) &&
		(search === undefined || [name, email].some((one) => contains(one, search)));
}

function contains(text: unknown, part: string): boolean {
	return typeof text === 'string' && text.toLowerCase().includes(part);
}
