import { subjectsOf } from '../../run/batch';
import { askItems } from '../../run/operation';
import type { Operation, Outcome } from '../../run/operation';
import type { People } from '../../form/locator';
import type { Run } from '../../run/run';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { anyUserType, option, options, portal } from '../fields';
import { trim } from '../output';
import type { OutputFields } from '../output';
import { users } from './fields';
import { portalUserOutput } from './portalUserOutput';
import { orPeopleRefused, usersAmong } from './members';
import type { Members } from './members';
import { addRecordFields, userTypesIfKnown } from './recordFields';
import type { ReadUser } from './recordFields';
import { UserLookUp } from './userLookUp';
import type { SearchPlace } from './userLookUp';

const settings = options({
	concurrency: option.concurrency,
	recordFields: option.recordFields,
	skipBlank: option.skipBlank,
});

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get portal users',
	description: 'Retrieve one or more portal users by email or ID, with user type and state',
	method: 'GET',
	path: '/settings/portals/{portal}/user_type/{userType}/users',
	scopes: [CLIENT_PORTAL.read],
	limit: '200 a page',
	thing: 'portal user',
	done: 'read',
	fields: [portal, anyUserType, users, ...portalUserOutput.fields, settings],
	options: settings,
	strategy: (items) =>
		askItems(
			items,
			(item) => ({
				group: { portal: item.read(portal), userType: item.read(anyUserType) },
				people: item.read(users),
				fields: portalUserOutput.read(item),
				recordFields: item.read(settings).recordFields,
			}),
			async (run, asked) => {
				const named = await usersAmong(run, asked);
				const lookUp = new UserLookUp(run, named);
				const read: ReadUser[] = [];
				const outcomes = await Promise.all(
					named.map(async (one, position) => {
						const { people } = asked[position];
						return [...one.failures, ...(await outcomesOf(run, lookUp, one, people, read))];
					}),
				);
				lookUp.hintOfOthers();
				await addRecordFields(run.connection, read);
				return outcomes;
			},
			(item) => subjectsOf(item.read(users), 'personality_id'),
		),
};

interface AskedUsers {
	group: SearchPlace;
	people: People;
	fields: OutputFields;
	recordFields?: string[];
}

/**
 * @param people as the item names them
 * @param read collects everybody whose record is requested
 */
async function outcomesOf(
	run: Run,
	lookUp: UserLookUp,
	{ group, fields, recordFields, ...members }: AskedUsers & Members,
	people: People,
	read: ReadUser[],
): Promise<Outcome[]> {
	return await orPeopleRefused(run, 'portal users', people, members, async () => {
		const found = await lookUp.users(group, members);
		const types = await userTypesIfKnown(run.connection, group.portal);
		return found.map((one): Outcome => {
			if ('failure' in one) return one.failure;
			const { personality_id, user_type_id } = one.user;
			const user_type_name = types.find(({ id }) => id === user_type_id)?.name;
			const json = trim({ ...one.user, user_type_name }, fields);
			if (recordFields) {
				read.push({ portal: group.portal, user: one.user, fields: recordFields, json });
			}
			return { subject: { personality_id }, json };
		});
	});
}
