import { LoadOptionsContext } from 'n8n-core';
import type { INodeParameters } from 'n8n-workflow';

import { listSearch } from '../../nodes/ZohoCrmPortals/methods/listSearch';
import { DEALERS, PORTAL } from '../../emulator/seed';
import { zohoNode } from '../../harness/engine';
import {
	byId,
	byName,
	continuing,
	jsons,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';

// Zoho may put a refusal where the rows of a list are, with any HTTP status.

const harness = useHarness();
const { run } = harness;

skipPauses();

const refuse = (key: string, status: number) =>
	harness.emulator.faults.add({
		kind: 'wrapped',
		before: true,
		status,
		code: 'NO_PERMISSION',
		key,
	});

const lists: Array<[string, string, INodeParameters]> = [
	['portal.getAll', 'portals', {}],
	['portal.get', 'portals', {}],
	['userType.getAll', 'user_type', {}],
	['userType.get', 'user_type', { userType: byId(DEALERS) }],
	['portalUser.getAll', 'users', { userType: byId(DEALERS), returnAll: true }],
	['user.getAll', 'users', { returnAll: true }],
	['user.get', 'users', { user: byId('7310000000000101002') }],
	['user.count', 'count', {}],
	['user.getTransferJob', 'transfer_and_delete', { jobId: '7310000000000101002' }],
	[
		'portalUser.getInvitationJob',
		'portal_invite',
		{ module: byName('Contacts'), jobId: '7310000000000101002' },
	],
];

describe.each([200, 403])('refused with HTTP %i inside the list', (status) => {
	test.each(lists)('%s is an error, not a row', async (operation, key, parameters) => {
		refuse(key, status);
		const result = await run(operation, parameters);
		expect(result.items).toEqual([]);
		expect(result.error?.message).toContain('could not be read');
		expect(zohoOf(result)).toMatchObject({ httpStatus: status, code: 'NO_PERMISSION' });
		expect(zohoOf(result).uncertain).toBeUndefined();
	});

	test.each(lists)('%s goes on with an error', async (operation, key, parameters) => {
		refuse(key, status);
		const result = await run(operation, parameters, continuing);
		expect(jsons(result)).toMatchObject([{ error: expect.any(String), code: 'NO_PERMISSION' }]);
	});

	test.each([
		['searchPortals', 'portals'],
		['searchUserTypes', 'user_type'],
		['searchUsers', 'users'],
		['searchPersonalityModules', 'modules'],
		['searchRoles', 'roles'],
		['searchProfiles', 'profiles'],
	] as const)('the picker %s shows why it offers nothing', async (method, key) => {
		refuse(key, status);
		const picker = Reflect.get(listSearch, method);
		await expect(picker.call(opened())).rejects.toMatchObject({
			message: expect.stringContaining('the connected Zoho user lacks a permission'),
		});
	});

	test('Check Connection tells of a problem, and of no user and portal', async () => {
		refuse('users', status);
		const result = await run('portal.checkConnection');
		const [json] = jsons(result);
		expect(json.user ?? undefined).toBeUndefined();
		expect(json.portals ?? []).toEqual([]);
		expect(JSON.stringify(json.problems)).toContain('lacks a permission');
	});
});

function opened(): LoadOptionsContext {
	const node = zohoNode({
		parameters: { resource: 'portalUser', operation: 'getAll', portal: byName(PORTAL) },
	});
	const workflow = harness.engine.workflow({ nodes: [node], connections: {} });
	const additionalData = {
		...harness.engine.additionalData(),
		currentNodeParameters: workflow.nodes.Zoho.parameters,
	};
	return new LoadOptionsContext(workflow, workflow.nodes.Zoho, additionalData, '');
}
