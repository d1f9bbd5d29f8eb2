import type { FastifyInstance } from 'fastify';

import { copyOf, isObject, objectIn } from './answers';
import { setSwitches } from './switches';
import type { Switches } from './switches';
import type { Fault, Faults } from './faults';
import type { CustomView } from './modules';
import type { Accounts } from './oauth';
import { refuseOtherPages } from './ownPages';
import type { CrmRecord, OrgUser, Portal, PortalUser, UserType, World } from './world';

/** The content of a world. */
export interface Snapshot {
	portals: Portal[];
	userTypes: UserType[];
	portalUsers: PortalUser[];
	users: OrgUser[];
	mails: Array<{ record_id: string; type: string; language: string }>;
}

/** The parts that can be read and changed. */
interface Controlled {
	readonly world: World;
	readonly switches: Switches;
	readonly accounts: Accounts;
	readonly faults: Faults;
	readonly requests: readonly unknown[];
	readonly tokenRequests: readonly unknown[];
	reset(): void;
}

/**
 * Lets another process read and change everything that a test in the same process can access
 * directly. This is not part of Zoho's API; everything is under `/emulator`.
 */
export function registerControl(app: FastifyInstance, emulator: Controlled): void {
	void app.register(
		async (control) => {
			refuseOtherPages(control);
			control.setErrorHandler<Error & { statusCode?: number }>(
				async ({ message, statusCode = 400 }, _request, reply) =>
					await reply.code(statusCode).send({ message }),
			);
			control.post('/reset', async () => {
				emulator.reset();
				return {};
			});
			// Some clients know the switches by the second address.
			for (const address of ['/switches', '/behaviour']) {
				control.post(address, async (request) => {
					const { body = {} } = request;
					if (!isObject(body)) throw new Error('The body must be an object of switches.');
					setSwitches(emulator.switches, body);
					return emulator.switches;
				});
			}
			control.post('/faults', async (request) => {
				emulator.faults.add(request.body as Fault);
				return {};
			});
			control.post('/connect', async (request) => {
				check(request.body, { scope: 'text' });
				const { scope } = request.body as { scope: string };
				return emulator.accounts.connect(scope);
			});
			control.post('/code', async (request) => {
				check(request.body, { scope: 'text' });
				const { scope } = request.body as { scope: string };
				return { code: emulator.accounts.selfClientCode(scope) };
			});
			control.post('/expire', async () => {
				emulator.accounts.expireAccessTokens();
				return {};
			});
			control.post('/portalUsers', async (request) => {
				check(request.body, { userType: 'text', amount: 'whole number' });
				const { userType, amount, extra } = request.body as {
					userType: string;
					amount: number;
					extra?: Partial<PortalUser>;
				};
				return emulator.world
					.addPortalUsers(userType, amount, extra)
					.map((one) => one.personality_id);
			});
			control.post('/records', async (request) => {
				check(request.body, { amount: 'whole number' });
				const { amount, extra } = request.body as { amount: number; extra?: Partial<CrmRecord> };
				return Array.from({ length: amount }, () => emulator.world.addRecord(extra).id);
			});
			control.post('/accounts', async (request) => {
				check(request.body, { name: 'text' });
				const {
					name,
					contacts = [],
					extra,
				} = request.body as {
					name: string;
					contacts?: string[];
					extra?: Partial<CrmRecord>;
				};
				check({ contacts }, { contacts: 'list of texts' });
				checkRecords(emulator.world, contacts);
				return emulator.world.addAccount(name, contacts, extra);
			});
			control.post('/views', async (request) => {
				check(request.body, { module: 'text', name: 'text', members: 'list of texts' });
				const { module, name, members, extra } = request.body as {
					module: string;
					name: string;
					members: string[];
					extra?: Partial<CustomView>;
				};
				checkRecords(emulator.world, members);
				return emulator.world.addView(module, name, members, extra);
			});
			control.get('/requests', async () => emulator.requests);
			control.get('/tokenRequests', async () => emulator.tokenRequests);
			control.get('/world', async () => snapshot(emulator.world));
		},
		{ prefix: '/emulator' },
	);
}

/** @throws Error that names the first record that does not exist */
function checkRecords({ records }: World, ids: string[]): void {
	const unknown = ids.find((id) => !records.has(id));
	if (unknown !== undefined) throw new Error(`Unknown record ${unknown}.`);
}

const KINDS = {
	text: (value: unknown) => typeof value === 'string' && value !== '',
	'whole number': (value: unknown) => Number.isInteger(value) && Number(value) >= 0,
	'list of texts': (value: unknown) =>
		Array.isArray(value) && value.every((one) => typeof one === 'string'),
};

/** @throws Error that names the first key that is missing or of another kind */
function check(body: unknown, kinds: Record<string, keyof typeof KINDS>): void {
	const given = objectIn(body);
	for (const [key, kind] of Object.entries(kinds)) {
		if (!KINDS[kind](given[key])) throw new Error(`"${key}" must be a ${kind}.`);
	}
}

/** The world at this moment; later changes do not affect it. */
export function snapshot({ portals, userTypes, portalUsers, users, mails }: World): Snapshot {
	return copyOf({
		portals: [...portals.values()],
		userTypes: [...userTypes.values()],
		portalUsers: [...portalUsers.values()],
		users: [...users.values()],
		mails,
	});
}
