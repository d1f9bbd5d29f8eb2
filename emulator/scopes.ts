import type { World } from './world';

/**
 * `ZohoCRM.users.ALL` covers `ZohoCRM.users.READ`, and `ZohoCRM.settings.ALL` what is below
 * settings, without client portals: Zoho's portal pages name no scope but `settings.clientportal`.
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
 * What scopes call a module: all custom modules are `custom`, the others have their own names, with
 * a capital in Zoho's OpenAPI files and without on its pages.
 */
function moduleScope(world: World, module: string): string[] {
	const known = world.modules.get(module);
	if (!known || known.generated_type === 'custom') return ['custom'];
	return [module, module.toLowerCase()];
}

/** A scope with the module of the call in the place of `{module}`. */
export function namedIn(world: World, scope: string, module: string): string[] {
	if (!scope.includes('{module}')) return [scope];
	return moduleScope(world, module).map((name) => scope.replace('{module}', name));
}
