import type { GenericValue, IDataObject, INodeParameters } from 'n8n-workflow';

import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { BEN, CHLOE, DEALERS, PREMIUM, VENDORS } from '../../emulator/seed';
import {
	asItems,
	byId,
	byName,
	continuing,
	jsons,
	ofDealers,
	pairs,
	useHarness,
} from '../../harness/harness';
import { cases, variants } from '../../harness/operations';
import { Item } from '../../nodes/ZohoCrmPortals/form/item';
import { operations } from '../../nodes/ZohoCrmPortals/resources';
import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { ZohoCrmPortalsTrigger } from '../../nodes/ZohoCrmPortals/ZohoCrmPortalsTrigger.node';
import { AskedChaos, casesOf, slots } from '../chaos/asked';
import { TriggerAsked, triggerCasesOf, triggerSlots } from '../chaos/triggerAsked';

// Some cases of `npm run chaos:asked`, which has 5,000; docs/values.md has the rules.
describe('a value by expression is used where it is certain, else it is an error that names the parameter', () => {
	const met = (certain: boolean[]) => ({
		certain: certain.filter(Boolean).length,
		uncertain: certain.filter((one) => !one).length,
	});

	test('in every parameter of every operation that writes', async () => {
		const chaos = await AskedChaos.start(new ZohoCrmPortals(), new ZohoCrmPortalsOAuth2Api());
		const verdicts = [];
		for (const one of casesOf(1, slots.length)) verdicts.push(await chaos.run(one));
		await chaos.stop();
		expect(verdicts.flatMap(({ violations }) => violations)).toEqual([]);
		// Values of both kinds, and some that were written.
		const { certain, uncertain } = met(verdicts.map((verdict) => verdict.certain));
		expect(certain).toBeGreaterThan(slots.length / 20);
		expect(uncertain).toBeGreaterThan(slots.length / 2);
		expect(verdicts.filter(({ writes = 0 }) => writes > 0).length).toBeGreaterThan(10);
	});

	test('in every parameter of the trigger, of which no poll tells what is not so', async () => {
		const trigger = new ZohoCrmPortalsTrigger();
		const chaos = await TriggerAsked.start(trigger, new ZohoCrmPortalsOAuth2Api());
		const ofTrigger = triggerSlots(trigger);
		const verdicts = [];
		for (const one of triggerCasesOf(ofTrigger, 1, ofTrigger.length * 6)) {
			verdicts.push(await chaos.run(one));
		}
		await chaos.stop();
		expect(verdicts.flatMap(({ violations }) => violations)).toEqual([]);
		const { certain, uncertain } = met(verdicts.map((verdict) => verdict.certain));
		expect(certain).toBeGreaterThan(5);
		expect(uncertain).toBeGreaterThan(ofTrigger.length);
	});
});

