import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEALERS, PREMIUM } from '../../emulator/seed';
import { asItems, byId, continuing, jsons, useHarness } from '../../harness/harness';
import { skipAllPauses } from '../../harness/pauses';
import { cases, fc } from '../../harness/random';

const harness = useHarness();
const { run, addUsers, addRecords } = harness;

skipAllPauses();

/** Somebody in the portal before a run, or outside of it. */
interface Somebody {
	inPortal: boolean;
	premium: boolean;
	active: boolean;
	confirm: boolean;
}

const somebody: fc.Arbitrary<Somebody> = fc.record({
	inPortal: fc.boolean(),
	premium: fc.boolean(),
	active: fc.boolean(),
	confirm: fc.boolean(),
});

const people = fc.array(somebody, { minLength: 1, maxLength: 6 });

/** What is run: an operation, and whom of the people it names. */
interface Asked {
	operation: 'sync' | 'changeStatus' | 'transfer' | 'delete' | 'invite';
	to: boolean;
	names: boolean[];
	others: 'leave' | 'deactivate' | 'delete';
}

const asked: fc.Arbitrary<Asked> = fc.record({
	operation: fc.constantFrom('sync', 'changeStatus', 'transfer', 'delete', 'invite'),
	to: fc.boolean(),
	names: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
	others: fc.constantFrom('leave', 'deactivate', 'delete'),
});

const typeOf = (premium: boolean) => (premium ? PREMIUM : DEALERS);

/** Makes the people, the same each time; returns their IDs. */
function populate(all: Somebody[]): string[] {
	harness.emulator.reset();
	harness.engine.connect('1');
	return all.map(({ inPortal, premium, active, confirm }) =>
		inPortal ? addUsers(1, typeOf(premium), { active, confirm })[0] : addRecords(1)[0],
	);
}

function parametersOf({ operation, to, others }: Asked, options: IDataObject): INodeParameters {
	const target = byId(typeOf(to));
	const own: Record<Asked['operation'], INodeParameters> = {
		sync: { userType: target, recordIds: '={{ $json.id }}', others },
		changeStatus: { personalityIds: '={{ $json.id }}', active: to },
		transfer: { personalityIds: '={{ $json.id }}', targetUserType: target },
		delete: { personalityIds: '={{ $json.id }}' },
		invite: { userType: target, recordIds: '={{ $json.id }}', whenAlreadyInvited: 'resend' },
	};
	const allowed = operation === 'sync' ? { maxRemovals: 100 } : {};
	return { ...own[operation], options: { ...allowed, ...options } };
}

async function carryOut(one: Asked, ids: string[], options: IDataObject): Promise<IDataObject[]> {
	const input = asItems(ids.filter((_, index) => one.names[index]));
	if (input.length === 0) return [];
	const parameters = parametersOf(one, options);
	return jsons(await run(`portalUser.${one.operation}`, parameters, { input, ...continuing }));
}

const rows = async (operation: string, input: IDataObject[], parameters: INodeParameters = {}) =>
	input.length === 0
		? []
		: jsons(await run(`portalUser.${operation}`, parameters, { input, ...continuing }));

/** How everybody is, and who was mailed. */
function state() {
	const mailed = harness.sentTo();
	const portal = Object.fromEntries(
		[...harness.emulator.world.portalUsers].map(([id, { userTypeId, active, confirm }]) => [
			id,
			{ userTypeId, active, confirm },
		]),
	);
	return { portal, mailed };
}

const idOf = ({ personality_id, record_id }: IDataObject) => String(personality_id ?? record_id);

test('a plan that is carried out comes to what the run would have come to', async () => {
	await fc.assert(
		fc.asyncProperty(people, asked, fc.boolean(), async (all, one, reversed) => {
			await carryOut(one, populate(all), {});
			const real = state();
			const ids = populate(all);
			const plan = await carryOut(one, ids, { dryRun: true });
			expect(state().mailed).toEqual([]);
			// An error in the plan would hold removals back; left out, it changes nothing.
			const sound = plan.filter(({ error }) => error === undefined);
			await rows('apply', reversed ? sound.reverse() : sound);
			expect(state()).toEqual(real);
		}),
		cases(15),
	);
});

