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

/** A second organization, with user types that are copied from the first one. */
export interface OtherOrganization {
	emulator: Emulator;
	/** Resets it. */
	reset: () => void;
	/** Runs an operation on its user types. */
	run: (
		operation: string,
		parameters: INodeParameters,
		setup?: Partial<NodeSetup>,
	) => Promise<NodeResult>;
	/** Runs Create or Update in it. */
	apply: (definition: IDataObject, more?: INodeParameters) => Promise<NodeResult>;
	/** Method and path of the calls that reached Zoho from it, in order. */
	calls: () => string[];
	/** The same without reads. */
	writes: () => string[];
	/** One of its user types, by name. */
	typeNamed: (name: string) => UserType;
	/** The output of "Get" for a user type of the harness. */
	definitionOf: (userType: string) => Promise<IDataObject>;
	/**
	 * The output of "Get" for the dealers of the harness, with changed modules: Contacts, then
	 * Notes.
	 */
	edited: (edit: (contacts: Module, notes: Module) => void) => Promise<IDataObject>;
}

type Module = IDataObject & { permissions: IDataObject; fields: IDataObject[] };

/** The second organization of a test file; it is reset before every test. */
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

/**
 * A user type without the data that differs between organizations: IDs, labels, authors and times.
 */
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
 * Turns a world into that of another organization, with the same modules and user types, but with
 * other IDs and another order of lists.
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

/** Keeps only the modules in user types that the tests use. */
function withoutDeals(world: World): void {
	for (const type of world.userTypes.values()) {
		type.modules = type.modules.filter(({ api_name }) => api_name !== 'Deals');
	}
}