describe('what was taken for something else before', () => {
	const harness = useHarness();
	const { run, calls, writes, addUsers } = harness;

	const given = '={{ $json.given }}';

	/** The whole list, so that everyone else would be removed. */
	const sync = async (parameters: INodeParameters, values: GenericValue[]) => {
		const listed = addUsers(values.length);
		addUsers(3);
		const input = values.map((value, index) => ({ id: listed[index], given: value }));
		return await run(
			'portalUser.sync',
			{ userType: byId(DEALERS), recordIds: '={{ $json.id }}', ...parameters },
			{ input },
		);
	};

	test.each([undefined, null, '', 'Leave', 'leave ', 'none', false])(
		'"Everyone Else" that is %j removes nobody',
		async (value) => {
			const result = await sync({ others: given, othersIn: 'named' }, [value]);
			expect(result.error?.message).toMatch(/^'Everyone Else' is /);
			expect(calls()).toEqual([]);
		},
	);

	test.each<[string, string, GenericValue]>([
		['maxUsers', 'Max Users', ''],
		['maxUsers', 'Max Users', undefined],
		['dryRun', 'Dry Run', ''],
		['dryRun', 'Dry Run', null],
		['dryRun', 'Dry Run', undefined],
	])('the option %s is not switched off by %j', async (option, label, value) => {
		const input = asItems(addUsers(2)).map((item) => ({ ...item, given: value }));
		const result = await run(
			'portalUser.delete',
			ofDealers('={{ $json.id }}', { options: { [option]: given } }),
			{ input },
		);
		expect(result.error?.message).toBe(`'${label}' is empty [row 1]`);
		expect(calls()).toEqual([]);
	});

	test('"Max Users" of any item counts, not that of the first alone', async () => {
		const limits = [5, 1, 5];
		const input = asItems(addUsers(3)).map((item, index) => ({ ...item, given: limits[index] }));
		const parameters = ofDealers('={{ $json.id }}', { options: { maxUsers: given } });
		const result = await run('portalUser.delete', parameters, { input });
		expect(result.error?.message).toBe("'Max Users' is not the same for all items [row 2]");
		expect(calls()).toEqual([]);
	});

	test.each<[GenericValue, boolean | undefined]>([
		['false', false],
		['FALSE', false],
		['True', true],
		['no', undefined],
		[null, undefined],
		[0, undefined],
	])(
		'"Change To" %j means the same in a dry run, in the real one and in bulk',
		async (value, active) => {
			for (const options of [{ dryRun: true }, { inBulk: 'never' }, { inBulk: 'always' }]) {
				const [id] = addUsers(1, DEALERS, { active: active !== true });
				const parameters = ofDealers(id, { active: given, options });
				const result = await run('portalUser.changeStatus', parameters, {
					input: [{ given: value }],
				});
				const user = harness.emulator.world.portalUsers.get(id);
				if (active === undefined) {
					expect(result.error?.message).toMatch(/^'Change To' is /);
					expect(user?.active).toBe(true);
				} else if (options.dryRun) {
					const action = active ? 'activated' : 'deactivated';
					expect(jsons(result)).toMatchObject([{ planned: true, action }]);
				} else {
					expect(jsons(result)).toMatchObject([{ personality_id: id, active }]);
					expect(user?.active).toBe(active);
				}
			}
		},
	);

	const user = { user: byId('7310000000000101002'), targetUser: byId('7310000000000101003') };

	test.each<[string, string, INodeParameters, GenericValue]>([
		[
			'portalUser.delete',
			'Max Users',
			ofDealers(undefined, { options: { maxUsers: given } }),
			'abc',
		],
		[
			'portalUser.changeStatus',
			'In Bulk',
			ofDealers(undefined, { options: { inBulk: given } }),
			'Never',
		],
		['user.transferData', 'What to Transfer', { ...user, transferWhat: given }, { records: true }],
		['user.transferData', 'What to Transfer', { ...user, transferWhat: given }, ' , '],
		[
			'portalUser.getAll',
			'Invited Before',
			{ userType: byId(DEALERS), filters: { invitedBefore: given } },
			'2026-02-31 10:00:00',
		],
		['portalUser.getAll', 'Fields', { output: 'selected', outputFields: given }, 7],
		[
			'userType.create',
			'Modules: Shared Type',
			{
				name: 'Guests',
				personalityModule: byName('Contacts'),
				modulesMode: 'fields',
				modulesUi: { module: [{ module: '7310000000000200001', sharedType: given }] },
			},
			['private'],
		],
	])(
		'in %s a wrong "%s" is an error of every item',
		async (operation, label, parameters, value) => {
			const input = asItems(addUsers(2)).map((item) => ({ ...item, given: value }));
			for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
				const result = await run(operation, parameters, { input, onError });
				expect(result.error).toBeUndefined();
				const failed = onError === 'continueErrorOutput' ? result.errorItems : result.items;
				expect(pairs(failed)).toEqual([0, 1]);
				for (const { json } of failed) expect(json.error).toMatch(new RegExp(`^'${label}' is `));
				expect(result.items).toHaveLength(onError === 'continueErrorOutput' ? 0 : 2);
			}
			expect(calls()).toEqual([]);
		},
	);

	test('a date as a sheet writes it is a date', async () => {
		const ids = addUsers(2);
		const parameters = {
			userType: byId(DEALERS),
			returnAll: true,
			filters: { invitedBefore: given },
		};
		const input = [{ given: '2100-01-01 10:00:00' }];
		const result = await run('portalUser.getAll', parameters, { input });
		expect(jsons(result).map(({ personality_id }) => personality_id)).toEqual(ids);
	});

	test.each<[string, INodeParameters, string]>([
		['user.getTransferJob', { jobId: '1', jobKind: given }, "'Job Type' is "],
		['portalUser.getAll', { portal: byName(given) }, "'Portal' is "],
	])('%s does not go elsewhere for ".."', async (operation, parameters, message) => {
		const result = await run(operation, parameters, { input: [{ given: '..' }] });
		expect(result.error?.message).toContain(message);
		expect(calls()).toEqual([]);
	});

	test('a language that there is none of costs no call', async () => {
		const parameters = {
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: harness.addRecords(100),
			language: given,
		};
		const result = await run('portalUser.invite', parameters, {
			input: [{ given: 'en' }],
			...continuing,
		});
		expect(jsons(result)).toMatchObject([{ error: expect.stringContaining(`'Language' is "en"`) }]);
		expect(calls()).toEqual([]);
	});

	test.each<[string, (definition: Definition) => void]>([
		['active', (definition) => (definition.active = 'maybe')],
		['read_only', (definition) => (definition.modules[0].fields[0].read_only = 'maybe')],
	])('"%s" of a definition is yes or no for certain', async (key, change) => {
		const definition = await definitionOf(VENDORS);
		change(definition);
		const before = calls().length;
		const parameters = { definition: JSON.stringify(definition) };
		const result = await run('userType.upsert', parameters);
		expect(result.error?.message).toMatch(
			new RegExp(`^'Definition \\(JSON\\)' has "maybe" for .*${key}`),
		);
		expect(calls().length).toBe(before);
	});

	test('"active" of a definition may be a word', async () => {
		const definition = await definitionOf(VENDORS);
		definition.active = 'False';
		const result = await run('userType.upsert', { definition: JSON.stringify(definition) });
		expect(jsons(result)).toMatchObject([{ action: 'updated' }]);
		expect(harness.emulator.world.userTypes.get(VENDORS)?.active).toBe(false);
		expect(writes()).toHaveLength(1);
	});

	interface Definition extends IDataObject {
		active: GenericValue;
		modules: Array<{ fields: Array<{ read_only: GenericValue }> }>;
	}

	const definitionOf = async (id: string): Promise<Definition> => {
		const result = await run('userType.get', { userType: byId(id), output: 'raw' });
		return jsons(result)[0] as unknown as Definition;
	};
});

