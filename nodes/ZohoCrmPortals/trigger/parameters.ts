import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { isObject } from '../transport/exactJson';
import { USER_EVENTS, USER_TYPE_EVENTS } from './events';
import type { Watch } from './events';

/** What the user asks of the trigger. */
export interface TriggerParameters {
	/** Name of the portal; empty for the only one. */
	portal: string;
	watch: Watch;
	includeOverdue: boolean;
	/** Undefined: depends on how many people there are. */
	maxRemovals?: number;
	/** How calls travel, see `httpSettings`. */
	requestOptions: IDataObject;
}

const EVENTS: readonly string[] = [...USER_EVENTS, ...USER_TYPE_EVENTS];

/**
 * Reads and checks the parameters.
 *
 * @throws NodeOperationError that names the parameter as the user sees it
 */
export function readParameters(context: IPollFunctions): TriggerParameters {
	const options = objectIn(context.getNodeParameter('options', {}));
	const invalid = (name: string, complaint: string, description: string) =>
		new NodeOperationError(context.getNode(), `'${name}' ${complaint}`, { description });
	const number = (name: string, value: unknown, least: number): number => {
		const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof amount === 'number' && Number.isFinite(amount) && amount >= least) return amount;
		const complaint = `is ${JSON.stringify(value)}, which is not a number of at least ${least}`;
		throw invalid(name, complaint, 'Enter a number, or an expression that gives one.');
	};

	const events = textsIn(context.getNodeParameter('events', []));
	if (events.length === 0) throw invalid('Events', 'is empty', 'Choose at least one event.');
	const unknown = events.find((event) => !EVENTS.includes(event));
	if (unknown !== undefined) {
		throw invalid('Events', `has "${unknown}", which is none`, `There are: ${EVENTS.join(', ')}.`);
	}
	const userTypes = textsIn(context.getNodeParameter('userTypes', []));
	const noId = userTypes.find((id) => !/^\d+$/.test(id));
	if (noId !== undefined) {
		throw invalid(
			'User Type Names or IDs',
			`has "${noId}", which is not an ID`,
			'Enter IDs of user types.',
		);
	}
	const days = context.getNodeParameter('unconfirmedDays', DEFAULT_DAYS);
	const { maxRemovals } = options;
	return {
		portal: chosenIn(context.getNodeParameter('portal', '')),
		watch: { events, userTypes, unconfirmedDays: number('Unconfirmed Days', days, 0) },
		includeOverdue: options.includeOverdue === true,
		...(maxRemovals !== undefined && { maxRemovals: number('Max Removals', maxRemovals, 0) }),
		requestOptions: objectIn(context.getNodeParameter('requestOptions', {})),
	};
}

/** Days after which an invitation that nobody accepted is told. */
export const DEFAULT_DAYS = 7;

/** The value of a resource locator, or a plain one in its place. */
function chosenIn(value: unknown): string {
	const chosen = isObject(value) && 'value' in value ? value.value : value;
	return String(chosen ?? '').trim();
}

/** A list, or text with commas, as an expression may give it; in an order of its own, each once. */
function textsIn(value: unknown): string[] {
	const parts: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(',');
	const texts = parts.map((part) => String(part).trim()).filter((text) => text !== '');
	return [...new Set(texts)].sort();
}

function objectIn(value: unknown): IDataObject {
	return isObject(value) ? value : {};
}
