/* eslint-disable no-console -- tells what is tolerated */
import { allOperations, documentedError } from '../../emulator/contract';
import { populate } from '../../emulator/lifelike';
import { ContractCheck } from '../../emulator/schema/check';
import { answerExceptions, requestExceptions } from '../../emulator/schema/exceptions';
import {
	BEN,
	CHLOE,
	CLIENT_PORTAL,
	DEALERS,
	PORTAL,
	PREMIUM,
	UNKNOWN,
	VENDORS,
} from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { caller } from '../../harness/call';
import { expectInside } from '../../harness/contract';

const TYPES = `/settings/portals/${PORTAL}/user_type`;
const USERS = `${TYPES}/${DEALERS}/users`;

let emulator: Emulator;
let check: ContractCheck;

beforeAll(async () => {
	emulator = await Emulator.start();
});
beforeEach(() => {
	emulator.reset();
	check = new ContractCheck();
	emulator.onExchange = check.see;
});
afterAll(async () => await emulator.stop());

const ask = caller(() => emulator);

const call = async (...request: Parameters<typeof ask>): Promise<number> =>
	(await ask(...request)).status;

/** A user type as it is sent, like that of the dealers. */
function likeDealers() {
	const dealers = emulator.world.userTypes.get(DEALERS);
	if (!dealers) throw new Error('There are no dealers');
	const { name, personality_module, invitation_field, modules } = structuredClone(dealers);
	const sent = modules.map(({ views, ...module }) => ({
		...module,
		views: views && { id: Object(views).id, type: Object(views).type },
	}));
	return { name, personality_module, invitation_field, modules: sent };
}

const addUser = (extra = {}) => emulator.world.addPortalUsers(DEALERS, 1, extra)[0];

describe('found', () => {
	test('an answer with a value of the wrong type', async () => {
		Object.assign(addUser(), { active: 'yes' });
		await call('GET', `${USERS}?type=AllUsers`);
		expect(check.take()).toEqual([
			{
				call: `GET /crm/v8${USERS}?type=AllUsers`,
				part: 'answer',
				pointer: '/body/users/0/active',
				schema: 'getPortalUsers/success/0 (oas-example)',
				message: 'must be boolean',
			},
		]);
	});

	test('an answer that lacks a key', async () => {
		Reflect.deleteProperty(addUser(), 'email');
		await call('GET', `${USERS}?type=AllUsers`);
		expect(check.take()).toMatchObject([
			{
				part: 'answer',
				pointer: '/body/users/0',
				message: "must have required property 'email'",
			},
		]);
	});

	test('an answer with an id that is none', async () => {
		Object.assign(addUser(), { personality_id: 'seven' });
		await call('GET', `${USERS}?type=AllUsers`);
		expect(check.take()).toMatchObject([{ pointer: '/body/users/0/personality_id' }]);
	});

	test('a code that is not documented', async () => {
		const error = documentedError('getPortals', 'API_NOT_SUPPORTED');
		emulator.force('getPortals', { ...error, code: 'UNHEARD_OF' });
		await call('GET', '/settings/portals');
		expect(check.take()).toMatchObject([
			{
				part: 'answer',
				pointer: '/body/code',
				schema: 'getPortals/errors/400',
				message: expect.stringContaining('API_NOT_SUPPORTED'),
			},
		]);
	});

	test('a documented code with another status', async () => {
		const error = documentedError('getPortals', 'NO_PERMISSION');
		emulator.force('getPortals', { ...error, http: 409 });
		await call('GET', '/settings/portals');
		expect(check.take()).toMatchObject([{ part: 'answer', pointer: '/status' }]);
	});

	test('a request with a parameter that nobody knows', async () => {
		await call('GET', '/users?type=AllUsers&planted=1');
		expect(check.take()).toEqual([
			{
				call: 'GET /crm/v8/users?type=AllUsers&planted=1',
				part: 'request',
				pointer: '/query/planted',
				schema: 'getUsers/request',
				message: 'is not known',
			},
		]);
	});

	test('a request with a key that nobody knows', async () => {
		const users = [{ personality_id: addUser().personality_id, active: false, planted: 1 }];
		await call('PUT', `${USERS}/actions/change_status`, { change_status: [{ users }] });
		expect(check.take()).toMatchObject([
			{ part: 'request', pointer: '/body/change_status/0/users/0/planted' },
		]);
	});

	test('more ids than a call may have', async () => {
		const ids = emulator.world.addPortalUsers(DEALERS, 500).map((one) => one.personality_id);
		await call('DELETE', `${USERS}?personality_ids=${ids.join(',')}`);
		expect(check.take()).toMatchObject([{ part: 'request', pointer: '/query/personality_ids' }]);
	});

	test('a request outside whose answer a planned fault took', async () => {
		emulator.faults.add({ kind: 'reset', before: true, times: 1 });
		await expect(call('GET', '/users?planted=1')).rejects.toThrow();
		expect(check.take()).toMatchObject([{ part: 'request', pointer: '/query/planted' }]);
	});

	test('and told with the call, the pointer and the schema', async () => {
		await call('GET', '/users?planted=1');
		expect(() => expectInside(check)).toThrow(
			'Outside the contract:\nGET /crm/v8/users?planted=1: request /query/planted is not known [getUsers/request]',
		);
		expect(() => expectInside(check)).not.toThrow();
	});
});

