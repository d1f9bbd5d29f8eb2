import { Choice, ParameterMap, PortalInvite, UserTypeUsers } from '@zohocrm/typescript-sdk-8.0';

import { DEALERS, PORTAL, PREMIUM, UNKNOWN } from '../../emulator/seed';
import { addUsers as add } from '../../harness/useEmulator';
import { parameters, read, useSdk } from './sdk';

const emulator = useSdk();

const operations = new UserTypeUsers.UserTypeUsersOperations(BigInt(DEALERS), PORTAL);

const addUsers = (amount: number, extra = {}) => add(emulator(), amount, DEALERS, extra);

const userOf = (id: string) => emulator().world.portalUsers.get(id);

const success = (personality_id: string) => ({
	code: 'SUCCESS',
	details: { personality_id },
	status: 'success',
});

const failure = { code: 'INVALID_DATA', details: { personality_id: UNKNOWN }, status: 'error' };

describe('getUsersOfUserType', () => {
	const { FILTERS, TYPE } = UserTypeUsers.GetUsersOfUserTypeParam;

	const list = async (type: string, ...filters: string[]) => {
		const given = await parameters([TYPE, type]);
		for (const filter of filters) await given.add(FILTERS, filter);
		return read(await operations.getUsersOfUserType(given));
	};

	test('of the OpenAPI files', async () => {
		const [id] = addUsers(1, { confirm: false, name: 'Mina Shah', email: 'mina@example.test' });
		expect(await list('AllUsers')).toMatchObject({
			status: 200,
			as: 'ResponseWrapper',
			body: {
				users: [
					{
						personalityId: id,
						name: 'Mina Shah',
						email: 'mina@example.test',
						module: 'Contacts',
						active: true,
						confirm: false,
					},
				],
				info: { totalCount: 1 },
			},
		});
	});

	test('of the documentation, which has the page and the time of the invitation', async () => {
		Object.assign(emulator().switches, { sources: 'docs', pageSize: 2 });
		addUsers(3);
		const user = { invitedTime: '2026-03-04T04:45:00.000Z', active: true, confirm: true };
		expect(await list('AllUsers')).toMatchObject({
			body: {
				users: [user, user],
				info: { perPage: 2, page: 1, count: 2, totalCount: 3, moreRecords: true },
			},
		});
	});

	test.each([
		['AllUsers', 3],
		['ActiveUsers', 2],
		['DeactiveUsers', 1],
		['NotConfirmedUsers', 1],
		['ConfirmedUsers', 2],
		['ActiveConfirmedUsers', 1],
	])('%s', async (type, totalCount) => {
		addUsers(1);
		addUsers(1, { confirm: false });
		addUsers(1, { active: false });
		expect(await list(type)).toMatchObject({ status: 200, body: { info: { totalCount } } });
	});

	test('with a filter', async () => {
		addUsers(1);
		const value = 'disabled on updation of email';
		const [id] = addUsers(1, { active: false, status_reason__s: value });
		const filter = [{ field: 'status_reason__s', value, comparator: 'equal' }];
		expect(await list('AllUsers', JSON.stringify(filter))).toMatchObject({
			body: { users: [{ personalityId: id, statusReasonS: value }], info: { totalCount: 1 } },
		});
	});

	test('of nobody', async () => {
		expect(await list('AllUsers')).toEqual({ status: 204 });
	});

	test('of an unknown type', async () => {
		expect(await list('NoSuchUsers')).toMatchObject({
			status: 400,
			as: 'APIException',
			body: { code: 'PATTERN_NOT_MATCHED', details: { api_name: 'type' } },
		});
	});

	test('without a type, which the documentation wants', async () => {
		addUsers(1);
		const ask = async () => read(await operations.getUsersOfUserType(new ParameterMap()));
		expect(await ask()).toMatchObject({ status: 200, body: { info: { totalCount: 1 } } });
		emulator().switches.sources = 'docs';
		expect(await ask()).toMatchObject({ status: 400, body: { code: 'PATTERN_NOT_MATCHED' } });
	});
});

describe('changeUsersStatus', () => {
	const change = async (id: string, active?: boolean) => {
		const given = new ParameterMap();
		if (active !== undefined) await given.add(UserTypeUsers.ChangeUsersStatusParam.ACTIVE, active);
		return read(await operations.changeUsersStatus(BigInt(id), given));
	};

	test('deactivates and activates', async () => {
		const [id] = addUsers(1);
		const done = {
			status: 200,
			as: 'StatusActionWrapper',
			body: { changeStatus: [{ code: 'SUCCESS', details: { personality_id: id } }] },
		};
		expect(await change(id, false)).toMatchObject(done);
		expect(userOf(id)).toMatchObject({ active: false });
		expect(await change(id, true)).toMatchObject(done);
		expect(userOf(id)).toMatchObject({ active: true });
	});

	test('without saying which status is refused, and nothing is done', async () => {
		const [id] = addUsers(1);
		expect(await change(id)).toMatchObject({
			status: 400,
			as: 'APIException',
			body: { code: 'REQUIRED_PARAM_MISSING', details: { param: 'active' } },
		});
		expect(userOf(id)).toMatchObject({ active: true });
	});

	test('is refused for who is active, not confirmed, or not there', async () => {
		const [active] = addUsers(1);
		const [unconfirmed] = addUsers(1, { confirm: false });
		const refused = (code: string) => ({ status: 400, as: 'APIException', body: { code } });
		expect(await change(active, true)).toMatchObject(refused('ALREADY_ACTIVATED'));
		expect(await change(unconfirmed, false)).toMatchObject(refused('NOT_ALLOWED'));
		expect(await change(UNKNOWN, true)).toMatchObject(refused('INVALID_DATA'));
	});
});

