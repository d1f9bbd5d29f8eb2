import fc from 'fast-check';
import type { GenericValue, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { CHLOE, DEALERS, PORTAL } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { byName, isRead, line } from '../../harness/harness';
import { cases } from '../../harness/operations';
import type { Case } from '../../harness/operations';
import { endPauses } from '../../harness/pauses';
import { callTool, fromAgent } from '../../harness/tool';
import { declarativeRequestOptions } from '../../nodes/ZohoCrmPortals/form/requestOptions';
import { operations } from '../../nodes/ZohoCrmPortals/resources';
import { OnEngine } from './onEngine';
import { anyValue } from './askedValues';
import { isYes } from './certain';
import { inside, slotsOf } from './slots';
import type { Slot } from './slots';

/** How the node of a case is set. */
const SETTINGS = ['stop', 'continueRegularOutput', 'continueErrorOutput', 'tool'] as const;

/** An operation that writes, with a parameter that an expression gives a value. */
interface AskedCase {
	slot: OperationSlot;
	setting: (typeof SETTINGS)[number];
	/** Whether only the first of two items has the value. */
	mixed: boolean;
	given: GenericValue;
}

interface OperationSlot extends Slot {
	operation: Case;
}

/** Of every operation that writes, every parameter, and what is in it. */
export const slots: OperationSlot[] = Object.entries(operations).flatMap(([resource, all]) =>
	all
		.filter(({ method }) => method !== 'GET')
		.flatMap(({ value, fields }) => {
			const name = `${resource}.${value}`;
			const operation = cases.find((one) => one.name === name);
			if (!operation) throw new Error(`${name} is not among the operations of the harness`);
			return [...fields, declarativeRequestOptions]
				.flatMap(({ property }) => slotsOf(property))
				.flatMap((slot) => [slot, ...inside(slot)])
				.map((slot) => ({ ...slot, operation }));
		}),
);

/** Cases by a seed; each parameter in its turn. */
export function casesOf(seed: number, amount: number): AskedCase[] {
	return Array.from({ length: amount }, (_, index) => {
		const slot = slots[index % slots.length];
		const round = Math.floor(index / slots.length);
		const drawn = fc.record({ given: anyValue(slot.known), mixed: fc.boolean() });
		const [one] = fc.sample(drawn, { seed: seed * 1_000_003 + index, numRuns: 1 });
		// So that in four rounds every parameter meets every setting.
		const setting = SETTINGS[(index + round) % SETTINGS.length];
		return { slot, setting, ...one };
	});
}

/** What a case showed. */
export interface Verdict {
	violations: string[];
	/** Whether the value was certain. */
	certain: boolean;
	/** Calls that reached Zoho and were no reads. */
	writes?: number;
}

/** What came of a case. */
interface Told {
	/** Messages of errors, of the run or of items, in order. */
	errors: string[];
	/** Items that went on as done. */
	done: INodeExecutionData[];
	/** Input items that are accounted for, by position. */
	items: Set<number>;
}

/** Asks operations what an expression gives by mistake, and looks at what reaches Zoho. */
export class AskedChaos extends OnEngine {
	async run(one: AskedCase): Promise<Verdict> {
		const { emulator } = this;
		emulator.reset();
		this.engine.connect('1');
		const { slot, setting, given } = one;
		const { operation } = slot;
		const [resource, name] = operation.name.split('.');
		const base = operation.parameters(emulator);
		const inputs = [operation.good(emulator), operation.good(emulator)];
		const [sound, otherwise] = inputs.map((input) => soundOf(base, emulator, input));
		const value = slot.wrap ? slot.wrap(sound[slot.parameter], given) : given;
		// In what n8n adds to declarative nodes, it takes no expressions there, but for tools.
		const isText = setting !== 'tool' && slot.path.endsWith('.allowUnauthorizedCerts');
		const certain = !isText && slot.certain(value);
		// What only leads to long waits.
		if (certain && takesTime(slot, value)) return { violations: [], certain };
		const parameters: INodeParameters = {
			resource,
			operation: name,
			portal: byName(PORTAL),
			...base,
			...slot.shownBy,
			...slot.place('={{ $json.given }}'),
		};
		const other: GenericValue = otherwise[slot.parameter];
		const mixed =
			one.mixed && !certain && setting !== 'tool' && slot.path in otherwise && other !== value;
		const marked = inputs.map((input, position) => ({
			...input,
			given: mixed && position > 0 ? other : value,
			mark: 'an input item',
		}));
		const before = emulator.requests.length;
		const restore = endPauses();
		const told = await this.tell(parameters, setting, marked).finally(restore);
		const calls = emulator.requests.slice(before).map(line);
		const writes = calls.filter((call) => !isRead(call));
		const violations = certain
			? wrongOfCertain(slot, value, told, writes)
			: wrongOfUncertain(slot, told, calls, mixed, setting, inputs.length);
		const what = JSON.stringify(value) ?? String(value);
		const where = `${operation.name} ${slot.path} = ${what} (${setting}${mixed ? ', mixed' : ''})`;
		return {
			violations: violations.map((violation) => `${where}: ${violation}`),
			certain,
			writes: writes.length,
		};
	}

	private async tell(
		parameters: INodeParameters,
		setting: AskedCase['setting'],
		inputs: IDataObject[],
	): Promise<Told> {
		const told: Told = { errors: [], done: [], items: new Set() };
		if (setting === 'tool') {
			const tool = { parameters: fromAgent(parameters) };
			const { items, error } = await callTool(this.engine, tool, inputs[0], 1);
			if (error) told.errors.push(error.message);
			told.done = items.map((json) => ({ json }));
			return told;
		}
		const onError = setting === 'stop' ? undefined : setting;
		const { items, errorItems, error } = await this.engine.runNode({
			parameters,
			input: inputs,
			onError,
		});
		if (error) told.errors.push(error.message);
		for (const item of [...items, ...errorItems]) {
			const { json, pairedItem } = item;
			if (typeof pairedItem === 'object' && 'item' in pairedItem) told.items.add(pairedItem.item);
			if (typeof json.error === 'string') told.errors.push(json.error);
			else told.done.push(item);
		}
		return told;
	}
}

/** Whether an error is about the parameter of a case, by the name that people see. */
const names = ({ label }: Slot, message: string) => message.startsWith(`'${label}' `);

function wrongOfCertain(slot: Slot, value: GenericValue, told: Told, writes: string[]): string[] {
	const refusal = told.errors.find((message) => names(slot, message));
	return [
		...(refusal === undefined ? [] : [`is refused, though it is certain: ${refusal}`]),
		...handedOn(told),
		...(slot.path === 'options.dryRun' && isYes(value) && writes.length > 0
			? [`a dry run wrote: ${writes.join(', ')}`]
			: []),
	];
}

function wrongOfUncertain(
	slot: Slot,
	told: Told,
	calls: string[],
	mixed: boolean,
	setting: AskedCase['setting'],
	amount: number,
): string[] {
	// n8n reads the request options of a tool itself, and has its own words for a wrong shape.
	const isOfN8n = setting === 'tool' && slot.parameter === 'requestOptions';
	const goesOn = mixed && setting !== 'stop' && !slot.isRunWide;
	const [first = 'no error'] = told.errors;
	return [
		...(names(slot, first) || (isOfN8n && told.errors.length > 0)
			? []
			: [`is not named: ${first}`]),
		...(!goesOn && calls.length > 0 ? [`was sent: ${calls.join(', ')}`] : []),
		...(!goesOn && told.done.length > 0 ? ['an item came out as done'] : []),
		...(setting.startsWith('continue') && told.items.size < amount ? ['an item is missing'] : []),
		...handedOn(told),
	];
}

/** An input item among what was done. */
function handedOn({ done }: Told): string[] {
	return done.some(({ json }) => 'mark' in json) ? ['an input item came out as done'] : [];
}

/** Whether a value only leads to waiting for what does not answer. */
export function takesTime({ path }: Slot, value: GenericValue): boolean {
	if (path === 'requestOptions.proxy') return true;
	if (path === 'requestOptions.timeout') return Number(value) < 1000;
	return path === 'requestOptions.batching.batch.batchInterval' && Number(value) > 20;
}

/** Values that are sound, by path, for an input item. */
function soundOf(base: INodeParameters, emulator: Emulator, input: IDataObject): IDataObject {
	const creation = cases.find(({ name }) => name === 'userType.create')?.parameters(emulator);
	const { definition = '{}' } = base;
	const own = Object.entries(base).flatMap(([name, stored]): Array<[string, GenericValue]> => {
		const value = typeof stored === 'object' && stored && 'value' in stored ? stored.value : stored;
		return value === '={{ $json.value }}' ? [[name, input.value]] : [];
	});
	return {
		userType: DEALERS,
		targetUser: CHLOE,
		targetManager: CHLOE,
		active: true,
		whenAlreadyInvited: 'skip',
		language: 'de_DE',
		...Object.fromEntries(own),
		...Object.fromEntries(
			['plan', 'changes'].filter((name) => name in base).map((name) => [name, rowIn(input)]),
		),
		portal: PORTAL,
		definition: JSON.parse(String(definition)) as IDataObject,
		modulesJson: JSON.parse(String(creation?.modulesJson)) as IDataObject[],
	};
}

/** The row that an input item brings as JSON. */
function rowIn({ value }: IDataObject): IDataObject {
	try {
		return JSON.parse(String(value)) as IDataObject;
	} catch {
		return {};
	}
}
