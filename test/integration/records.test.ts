import { LoadOptionsContext } from 'n8n-core';

import { createConnection } from '../../nodes/ZohoCrmPortals/http/connection';
import { readKnownRecords } from '../../nodes/ZohoCrmPortals/zoho/records';
import { BEN, UNKNOWN } from '../../emulator/seed';
import { zohoNode } from '../../harness/engine';
import { skipPauses, useHarness } from '../../harness/harness';

const harness = useHarness();
const { calls, addRecords } = harness;

const SCOPE = 'ZohoCRM.modules.contacts.READ';

describe('fields of records by their IDs', () => {
	skipPauses();

	async function read(ids: string[], fields = ['Owner', 'Lead_Source'], module = 'Contacts') {
		const workflow = harness.engine.workflow({
			nodes: [zohoNode({ parameters: {} })],
			connections: {},
		});
		const { Zoho } = workflow.nodes;
		const context = new LoadOptionsContext(workflow, Zoho, harness.engine.additionalData(), '');
		return await readKnownRecords(createConnection(context, {}), module, fields, ids);
	}

	test('are read 100 a call, also of records that wait for approval', async () => {
		const ids = addRecords(249);
		ids.push(harness.emulator.world.addRecord({ state: 'notApproved', owner: BEN }).id);
		const { records, error } = await read(ids);
		expect(error).toBeUndefined();
		expect([...records.keys()].sort()).toEqual(ids.sort());
		expect(records.get(ids[249])).toMatchObject({ Owner: { id: BEN }, id: ids[249] });
		expect(calls()).toHaveLength(3);
	});

	test('are asked for without "approved" where Zoho does not take it', async () => {
		harness.emulator.behaviour.approvedFilter = 'refused';
		const ids = addRecords(2);
		expect((await read(ids)).records.size).toBe(2);
		expect(calls()).toHaveLength(2);
	});

	test('are missing where a record is, and where nothing is asked', async () => {
		const [id] = addRecords(1);
		const { records, error } = await read([id, UNKNOWN, id]);
		expect([[...records.keys()], error]).toEqual([[id], undefined]);
		expect((await read([])).records.size).toBe(0);
		expect(calls()).toHaveLength(1);
	});

	test.each([
		['a refusal', () => (harness.emulator.behaviour.lacking = ['Crm_Implied_View_Contacts'])],
		['unknown fields', () => (harness.emulator.behaviour.unknownFields = 'refused')],
	])('are not asked for any further after %s', async (_, refuse) => {
		refuse();
		const { records, error } = await read(addRecords(1000), ['No_Such_Field']);
		expect(records.size).toBe(0);
		expect(error).toMatchObject({ code: expect.stringMatching(/NO_PERMISSION|INVALID_DATA/) });
		expect(calls()).toHaveLength(5);
	});

	test('are not asked for without the scope', async () => {
		harness.engine.connect('1', 'ZohoCRM.settings.clientportal.ALL');
		const { records, error } = await read(addRecords(1));
		expect(records.size).toBe(0);
		expect(error).toMatchObject({
			code: 'OAUTH_SCOPE_MISMATCH',
			details: { scope: SCOPE },
		});
		expect(calls()).toEqual([]);
	});

	test.each(['cut', 'html', 'rowWithoutId', 500, 'reset'] as const)(
		'are missing for those whose answer is broken (%s), and only for those',
		async (kind) => {
			const ids = addRecords(200);
			const url = `ids=${ids[0]}`;
			harness.emulator.faults.add({ kind, before: false, method: 'GET', url });
			const { records, error } = await read(ids);
			expect(error).toBeDefined();
			expect(records.has(ids[0])).toBe(false);
			expect(ids.slice(100).every((id) => records.has(id))).toBe(true);
		},
	);
});
