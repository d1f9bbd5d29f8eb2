import type { World } from './world';

/**
 * `ZohoCRM.users.ALL` covers `ZohoCRM.users.READ`, and `ZohoCRM.settings.ALL` covers everything
 * below settings except client portals: Zoho's portal pages name no scope but
 * `settings.clientportal`.
 */
export function covers(granted: string, wanted: string): boolean {
	if (granted === wanted) return true;
	const area = granted.replace(/\.ALL$/, '');
	if (area === granted) return false;
	if (wanted.replace(/\.\w+$/, '') === area) return true;
	return (
		area === 'ZohoCRM.settings' &&
		wanted.startsWith(`${area}.`) &&
		!wanted.startsWith(`${area}.clientportal.`)
	);
}

/**
 * The name of a module in scopes: all custom modules are `custom`. The others have their own names,
 * capitalized in Zoho's OpenAPI files and in lower case on its pages.
 */
function moduleScope(world: World, module: string): string[] {
	const known = world.modules.get(module);
	if (!known || known.generated_type === 'custom') return ['custom'];
	return [module, module.toLowerCase()];
}

/** A scope with the module of the call in place of `{module}`. */
export function namedIn(world: World, scope: string, module: string): string[] {
	if (!scope.includes('{module}')) return [scope];
	return moduleScope(world, module).map((name) => scope.replace('{module}', name));
}