describe('not found', () => {
	test('a request outside that was refused for it', async () => {
		expect(await call('GET', '/users?type=NoSuchType')).toBe(400);
		expect(await call('GET', '/no/such/path')).toBe(404);
		expect(await call('DELETE', USERS)).toBe(400);
		expect(check.take()).toEqual([]);
	});

	test.each(['html', 502, 'throttle', 'redirect'] as const)('the fault %s', async (kind) => {
		emulator.faults.add({ kind, before: true, times: 1 });
		await call('GET', '/settings/portals');
		expect(check.take()).toEqual([]);
	});

	test.each(['oas', 'docs'] as const)(
		'anything in the answers about a lifelike organization, in the form of the %s',
		async (sources) => {
			emulator.switches.sources = sources;
			populate(emulator.world);
			const [{ personality_id }] = emulator.world.portalUsers.values();
			const values: Record<string, string> = {
				portal: PORTAL,
				user_type_id: CLIENT_PORTAL,
				user_id: BEN,
				personality_id,
				module: 'Contacts',
				type: 'AllUsers',
				criteria: '(Email:starts_with:mina)',
			};
			const reads = allOperations.filter(({ method }) => method === 'GET');
			for (const { path, query } of reads) {
				const needed = query.filter(({ required }) => /true|yes/.test(String(required)));
				const search = needed.map(({ name }) => `${name}=${values[name] ?? UNKNOWN}`).join('&');
				const at = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name]);
				expect(await call('GET', `${at}?${search}`)).toBeLessThan(300);
			}
			const page = 'type=AllUsers&page=1&per_page=200';
			await call('GET', `${TYPES}/${CLIENT_PORTAL}/users?${page}`);
			expect(check.take()).toEqual([]);
		},
	);
});

/** Invites one person by a job, and reads it. */
async function readInviteJob() {
	const data = [{ id: emulator.world.addRecord().id, user_type_id: DEALERS, type: 'invite' }];
	await call('POST', '/Contacts/actions/portal_invite', { portal_invite: [{ data }] });
	const [job] = emulator.world.jobs.keys();
	await call('GET', `/Contacts/actions/portal_invite?job_id=${job}`);
}

