import type {
	GenericValue,
	IDataObject,
	INodeParameters,
	INodeProperties,
	NodeParameterValueType,
} from 'n8n-workflow';

import { CHLOE, DEALERS, PORTAL } from '../../emulator/seed';
import { isCertain } from './certain';

/** A place in the form that an expression may give a value for. */
export interface Slot {
	/** As n8n stores it: "options.dryRun". */
	path: string;
	/** The parameter that it is in: "options". */
	parameter: string;
	/** What errors call it. */
	label: string;
	/** What has to be chosen for n8n to show it. */
	shownBy: INodeParameters;
	/** Whether it holds for all items of a run. */
	isRunWide: boolean;
	/** Values that mean something to it. */
	known: GenericValue[];
	certain: (given: GenericValue) => boolean;
	/** The parameters of the node, with a value in this place. */
	place: (value: NodeParameterValueType) => INodeParameters;
	/** Puts a value into what is given for the whole parameter, where the place is inside of that. */
	wrap?: (whole: GenericValue, given: GenericValue) => GenericValue;
}

/** Settings in which all items of a run have to agree. */
const RUN_WIDE = new Set([
	...['batchSize', 'concurrency', 'dryRun', 'includeUnchanged', 'jobTimeout', 'maxRemovals'],
	...[
		'maxUsers',
		'others',
		'othersIn',
		'recordFields',
		'requestOptions',
		'skipBlank',
		'waitForJob',
	],
]);

const KNOWN: GenericValue[] = [
	DEALERS,
	CHLOE,
	PORTAL,
	'Contacts',
	'Dealers',
	'new@example.test',
	5,
];

/** What an entry of a fixed collection has beside the value of a case. */
const ENTRY = { module: '7310000000000200001', sharedType: 'private' };

/** All places in a field of the form. */
export function slotsOf(field: INodeProperties): Slot[] {
	const { name, displayName } = field;
	if (field.type !== 'fixedCollection') {
		return placesIn(field, field, name, displayName, (value) => ({ [name]: value }));
	}
	return (field.options ?? []).flatMap((entry) =>
		'values' in entry
			? entry.values.flatMap((part) =>
					placesIn(
						field,
						part,
						`${name}.${part.name}`,
						`${displayName}: ${part.displayName}`,
						(value) => ({ [name]: { [entry.name]: [{ ...ENTRY, [part.name]: value }] } }),
					),
				)
			: [],
	);
}

/** @param part of the field, or all of it */
function placesIn(
	field: INodeProperties,
	part: INodeProperties,
	path: string,
	label: string,
	place: Slot['place'],
): Slot[] {
	if (part.type === 'collection') {
		return (part.options ?? []).flatMap((one) =>
			'type' in one
				? placesIn(field, one, `${path}.${one.name}`, one.displayName, (value) =>
						place({ [one.name]: value }),
					)
				: [],
		);
	}
	const slot: Slot = {
		path,
		parameter: field.name,
		label,
		shownBy: shownBy(field),
		isRunWide: RUN_WIDE.has(part.name) || RUN_WIDE.has(field.name),
		known: [
			...KNOWN,
			...(part.options ?? []).flatMap((option) => ('value' in option ? [option.value] : [])),
		],
		certain: (given) => isCertain(part, given),
		place,
	};
	const byMode = (part.modes ?? []).map(
		({ name: mode }): Slot => ({
			...slot,
			path: `${path} by ${mode}`,
			certain: (value) => isCertain(part, { __rl: true, mode, value }),
			place: (value) => place({ __rl: true, mode, value } as NodeParameterValueType),
		}),
	);
	return [slot, ...byMode];
}

function shownBy({ displayOptions }: INodeProperties): INodeParameters {
	return Object.fromEntries(
		Object.entries(displayOptions?.show ?? {}).map(([name, values]) => [name, values?.[0]]),
	) as INodeParameters;
}

/** Places inside of JSON: of a user type where something is yes or no, and those of a plan. */
const INSIDE: Record<string, string[][]> = {
	plan: [['planned'], ['action'], ['record_id'], ['user_type_id'], ['language'], ['previous']],
	changes: [
		['personality_id'],
		['deleted'],
		['planned'],
		['previous'],
		['previous', 'user_type_id'],
		['previous', 'active'],
		['previous', 'invited_time'],
	],
	definition: [
		['active'],
		['modules', '0', 'permissions', 'view'],
		['modules', '0', 'fields', '0', 'read_only'],
		['modules', '0', 'fields', '0', '_delete'],
	],
	modulesJson: [
		['0', 'permissions', 'view'],
		['0', 'fields', '0', 'read_only'],
	],
};

/** The places inside of a parameter that holds JSON. */
export function inside(slot: Slot): Slot[] {
	return (INSIDE[slot.path] ?? []).map((way) => ({
		...slot,
		path: [slot.path, ...way].join('.'),
		wrap: (whole, given) => withValue(structuredClone(whole), way, given),
	}));
}

function withValue(whole: GenericValue, way: string[], given: GenericValue): GenericValue {
	const last = way[way.length - 1];
	const holder = way
		.slice(0, -1)
		.reduce<unknown>((one, key) => Reflect.get(Object(one), key), whole);
	Reflect.set(holder as IDataObject, last, given);
	return whole;
}