/** What changes between a plan and the day when it is carried out. */
type Meanwhile = 'nothing' | 'dropped' | 'deleted' | 'moved' | 'switched';

const meanwhile = fc.array(
	fc.constantFrom<Meanwhile>('nothing', 'dropped', 'deleted', 'moved', 'switched'),
	{ minLength: 6, maxLength: 6 },
);

test('nothing is changed that is not in the plan, whatever happened since', async () => {
	await fc.assert(
		fc.asyncProperty(people, asked, meanwhile, async (all, one, happened) => {
			const ids = populate(all);
			const plan = await carryOut(one, ids, { dryRun: true });
			const { portalUsers } = harness.emulator.world;
			const dropped = new Set<string>();
			ids.forEach((id, index) => {
				const user = portalUsers.get(id);
				if (happened[index] === 'dropped') dropped.add(id);
				if (happened[index] === 'deleted') portalUsers.delete(id);
				if (user && happened[index] === 'moved') user.userTypeId = typeOf(!all[index].premium);
				if (user && happened[index] === 'switched') user.active = !user.active;
			});
			const approved = plan.filter((item) => !dropped.has(idOf(item)));
			const before = state();
			const result = await rows('apply', approved);
			const after = state();
			for (const id of ids) {
				const actions = approved
					.filter((item) => idOf(item) === id && item.error === undefined)
					.map(({ action }) => String(action));
				const [was, is] = [before.portal[id], after.portal[id]];
				const made = [
					...(was && !is ? ['deleted'] : []),
					...(!was && is ? ['invited'] : []),
					...(was && is && was.userTypeId !== is.userTypeId ? ['transferred'] : []),
					...(was && is && was.active !== is.active
						? [is.active ? 'activated' : 'deactivated']
						: []),
				];
				expect(actions).toEqual(expect.arrayContaining(made));
				const isStale = result.some((item) => idOf(item) === id && item.code === 'STALE_PLAN');
				if (isStale) expect(is).toEqual(was);
				if (after.mailed.includes(id)) {
					expect(actions.some((action) => /invited$/.test(action))).toBe(true);
				}
			}
			expect(after.mailed.length).toBe(new Set(after.mailed).size);
		}),
		cases(15),
	);
});

test('put back, the portal is as before the run, but for those who were deleted', async () => {
	await fc.assert(
		fc.asyncProperty(people, asked, fc.boolean(), async (all, one, isApplied) => {
			const ids = populate(all);
			const before = state();
			const needsOption = ['changeStatus', 'transfer', 'delete'].includes(one.operation);
			const done = isApplied
				? await rows('apply', await carryOut(one, ids, { dryRun: true }))
				: await carryOut(one, ids, needsOption ? { includePrevious: true } : {});
			const between = state();
			const told = await rows('restore', done);
			const after = state();
			for (const [id, was] of Object.entries(before.portal)) {
				// Zoho deactivates nobody who has not accepted the invitation, whoever activated them.
				const isStuck = !was.active && !was.confirm && between.portal[id]?.active;
				const refused = { personality_id: id, code: 'NOT_ALLOWED' };
				if (isStuck) {
					expect(told).toContainEqual(expect.objectContaining(refused));
					expect([id, after.portal[id].userTypeId]).toEqual([id, was.userTypeId]);
				} else if (id in between.portal) expect([id, after.portal[id]]).toEqual([id, was]);
				else expect(told).toContainEqual(expect.objectContaining({ code: 'WAS_DELETED' }));
			}
			expect(after.mailed).toEqual(between.mailed);
			const writes = harness.writes().length;
			await rows('restore', done);
			expect(harness.writes()).toHaveLength(writes);
			expect(state()).toEqual(after);
		}),
		cases(15),
	);
});