describe('transferUsersOfAUserType', () => {
	const { PERSONALITY_IDS, TRANSFER_TO } = UserTypeUsers.TransferUsersOfAUserTypeParam;

	const transfer = async (target: string, ...ids: string[]) => {
		const given = await parameters([TRANSFER_TO, target], [PERSONALITY_IDS, ids.join()]);
		return read(await operations.transferUsersOfAUserType(given));
	};

	test('moves users', async () => {
		const ids = addUsers(2);
		expect(await transfer(PREMIUM, ...ids)).toMatchObject({
			status: 200,
			as: 'ActionWrapper',
			body: { users: ids.map(success) },
		});
		expect(ids.map((id) => userOf(id)?.userTypeId)).toEqual([PREMIUM, PREMIUM]);
	});

	test('says of each whether it was done', async () => {
		const [id] = addUsers(1);
		expect(await transfer(PREMIUM, id, UNKNOWN)).toMatchObject({
			status: 200,
			body: { users: [success(id), failure] },
		});
	});

	test('is refused for an unknown user type', async () => {
		const [id] = addUsers(1);
		expect(await transfer(UNKNOWN, id)).toMatchObject({
			status: 400,
			body: { code: 'INVALID_DATA', details: { transfer_To: UNKNOWN } },
		});
		expect(userOf(id)).toMatchObject({ userTypeId: DEALERS });
	});
});

describe('deleteUserFromThePortal', () => {
	const { PERSONALITY_IDS } = UserTypeUsers.DeleteUserFromThePortalParam;

	const remove = async (...ids: string[]) => {
		const given = await parameters([PERSONALITY_IDS, ids.join()]);
		return read(await operations.deleteUserFromThePortal(given));
	};

	test.each(['oas', 'docs'] as const)('deletes users, in the form of the %s', async (sources) => {
		emulator().switches.sources = sources;
		const ids = addUsers(2);
		expect(await remove(...ids)).toMatchObject({
			status: 200,
			as: 'ActionWrapper',
			body: { users: ids.map(success) },
		});
		expect(ids.map(userOf)).toEqual([undefined, undefined]);
	});

	test('is refused with an unknown one only', async () => {
		expect(await remove(UNKNOWN)).toMatchObject({
			status: 400,
			as: 'ActionWrapper',
			body: { users: [failure] },
		});
	});

	test('says of each whether it was done', async () => {
		const [id] = addUsers(1);
		expect(await remove(id, UNKNOWN)).toMatchObject({
			status: 200,
			body: { users: [success(id), failure] },
		});
	});

	test('becomes a job where there are many', async () => {
		emulator().switches.scheduledAbove.delete = 1;
		expect(await remove(...addUsers(2))).toMatchObject({
			status: 200,
			body: { users: [{ code: 'SCHEDULED', status: 'success' }] },
		});
	});
});

describe('inviteUsers', () => {
	const { LANGUAGE, TYPE, USER_TYPE_ID } = PortalInvite.InviteUsersParam;

	const invite = async (id: string, type: string) => {
		const given = await parameters([USER_TYPE_ID, BigInt(DEALERS)]);
		await given.add(TYPE, new Choice(type));
		await given.add(LANGUAGE, new Choice('de_DE'));
		const contacts = new PortalInvite.PortalInviteOperations('Contacts');
		return read(await contacts.inviteUsers(BigInt(id), given));
	};

	test('invites, and invites again', async () => {
		const { id } = emulator().world.addRecord();
		const done = {
			status: 200,
			as: 'ActionWrapper',
			body: { portalInvite: [{ code: 'SUCCESS', details: { record_id: id } }] },
		};
		expect(await invite(id, 'invite')).toMatchObject(done);
		expect(await invite(id, 'reinvite')).toMatchObject(done);
		expect(emulator().world.mails).toEqual([
			{ record_id: id, type: 'invite', language: 'de_DE' },
			{ record_id: id, type: 'reinvite', language: 'de_DE' },
		]);
	});

	test('is refused for who is invited', async () => {
		const [id] = addUsers(1);
		expect(await invite(id, 'invite')).toMatchObject({ status: 400 });
		expect(emulator().world.mails).toEqual([]);
	});
});
