import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ZohoCrmPortalsOAuth2Api } from '../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { DEALERS, PORTAL } from '../emulator/seed';
import { Emulator } from '../emulator/server';
import type { ModuleMeta } from '../emulator/modules';
import type { UserType, World } from '../emulator/world';
import { ZohoCrmPortals } from '../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { guardContract } from './contract';
import { Engine } from './engine';
import type { NodeResult, NodeSetup } from './engine';
import { byId, byName, isRead, jsons, line } from './harness';
import type { Harness } from './harness';

/** Another organization than that of the harness, and user types that go from one to the other. */
export interface OtherOrganization {
	emulator: Emulator;
	/** Puts it back to its start. */
	reset: () => void;
	/** Runs an operation of user types there. */
	run: (
		operation: string,
		parameters: INodeParameters,
		setup?: Partial<NodeSetup>,
	) => Promise<NodeResult>;
	/** Runs Create or Update there. */
	apply: (definition: IDataObject, more?: INodeParameters) => Promise<NodeResult>;
	/** Method and address of the calls that reached Zoho there, in order. */
	calls: () => string[];
	/** The same without reads. */
	writes: () => string[];
	/** A user type there, by its name. */
	typeNamed: (name: string) => UserType;
	/** What "Get" returns for a user type of the harness. */
	definitionOf: (userType: string) => Promise<IDataObject>;
	/** What "Get" returns for the dealers of the harness, with other modules: Contacts, then Notes. */
	edited: (edit: (contacts: Module, notes: Module) => void) => Promise<IDataObject>;
}

type Module = IDataObject & { permissions: IDataObject; fields: IDataObject[] };

/** The other organization of a test file; it is back at its start for every test. */
export function useOtherOrganization(here: Harness): OtherOrganization {
	const other = {} as OtherOrganization;
	let engine: Engine;
	beforeAll(async () => {
		other.emulator = await Emulator.start();
		engine = new Engine(other.emulator, new ZohoCrmPortals(), new ZohoCrmPortalsOAuth2Api());
	});
	other.reset = () => {
		other.emulator.reset();
		withoutDeals(other.emulator.world);
		becomeOther(other.emulator.world);
	};
	beforeEach(() => {
		withoutDeals(here.emulator.world);
		other.reset();
	});
	guardContract(() => other.emulator);
	afterAll(async () => await other.emulator.stop());
	other.run = async (operation, parameters, setup = {}) =>
		await engine.runNode({
			parameters: { resource: 'userType', operation, portal: byName(PORTAL), ...parameters },
			...setup,
		});
	other.apply = async (definition, more = {}) =>
		await other.run('upsert', { definition: JSON.stringify(definition), ...more });
	other.calls = () => other.emulator.requests.map(line);
	other.writes = () => other.calls().filter((call) => !isRead(call));
	other.typeNamed = (name) => {
		const types = [...other.emulator.world.userTypes.values()];
		const found = types.find((userType) => userType.name === name);
		if (!found) throw new Error(`There is no user type ${name}`);
		return found;
	};
	other.definitionOf = async (userType) => {
		const result = await here.run('userType.get', { userType: byId(userType), output: 'raw' });
		return jsons(result)[0];
	};
	other.edited = async (edit) => {
		const definition = await other.definitionOf(DEALERS);
		const [contacts, notes] = definition.modules as Module[];
		edit(contacts, notes);
		return definition;
	};
	return other;
}

/** A user type without what differs between organizations: IDs, labels, and who made it when. */
export function inWords(userType: object): IDataObject {
	const { name, active, personality_module, invitation_field, modules } = JSON.parse(
		JSON.stringify(userType, (key, value: unknown) =>
			['id', 'display_label'].includes(key) ? undefined : value,
		),
	) as IDataObject;
	return { name, active, personality_module, invitation_field, modules };
}

const OURS = '7310000000000';
const THEIRS = '8420000000000';

/**
 * Makes a world that of another organization, with the same modules and user types: IDs differ, and
 * so does the order in which Zoho lists things.
 */
function becomeOther(world: World): void {
	const modules = renamed([...world.modules.values()]).reverse();
	for (const module of modules) module.fields.reverse();
	const userTypes: UserType[] = renamed([...world.userTypes.values()]);
	world.modules.clear();
	for (const module of modules) world.modules.set(module.api_name, module);
	world.userTypes.clear();
	for (const userType of userTypes) world.userTypes.set(userType.id, userType);
}

function renamed<T extends ModuleMeta | UserType>(things: T[]): T[] {
	return JSON.parse(JSON.stringify(things).replaceAll(OURS, THEIRS));
}

/** Leaves user types the modules that the tests name. */
function withoutDeals(world: World): void {
	for (const type of world.userTypes.values()) {
		type.modules = type.modules.filter(({ api_name }) => api_name !== 'Deals');
	}
}
