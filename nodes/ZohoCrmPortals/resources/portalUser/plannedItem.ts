import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../../errors/nodeError';
import { errorData } from '../../http/error';
import { isObject, listOf, parseJson } from '../../http/exactJson';
import { asBoolean, asText, booleanIn, display, isEmpty, json } from '../../form/field';
import type { Field, Place, Shown } from '../../form/field';
import { asId } from '../../form/locator';
import { pick } from '../../http/pick';
import { ACTIONS } from './change';
import type { Change } from './change';
import { language as languageField, recordModule } from './fields';
import { personOf } from './person';
import type { Found } from './found';
import { keyOf } from './userLookUp';

/** A person that a plan names. */
export interface Row {
	id: string;
	/** Name and email from the plan. */
	who: IDataObject;
}

/** One change of a plan: the output of a dry run for one person. */
export interface PlannedChange extends Row, Change {
	/** The language of an invitation; undefined for the portal's own language. */
	language?: string;
	/** The state of the person in the plan; undefined for people who were not in the portal. */
	found?: Found;
}

/** A person whom a plan leaves unchanged. */
interface KeptPerson extends Row, Pick<PlannedChange, 'found'> {
	action: 'unchanged';
}

/** A row of a plan that is compared with the current state of the person. */
export type ComparedRow = PlannedChange | KeptPerson;

/** A row of a plan: one to compare, a person for whom nothing is planned, or a failure. */
export type PlanRow = ComparedRow | Row | Failure;

/**
 * A field of rows: an object, several in an array, or JSON of these as text, also within items as
 * from n8n's `all()`. By default, each input item is one row.
 */
export function rowsField<R>(
	shown: Pick<Shown, 'displayName' | 'name' | 'description'>,
	read: (row: IDataObject, at: Place) => R,
): Field<R[]> {
	const { property } = json({ ...shown, required: true, default: '={{ $json }}' });
	return { property, check: (given, at) => rowsIn(given, at).map((row) => read(row, at)) };
}

function rowsIn(given: unknown, at: Place): IDataObject[] {
	const value = typeof given === 'string' ? parsed(given, at) : given;
	const all = (Array.isArray(value) ? value : [value]).map((one: unknown) =>
		isObject(one) && isObject(one.json) ? one.json : one,
	);
	if (isEmpty(value) || all.length === 0) throw at.invalid('is empty', WHAT);
	const other = all.find((one) => !isObject(one));
	if (other !== undefined) throw at.invalid(`is ${display(other)}, which is not an item`, WHAT);
	return listOf(all);
}

const WHAT = 'Pass the items that a run of this node returned, unchanged.';

function parsed(text: string, at: Place): unknown {
	if (isEmpty(text)) return undefined;
	try {
		return parseJson(text);
	} catch {
		throw at.invalid(`is ${display(text)}, which is not JSON`, WHAT);
	}
}

/**
 * Reads a row of a plan.
 *
 * @throws NodeOperationError for a row that no dry run returns, or that is no longer certain
 */
export function readPlanned(row: IDataObject, at: Place): PlanRow {
	const failure = failureIn(row);
	if (failure) return failure;
	if (booleanIn(row.planned) !== true) {
		throw at.invalid(
			`has the item ${display(row)}, which is not planned`,
			'Pass the items that a dry run returned, with "planned": true.',
		);
	}
	const { id, who } = personIn(row, at);
	const action = ACTIONS.find((one) => one === row.action);
	if (!action && row.action !== 'unchanged') {
		throw at.invalid(
			`has the unknown action ${display(row.action)}`,
			`The actions are: ${[...ACTIONS, 'unchanged'].join(', ')}.`,
		);
	}
	const previous = previousIn(row, at);
	if (!action) return { id, action: 'unchanged', found: previous && readFound(previous, at), who };
	const userType = plannedId(row, 'user_type_id', at);
	const isMail = action === 'invited' || action === 'reinvited';
	// A plan can invite somebody and then invite them again.
	if (previous ? action === 'invited' : !isMail) {
		throw at.invalid(
			previous
				? `invites ${id}, whose "previous" shows that the person was in the portal`
				: `has no "previous" for ${id}`,
			'The node uses "previous" to check whether the person has changed since. Pass it on unchanged, or as JSON.',
		);
	}
	const found = previous && readFound(previous, at);
	if (found && found.userType !== userType) {
		throw at.invalid(
			`has two different user types for ${id}`,
			`"user_type_id" is ${userType}, and in "previous" it is ${found.userType}.`,
		);
	}
	return {
		id,
		action,
		userType,
		...(action === 'transferred' && { target: plannedId(row, 'target_user_type_id', at) }),
		...(isMail && {
			language: languageField.check(row.language, partOf(at, 'language')),
			module: recordModule.check(row.module, partOf(at, 'module')),
		}),
		found,
		who,
	};
}

