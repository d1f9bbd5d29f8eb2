import Ajv from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

import type { DocumentedOperation } from '../contractTypes';
import type { Exchange } from '../exchange';
import { isAbout, requestExceptions, switchedRequests } from './exceptions';
import { formsOf } from './forms';
import type { Form } from './forms';
import { match } from './match';
import { decodeQuery, requestSchema } from './requests';

/** A part of a call that the contract does not have. */
export interface Violation {
	/** Method and address of the call. */
	call: string;
	part: 'request' | 'answer';
	/** JSON pointer into the request `{ path, query, body }` or the answer `{ status, body }`. */
	pointer: string;
	/** Name of the closest schema. */
	schema: string;
	message: string;
}

type Finding = Omit<Violation, 'call' | 'part'>;

/** A few are enough to find the cause; one wrong key in a long list would cause thousands. */
const AT_MOST = 5;

/**
 * Checks requests and answers against the contract with JSON schemas. A request may be outside the
 * contract if it was refused with a documented error. Otherwise, both the request and the answer
 * must be inside. Answers of planned faults are not checked, but their requests are.
 */
export class ContractCheck {
	private readonly found: Violation[] = [];

	/** The reasons for tolerated answers and requests, with their numbers. */
	readonly tolerated = new Map<string, number>();

	/** The hook for an emulator. */
	readonly see = (exchange: Exchange): void => {
		const { method, url } = exchange;
		const call = `${method} ${url}`;
		const add = (part: Violation['part'], findings: Finding[]) =>
			this.found.push(...findings.map((one) => ({ call, part, ...one })));
		const { operation, path, query } = match(method, url);
		if (!exchange.fault) add('answer', this.judgeAnswer(exchange, operation));
		if (!operation || (exchange.status >= 400 && !exchange.fault)) return;
		const { body } = exchange;
		const sent = { path, query: decodeQuery(operation, query) };
		add('request', this.judgeRequest(body === undefined ? sent : { ...sent, body }, operation));
	};

	/** The violations since the last call. */
	take(): Violation[] {
		return this.found.splice(0);
	}

	private judgeRequest(request: object, operation: DocumentedOperation): Finding[] {
		const { id } = operation;
		const validate = requestValidator(operation);
		if (validate(request)) return [];
		const excused = ({ instancePath, keyword, params }: ErrorObject) => {
			const why = [...requestExceptions, ...switchedRequests].find(
				({ key = params.additionalProperty, ...one }) =>
					isAbout(one, id) &&
					one.keyword === keyword &&
					one.at.test(instancePath) &&
					params.additionalProperty === key,
			)?.why;
			if (why) this.tolerate(why);
			return why !== undefined;
		};
		const errors = (validate.errors ?? []).filter((error) => !excused(error));
		return findings(errors, `${id}/request`);
	}

	private judgeAnswer({ status, answer }: Exchange, operation?: DocumentedOperation): Finding[] {
		const given = { status, ...(answer !== undefined && { body: answer }) };
		const forms = formsFor(operation);
		let closest: Finding[] | undefined;
		for (const form of forms.filter(({ http }) => http === status)) {
			const validate = (form.validate ??= ajv.compile(form.schema));
			if (validate(given)) {
				if (form.exception) this.tolerate(form.exception);
				return [];
			}
			const found = findings(validate.errors ?? [], form.name);
			if (!closest || found.length < closest.length) closest = found;
		}
		if (closest) return closest.slice(0, AT_MOST);
		const statuses = [...new Set(forms.map(({ http }) => http))].join(', ');
		const schema = operation?.id ?? 'commonErrors';
		return [{ pointer: '/status', schema, message: `${status} is none of ${statuses}` }];
	}

	private tolerate(why: string): void {
		this.tolerated.set(why, (this.tolerated.get(why) ?? 0) + 1);
	}
}

/** A violation as one line. */
export function lineOf({ call, part, pointer, schema, message }: Violation): string {
	return `${call}: ${part} ${pointer || '/'} ${message} [${schema}]`;
}

const ajv = addFormats(new Ajv({ allErrors: true, allowUnionTypes: true }));

const requests = new Map<string, ValidateFunction>();

function requestValidator(operation: DocumentedOperation): ValidateFunction {
	const validate = requests.get(operation.id) ?? ajv.compile(requestSchema(operation));
	requests.set(operation.id, validate);
	return validate;
}

/**
 * Forms are compiled when they are first needed, because most errors of an operation never occur.
 */
interface CompiledForm extends Form {
	validate?: ValidateFunction;
}

const answers = new Map<string | undefined, CompiledForm[]>();

function formsFor(operation?: DocumentedOperation): CompiledForm[] {
	const forms = answers.get(operation?.id) ?? formsOf(operation);
	answers.set(operation?.id, forms);
	return forms;
}

function findings(errors: ErrorObject[], schema: string): Finding[] {
	// The reasons why each of several schemas does not match say more than the fact that none
	// matches.
	const telling = errors.filter(({ keyword }) => !['anyOf', 'if'].includes(keyword));
	return (telling.length > 0 ? telling : errors).map(({ instancePath, params, message = '' }) => {
		if (typeof params.additionalProperty === 'string') {
			const pointer = `${instancePath}/${params.additionalProperty}`;
			return { pointer, schema, message: 'is not known' };
		}
		const allowed: unknown = params.allowedValues ?? params.allowedValue;
		const values = allowed === undefined ? '' : `: ${[allowed].flat().join(', ')}`;
		return { pointer: instancePath, schema, message: message + values };
	});
}
