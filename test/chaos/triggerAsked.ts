import fc from 'fast-check';
import type { GenericValue, INodeType } from 'n8n-workflow';

import { DEALERS } from '../../emulator/seed';
import { endPauses } from '../../harness/pauses';
import { Polling, told } from '../../harness/polling';
import { OnEngine } from './onEngine';
import { takesTime } from './asked';
import type { Verdict } from './asked';
import { anyValue } from './askedValues';
import { slotsOf } from './slots';
import type { Slot } from './slots';

/** A parameter of the trigger that an expression gives a value. */
interface TriggerCase {
	slot: Slot;
	given: GenericValue;
}

/** Every parameter of the trigger, and what is in it; not those of n8n, which asks when to poll. */
export function triggerSlots({ description }: INodeType): Slot[] {
	return description.properties
		.filter(({ name }) => name !== 'pollTimes')
		.flatMap(slotsOf)
		.map((slot) => ({ ...slot, certain: (given) => isWatched(slot, given) }));
}

/** An empty list of events starts nothing, and one of user types that is given does not mean all. */
function isWatched({ path, certain }: Slot, given: GenericValue): boolean {
	const isList = path === 'events' || path === 'userTypes';
	return certain(given) && !(isList && Array.isArray(given) && given.length === 0);
}

/** Cases by a seed; each parameter in its turn. */
export function triggerCasesOf(slots: Slot[], seed: number, amount: number): TriggerCase[] {
	return Array.from({ length: amount }, (_, index) => {
		const slot = slots[index % slots.length];
		const numbered = seed * 1_000_003 + index;
		const [given] = fc.sample(anyValue(slot.known), { seed: numbered, numRuns: 1 });
		return { slot, given };
	});
}

/** Changes a parameter of an active workflow to what an expression gives by mistake. */
export class TriggerAsked extends OnEngine {
	async run({ slot, given }: TriggerCase): Promise<Verdict> {
		const certain = slot.certain(given);
		if (certain && takesTime(slot, given)) return { violations: [], certain };
		const restore = endPauses();
		const violations = await this.violations(slot, given, certain).finally(restore);
		const where = `trigger ${slot.path} = ${JSON.stringify(given) ?? String(given)}`;
		return { violations: violations.map((violation) => `${where}: ${violation}`), certain };
	}

	private async violations(slot: Slot, given: GenericValue, certain: boolean): Promise<string[]> {
		const { emulator, engine } = this;
		emulator.reset();
		engine.connect('1');
		emulator.world.addPortalUsers(DEALERS, 3);
		const polling = new Polling(engine);
		const found: string[] = (await polling.activate()).map(
			(event) => `told ${told(event)} at first`,
		);
		const before = emulator.requests.length;
		const answers = [await attempt(() => polling.change(slot.place(expressionOf(given))))];
		const [{ personality_id: added }] = emulator.world.addPortalUsers(DEALERS, 1);
		// Who was added has confirmed as well.
		const happened = [`userAdded ${added}`, `userConfirmed ${added}`];
		answers.push(await attempt(() => polling.poll()));
		const calls = emulator.requests.length - before;
		for (const { events, error } of answers) {
			const named = error?.startsWith(`'${slot.label}' `) === true;
			if (certain && named) found.push(`is refused, though it is certain: ${error}`);
			if (!certain && !named) found.push(`is not named: ${error ?? 'no error'}`);
			found.push(
				...events.filter((event) => !happened.includes(event)).map((event) => `told ${event}`),
			);
		}
		if (!certain && calls > 0) found.push(`was sent: ${calls} calls`);
		return found;
	}
}

/** What a poll told, or the error that it ended with. */
async function attempt(
	poll: () => Promise<Parameters<typeof told>[0][]>,
): Promise<{ events: string[]; error?: string }> {
	try {
		return { events: (await poll()).map(told) };
	} catch (error) {
		return { events: [], error: error instanceof Error ? error.message : String(error) };
	}
}

/** An expression that gives this value; n8n looks for braces before it reads texts. */
function expressionOf(given: GenericValue): string {
	if (typeof given === 'number' || given === undefined) return `={{ ${String(given)} }}`;
	const text = JSON.stringify(JSON.stringify(given)).replace(
		/[{}]/g,
		(brace) => `\\u00${brace.charCodeAt(0).toString(16)}`,
	);
	return `={{ JSON.parse(${text}) }}`;
}