/** What is tolerated, by a part of the reason, and how to meet it. */
const meet: Array<[why: string, () => Promise<unknown>]> = [
	[
		'for a second portal',
		async () => {
			emulator.switches.secondPortal = false;
			await call('POST', '/settings/portals', { portals: [{ name: 'AnotherPortal' }] });
		},
	],
	[
		'An unknown portal',
		async () => await call('GET', `/settings/portals/NoSuchPortal/user_type/${DEALERS}/users`),
	],
	[
		'The body for an unknown user type',
		async () => await call('DELETE', `${TYPES}/${UNKNOWN}/users?personality_ids=${UNKNOWN}`),
	],
	['deleting the default user type', async () => await call('DELETE', `${TYPES}/${CLIENT_PORTAL}`)],
	[
		'OASN has transfer_To',
		async () => await call('DELETE', `${TYPES}/${PREMIUM}?transfer_To=${VENDORS}`),
	],
	[
		'the id of a deleted user type',
		async () => {
			emulator.switches.sources = 'docs';
			await call('DELETE', `${TYPES}/${PREMIUM}`);
		},
	],
	[
		'a refusal that names none',
		async () => {
			emulator.switches.mixedIds = 'unnamed';
			await call('DELETE', `${USERS}?personality_ids=${UNKNOWN}`);
		},
	],
	[
		'mixed results is among the unknowns: 200',
		async () => await call('PUT', '/users', { users: [{ id: BEN }, { id: UNKNOWN }] }),
	],
	[
		'mixed results is among the unknowns: 400',
		async () => await call('PUT', '/users', { users: [{ id: UNKNOWN }, { city: 'Rome' }] }),
	],
	[
		'Many ids become a job',
		async () => {
			emulator.switches.scheduledAbove.delete = 0;
			await call('DELETE', `${USERS}?personality_ids=${addUser().personality_id}`);
		},
	],
	[
		'rows of both for a deletion only',
		async () => {
			const ids = `${addUser().personality_id},${UNKNOWN}`;
			await call('POST', `${USERS}/action/transfer?transfer_To=${PREMIUM}&personality_ids=${ids}`);
		},
	],
	[
		'Whether the 255 characters',
		async () => {
			emulator.switches.maxIdsLength = 10;
			await call('DELETE', `${USERS}?personality_ids=${UNKNOWN}`);
		},
	],
	[
		'A status change without active',
		async () => await call('PUT', `${USERS}/${addUser().personality_id}/actions/change_status`),
	],
	[
		'A count of a type that nobody documents',
		async () => await call('GET', '/users/actions/count?type=NoSuchType'),
	],
	[
		'A wrong status, or too many users',
		async () => {
			const users = [{ personality_id: addUser().personality_id, active: 'no' }];
			await call('PUT', `${USERS}/actions/change_status`, { change_status: [{ users }] });
		},
	],
	[
		'LIMIT_EXCEEDED is a 403',
		async () => {
			Object.assign(emulator.switches, { sources: 'docs', portalUserLicences: 0 });
			const { personality_id } = addUser({ active: false });
			await call('PUT', `${USERS}/${personality_id}/actions/change_status?active=true`);
		},
	],
	[
		'A wrong module',
		async () => {
			const query = `user_type_id=${DEALERS}&type=invite`;
			await call('POST', `/NoSuchModule/${UNKNOWN}/actions/portal_invite?${query}`);
		},
	],
	[
		'NO_PERMISSION for jobs of invitations',
		async () => {
			emulator.switches.lacking = ['Crm_Implied_Manage_ClientPortal_Users'];
			await call('GET', `/Contacts/actions/portal_invite?job_id=${UNKNOWN}`);
		},
	],
	[
		'RECORD_LOCKED',
		async () => {
			const { id } = emulator.world.addRecord({ state: 'locked' });
			const data = [{ id, user_type_id: DEALERS, type: 'invite' }];
			await call('POST', '/Contacts/actions/portal_invite', { portal_invite: [{ data }] });
			const [job] = emulator.world.jobs.keys();
			await call('GET', `/Contacts/actions/portal_invite?job_id=${job}`);
		},
	],
	[
		'OASN has one object in the body of a transfer',
		async () => await call('POST', `/users/${BEN}/actions/transfer`, { transfer: [{}, {}] }),
	],
	[
		'the length of criteria',
		async () => await call('GET', `/Contacts/search?criteria=(Email:equals:${'x'.repeat(3000)})`),
	],
	[
		'in a sandbox it is refused',
		async () => {
			emulator.switches.environment = 'sandbox';
			await call('GET', '/settings/portals/meta?module=Contacts');
		},
	],
	[
		'without the permission it is refused',
		async () => {
			emulator.switches.lacking = ['Crm_Implied_Manage_ClientPortal'];
			await call('GET', '/settings/portals/meta?module=Contacts');
		},
	],
	[
		'any refusal: 400',
		async () => {
			emulator.switches.jobAnswer = 400;
			await readInviteJob();
		},
	],
	[
		'any refusal: 403',
		async () => {
			emulator.switches.jobAnswer = 403;
			await readInviteJob();
		},
	],
	...[
		{ id: 'updatePortalUserType', method: 'PUT', path: `${TYPES}/${DEALERS}` },
		{ id: 'updateUser', method: 'PUT', path: `/users/${BEN}` },
		{ id: 'transferUser', method: 'POST', path: `/users/${BEN}/actions/transfer` },
		{
			id: 'transferAndDeleteUser',
			method: 'POST',
			path: `/users/${BEN}/actions/transfer_and_delete`,
		},
	].map(({ id, method, path }): [string, () => Promise<unknown>] => [
		`refusal for ${id};`,
		async () => await call(method, path, {}),
	]),
	[
		'A maintenance page in the place of a job',
		async () => {
			emulator.switches.jobAnswer = 'html';
			await readInviteJob();
		},
	],
	[
		'a job of invitations fails',
		async () => {
			emulator.switches.inviteJobsFail = 'before';
			await readInviteJob();
		},
	],
	[
		'An address that is too long',
		async () => {
			emulator.switches.maxUrlLength = 10;
			await call('GET', '/settings/portals');
		},
	],
	[
		'Reporting_To is {id,name}',
		async () => await call('PUT', `/users/${BEN}`, { users: [{ Reporting_To: { id: CHLOE } }] }),
	],
	[
		'personality_module is {api_name}',
		async () => {
			const personality_module = { api_name: 'Vendors' };
			await call('PUT', `${TYPES}/${DEALERS}`, { user_type: [{ personality_module }] });
		},
	],
	[
		'views is null where there is none',
		async () => {
			const modules = [{ id: emulator.world.module('Contacts').id, views: null }];
			await call('PUT', `${TYPES}/${DEALERS}`, { user_type: [{ modules }] });
		},
	],
	[
		'The permissions for attachments to notes',
		async () => {
			const permissions = { view: true, create_attachment: true };
			const modules = [{ id: emulator.world.module('Notes').id, permissions }];
			await call('PUT', `${TYPES}/${DEALERS}`, { user_type: [{ modules }] });
		},
	],
	[
		'The error for creating a name that exists',
		async () => {
			emulator.switches.refusesTwins = true;
			await call('POST', TYPES, { user_type: [likeDealers()] });
		},
	],
	[
		'an unsuitable personality module',
		async () => {
			const { id, api_name } = emulator.world.module('Deals');
			const personality_module = { id, api_name };
			await call('POST', TYPES, { user_type: [{ ...likeDealers(), personality_module }] });
		},
	],
	[
		'INVALID_MODULE for unrelated modules',
		async () => {
			const userType = likeDealers();
			const [module] = userType.modules;
			const modules = [...userType.modules, { ...module, id: '7310000000000999999' }];
			await call('POST', TYPES, { user_type: [{ ...userType, modules }] });
		},
	],
];

describe('tolerated, each for its reason and no longer than it is met:', () => {
	const known = [...answerExceptions, ...requestExceptions].map(({ why }) => why);

	test.each(meet)('%s', async (part, provoke) => {
		await provoke();
		expect(check.take()).toEqual([]);
		expect([...check.tolerated.keys()]).toEqual([known.find((why) => why.includes(part))]);
	});

	test('all that there are', () => {
		const met = meet.map(([part]) => known.filter((why) => why.includes(part)));
		expect(met.flat().sort()).toEqual([...known].sort());
		console.info(`Tolerated outside the contract:\n${known.map((why) => `- ${why}`).join('\n')}`);
	});
});
