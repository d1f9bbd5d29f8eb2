import type { ModuleMeta, UserType, World } from '../../emulator/world';

const OURS = '7310000000000';
const THEIRS = '8420000000000';

/**
 * Makes a world that of another organization, with the same modules and user types: IDs differ, and
 * so does the order in which Zoho lists things.
 */
export function becomeOther(world: World): void {
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