/** The person in a row. */
export function personIn(row: IDataObject, at: Place): Row {
	const key = isEmpty(row.personality_id) ? 'record_id' : 'personality_id';
	return { id: plannedId(row, key, at), who: personOf(row) };
}

/** The subject of the outcome of a row if nothing could be looked up. */
export function subjectOfRow(row: Row | Failure): IDataObject {
	return 'error' in row ? row.subject : { personality_id: row.id, ...row.who };
}

/** The failure in a row, as it was returned; undefined for any other row. */
export function failureIn(row: IDataObject): Failure | undefined {
	const { error, code, message, details, uncertain } = row;
	if (typeof error !== 'string' || isEmpty(error)) return undefined;
	const told = objectIn(details) ?? {};
	const httpStatus = Number(told.httpStatus ?? 0);
	return {
		subject: pick(row, [
			'personality_id',
			'record_id',
			'email',
			'name',
			'user_type_id',
			'user_type_name',
		]),
		error: {
			...errorData(Number.isFinite(httpStatus) ? httpStatus : 0, String(code ?? 'NOT_PLANNED')),
			message: typeof told.message === 'string' ? told.message : '',
			details: objectIn(told.details) ?? {},
			...(booleanIn(uncertain) === true && { uncertain: true }),
		},
		said: { message: error, description: typeof message === 'string' ? message : '' },
	};
}

/** The state of a person before a run; undefined for people who were not in the portal. */
export function previousIn(row: IDataObject, at: Place): IDataObject | undefined {
	const { previous } = row;
	if (isEmpty(previous) || previous === 'null') return undefined;
	const found = objectIn(previous);
	if (found) return found;
	throw at.invalid(
		`has a "previous" that is ${display(previous)}`,
		'It is the state of the person before the run. Pass it on unchanged, or as JSON.',
	);
}

/** @throws NodeOperationError if it does not contain the complete state of a person */
export function readFound(previous: IDataObject, at: Place): Found {
	const { invited_time: invited, email, active, confirm } = previous;
	if (invited === undefined) {
		throw at.invalid(
			'has a "previous" without "invited_time"',
			'Without it, the node cannot tell whether the person was removed and invited again.',
		);
	}
	const yes = (value: unknown, key: string) =>
		value === undefined || value === null || asBoolean(value, partOf(at, `previous.${key}`));
	return {
		userType: plannedId(previous, 'user_type_id', at, 'previous.'),
		active: yes(active, 'active'),
		confirmed: yes(confirm, 'confirm'),
		invitedTime: isEmpty(invited) ? '' : asText(invited, partOf(at, 'previous.invited_time')),
		email: keyOf(email),
	};
}

function objectIn(value: unknown): IDataObject | undefined {
	if (isObject(value)) return value;
	if (typeof value !== 'string') return undefined;
	try {
		const read = parseJson(value);
		return isObject(read) ? read : undefined;
	} catch {
		return undefined;
	}
}

export function plannedId(row: IDataObject, key: string, at: Place, within = ''): string {
	return asId(row[key], partOf(at, within + key));
}

/** The same place, whose errors name a key of the row. */
function partOf(at: Place, key: string): Place {
	return {
		...at,
		invalid: (complaint, description) =>
			at.invalid(`has a "${key}" that ${complaint}`, description),
	};
}
