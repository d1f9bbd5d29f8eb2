import type { FastifyInstance } from 'fastify';

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
			control.post('/reset', async () => {
				emulator.reset();
				return {};
			});
			// Some clients know the switches by the second address.
			for (const address of ['/switches', '/behaviour']) {
				control.post(address, async (request) => {
					Object.assign(emulator.switches, request.body as Partial<Switches>);
					return emulator.switches;
				});
			}
			control.post('/faults', async (request) => {
				emulator.faults.add(request.body as Fault);
				return {};
			});
			control.post('/connect', async (request) => {
				const { scope } = request.body as { scope: string };
				return emulator.accounts.connect(scope);
			});
			control.post('/code', async (request) => {
				const { scope } = request.body as { scope: string };
				return { code: emulator.accounts.selfClientCode(scope) };
			});
			control.post('/expire', async () => {
				emulator.accounts.expireAccessTokens();
				return {};
			});
			control.post('/portalUsers', async (request) => {
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
				const { amount, extra } = request.body as { amount: number; extra?: Partial<CrmRecord> };
				return Array.from({ length: amount }, () => emulator.world.addRecord(extra).id);
			});
			control.post('/accounts', async (request) => {
				const { name, contacts, extra } = request.body as {
					name: string;
					contacts?: string[];
					extra?: Partial<CrmRecord>;
				};
				return emulator.world.addAccount(name, contacts, extra);
			});
			control.post('/views', async (request) => {
				const { module, name, members, extra } = request.body as {
					module: string;
					name: string;
					members: string[];
					extra?: Partial<CustomView>;
				};
				return emulator.world.addView(module, name, members, extra);
			});
			control.get('/requests', async () => emulator.requests);
			control.get('/tokenRequests', async () => emulator.tokenRequests);
			control.get('/world', async () => snapshot(emulator.world));
		},
		{ prefix: '/emulator' },
	);
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

/**
 * A deep copy with objects and arrays of the caller's own realm; `structuredClone` creates foreign
 * ones.
 */
function copyOf(world: Snapshot): Snapshot {
	return JSON.parse(JSON.stringify(world)) as Snapshot;
}
