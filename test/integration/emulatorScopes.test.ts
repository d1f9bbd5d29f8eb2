import { operations } from '../../emulator/contract';
import { handlers } from '../../emulator/routes';
import type { Emulator } from '../../emulator/server';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

interface Call {
	method: string;
	path: string;
	alsoScopes?: string[];
}

/** Whether a token with this scope, and with what is needed besides, may make a call at all. */
async function may(scope: string, { method, path, alsoScopes = [] }: Call) {
	const scopes = [scope, ...alsoScopes.slice(0, 1)].join(',');
	const response = await fetch(`${emulator.origin}/crm/v8${path.replace(/[{}]/g, '')}`, {
		method,
		headers: { Authorization: `Bearer ${emulator.connect(scopes).access_token}` },
	});
	return !(await response.text()).includes('OAUTH_SCOPE_MISMATCH');
}

const routes = handlers.map(({ id, method, path, scopes, alsoScopes = [] }) => ({
	id,
	method: String(method),
	path,
	scopes,
	alsoScopes,
}));

const allOf = (scope: string) => scope.replace(/\.\w+$/, '.ALL');

test.each(operations)('$id takes the scopes of every source', ({ scopes, scopesBySource }) => {
	const named = Object.values(scopesBySource ?? {})
		.flat()
		.map((scope) => scope.replace(/ .*$/, ''));
	expect(scopes).toEqual(expect.arrayContaining(named));
	expect([...named, ...named.map(allOf)]).toEqual(expect.arrayContaining(scopes));
});

test.each(routes)('$id takes each of its scopes, and ALL of their areas', async (route) => {
	for (const scope of route.scopes) {
		expect([scope, await may(scope, route)]).toEqual([scope, true]);
		expect([allOf(scope), await may(allOf(scope), route)]).toEqual([allOf(scope), true]);
	}
});

test.each(routes)('$id takes no other level, and no other area', async (route) => {
	const levels = ['READ', 'CREATE', 'UPDATE', 'DELETE'];
	const others = route.scopes
		.flatMap((scope) => levels.map((level) => scope.replace(/\w+$/, level)))
		.filter((scope) => !route.scopes.includes(scope));
	for (const scope of [...others, 'ZohoCRM.modules.ALL', 'ZohoCRM.bulk.ALL']) {
		expect([scope, await may(scope, route)]).toEqual([scope, false]);
	}
});

test.each(routes)('$id: settings.ALL is good for metadata only', async (route) => {
	const metadata = route.scopes.some((scope) => /^ZohoCRM\.settings\.(?!clientportal)/.test(scope));
	expect(await may('ZohoCRM.settings.ALL', route)).toBe(metadata);
});

test('one scope of several is enough', async () => {
	const [route] = routes;
	expect(await may(`ZohoCRM.users.ALL,${route.scopes[0]}`, route)).toBe(true);
});

describe('a search for records wants two scopes', () => {
	const search = (module: string) => ({ method: 'GET', path: `/${module}/search` });
	const SEARCH = 'ZohoSearch.securesearch.READ';

	test.each([
		['Contacts', 'ZohoCRM.modules.contacts.READ'],
		['Contacts', 'ZohoCRM.modules.Contacts.READ'],
		['Contacts', 'ZohoCRM.modules.contacts.ALL'],
		['Contacts', 'ZohoCRM.modules.READ'],
		['Contacts', 'ZohoCRM.modules.ALL'],
		['Members', 'ZohoCRM.modules.custom.READ'],
	])('in %s, %s and that of the search', async (module, scope) => {
		expect(await may(`${scope},${SEARCH}`, search(module))).toBe(true);
		expect(await may(scope, search(module))).toBe(false);
	});

	test.each([
		['Contacts', 'ZohoCRM.modules.vendors.READ'],
		['Contacts', 'ZohoCRM.modules.contacts.CREATE'],
		['Contacts', 'ZohoCRM.modules.custom.READ'],
		['Members', 'ZohoCRM.modules.members.READ'],
		['Members', 'ZohoCRM.settings.ALL'],
	])('in %s not %s', async (module, scope) => {
		expect(await may(`${scope},${SEARCH}`, search(module))).toBe(false);
	});
});