describe('no input item comes out as if it were done, where the node continues', () => {
	const harness = useHarness();
	const { run, addRecords, addUsers } = harness;

	const marked = (items: IDataObject[]) => items.map((one) => ({ isInput: true, ...one }));

	const expectNoInput = (items: IDataObject[]) =>
		expect(items.filter(({ isInput }) => isInput === true)).toEqual([]);

	test.each(['changeStatus', 'delete', 'get', 'invite', 'sync', 'transfer'])(
		'and an expression fails for one item, with Skip Blank Rows: %s',
		async (operation) => {
			const [first, last] = addUsers(2);
			const who = "={{ $json.fails ? $('Deleted Node').item.json.id : $json.id }}";
			const result = await run(
				`portalUser.${operation}`,
				{
					userType: byId(DEALERS),
					personalityIds: who,
					recordIds: who,
					targetUserType: byId(PREMIUM),
					active: false,
					options: { skipBlank: true },
				},
				{ ...continuing, input: marked([{ id: first }, { fails: true }, {}, { id: last }]) },
			);
			expectNoInput(jsons(result));
			const errors = jsons(result).map(({ error }) => error);
			expect(errors).toContain("Referenced node doesn't exist");
		},
	);

	const named = { userType: '={{ $json.type }}' };
	const nobody: Array<[string, INodeParameters, string[], () => string]> = [
		[
			'portalUser.delete',
			{ ...named, personalityIds: '={{ $json.who }}' },
			['Dealers', 'Nope'],
			() => addUsers(1)[0],
		],
		[
			'portalUser.transfer',
			{
				userType: byId(DEALERS),
				personalityIds: '={{ $json.who }}',
				targetUserType: '={{ $json.type }}',
			},
			['Premium', 'Nope'],
			() => addUsers(1)[0],
		],
		[
			'portalUser.invite',
			{ ...named, recordIds: '={{ $json.who }}' },
			['Dealers', 'Nope'],
			() => addRecords(1)[0],
		],
		[
			'user.transferAndDelete',
			{
				user: '={{ $json.who }}',
				targetUser: '={{ $json.type }}',
				targetManager: '={{ $json.type }}',
			},
			[CHLOE, 'left@example.test'],
			() => BEN,
		],
	];

	test.each(nobody)(
		'and one names nobody, and something that does not exist: %s',
		async (operation, parameters, [known, unknown], somebody) => {
			const input = marked([
				{ type: known, who: somebody() },
				{ type: unknown, who: '' },
			]);
			const result = await run(operation, parameters, { ...continuing, input });
			expectNoInput(jsons(result));
			expect(jsons(result)).toEqual([
				expect.not.objectContaining({ error: expect.anything() }),
				expect.objectContaining({ error: expect.any(String) }),
			]);
		},
	);
});

describe('the fields of an operation', () => {
	const harness = useHarness();

	const listed = new Map(
		Object.entries(operations).flatMap(([resource, all]) =>
			all.map(({ value, fields }) => [
				`${resource}.${value}`,
				fields.map(({ property }) => property.name),
			]),
		),
	);

	/** Choices that have something else read. */
	const choices = [{}, { output: 'selected' }, { modulesMode: 'fields' }, { modulesMode: 'json' }];

	test.each([...listed])(
		'of %s are all that it reads, and it reads them all',
		async (name, fields) => {
			const read = new Set<string>();
			const usual = Item.prototype.read;
			const spy = jest.spyOn(Item.prototype, 'read').mockImplementation(function (
				this: Item,
				field,
			) {
				read.add(field.property.name);
				return usual.call(this, field);
			});
			for (const one of [...cases, ...variants].filter((each) => each.name === name)) {
				for (const more of choices) {
					const parameters = { ...one.parameters(harness.emulator), ...more };
					await harness.run(name, parameters, {
						input: [one.good(harness.emulator)],
						...continuing,
					});
				}
			}
			spy.mockRestore();
			// n8n adds these to every declarative node.
			read.delete('requestOptions');
			expect([...read].sort()).toEqual([...new Set(fields)].sort());
		},
	);
});
