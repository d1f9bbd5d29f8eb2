import { byName, fromList, jsons, useHarness, zohoOf } from '../../harness/harness';

const harness = useHarness();
const { run, calls } = harness;

test('lists the portals', async () => {
	const result = await run('portal.getAll');
	expect(calls()).toEqual(['GET /settings/portals']);
	expect(jsons(result)).toEqual([expect.objectContaining({ name: 'AcmeClients', active: true })]);
});

test('returns no items for an organization without a portal', async () => {
	harness.emulator.world.portals.clear();
	const result = await run('portal.getAll');
	expect(result.error).toBeUndefined();
	expect(result.items).toEqual([]);
});

test('gets a portal by its name', async () => {
	const result = await run('portal.get', { portal: fromList('AcmeClients') });
	expect(calls()).toEqual(['GET /settings/portals/AcmeClients']);
	expect(jsons(result)).toEqual([expect.objectContaining({ name: 'AcmeClients' })]);
});

test('says that there is no such portal, whether Zoho answers 400 or 204', async () => {
	const refused = await run('portal.get', { portal: byName('NoSuchPortal') });
	expect(refused.error?.message).toContain('Portal "NoSuchPortal" could not be read');
	harness.emulator.world.portals.clear();
	const empty = await run('portal.get', { portal: byName('NoSuchPortal') });
	expect(empty.error?.message).toBe(
		'Portal "NoSuchPortal" could not be read: there is nothing under this name or ID',
	);
});

test('says that Zoho offers no portals in a sandbox', async () => {
	harness.emulator.behaviour.environment = 'sandbox';
	const result = await run('portal.getAll');
	expect(result.error?.message).toBe(
		'List of portals could not be read: Zoho does not offer this in a sandbox',
	);
	expect(zohoOf(result)).toMatchObject({ code: 'API_NOT_SUPPORTED' });
});

test('encodes the name in the address', async () => {
	await run('portal.get', { portal: byName('Old portal-1') });
	expect(calls()).toEqual(['GET /settings/portals/Old%20portal-1']);
});

describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
	beforeEach(() => {
		harness.emulator.behaviour.sources = sources;
	});

	test('creates a portal', async () => {
		const result = await run('portal.create', { name: 'BrandNew' });
		expect(calls()).toEqual(['POST /settings/portals']);
		expect(harness.emulator.requests[0].body).toEqual({ portals: [{ name: 'BrandNew' }] });
		expect(jsons(result)).toEqual([
			{ name: 'BrandNew', code: 'SUCCESS', message: expect.stringContaining('created') },
		]);
		expect(harness.emulator.world.portals.has('BrandNew')).toBe(true);
	});

	test('renames a portal; the output carries the new name', async () => {
		const result = await run('portal.update', { name: 'AcmePartners' });
		expect(calls()).toEqual(['PUT /settings/portals/AcmeClients']);
		expect(harness.emulator.requests[0].body).toEqual({ portals: [{ name: 'AcmePartners' }] });
		expect(jsons(result)).toEqual([
			{ name: 'AcmePartners', code: 'SUCCESS', message: expect.stringContaining('updated') },
		]);
		expect([...harness.emulator.world.portals.keys()]).toEqual(['AcmePartners']);
	});
});

test.each([
	['Short', '"name" is too short (at least 6)'],
	['ANameThatIsLongerThanThirtyChars', '"name" is too long (at most 30)'],
	['TakenElsewhere', '"name" is in use already'],
])('says why no portal can have the name %s', async (name, reason) => {
	const result = await run('portal.create', { name });
	expect(result.error?.message).toBe(`Portal "${name}" could not be created: ${reason}`);
});

test('a rename that got no clear answer is not taken for a wrong name when it is repeated', async () => {
	harness.emulator.faults.add({ kind: 'reset', before: false, method: 'PUT', times: 1 });
	const result = await run('portal.update', { name: 'AcmePartners' });
	expect(calls()).toHaveLength(2);
	expect(result.error?.message).toMatch(
		/^It is not certain whether portal "AcmeClients" was renamed: a first call got no clear answer/,
	);
});
