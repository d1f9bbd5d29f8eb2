import { parsed } from '../../emulator/exchange';
import { ContractCheck } from '../../emulator/schema/check';
import { isObject } from '../../nodes/ZohoCrmPortals/transport/exactJson';
import type { Seen } from './client';
import type { Redactor } from './redact';

/** Parameters that the check itself gives plain values. */
const PLAIN = ['active', 'page', 'per_page', 'type', 'type__s'];

/** Part of an answer that the contract does not have, with the schema that comes closest. */
interface Outside {
	call: string;
	status: number;
	pointer: string;
	message: string;
	schema: string;
	times: number;
}

/** Writes down calls without personal data, and holds their answers against the contract. */
export class Recorder {
	private readonly evidence: Array<ReturnType<Recorder['evidenceOf']>> = [];

	readonly outside: Outside[] = [];

	/** Calls that were answered. */
	calls = 0;

	constructor(private readonly redactor: Redactor) {}

	readonly see = (seen: Seen): void => {
		this.calls++;
		this.evidence.push(this.evidenceOf(seen));
	};

	/** The calls since the last time. */
	take() {
		return this.evidence.splice(0);
	}

	evidenceOf({ method, template, sent, url, status, text }: Seen) {
		const call = `${method} ${template}`;
		const answer = parsed(text);
		const check = new ContractCheck();
		check.see({ method, url, body: sent.body, status, answer, fault: false });
		const found = check.take().filter(({ part }) => part === 'answer');
		for (const { pointer, message, schema } of found) {
			this.add({ call, status, pointer: this.redactor.path(pointer), message, schema, times: 1 });
		}
		const [assumed] = check.tolerated.keys();
		const inside = assumed === undefined ? 'as documented' : `as the emulator assumes: ${assumed}`;
		return {
			call,
			query: Object.fromEntries(Object.entries(sent.query ?? {}).map((one) => this.shown(...one))),
			status,
			body: answer === undefined ? undefined : this.bodyOf(answer),
			contract: found.length > 0 ? 'outside' : inside,
		};
	}

	/** Rows of a list go astray together. */
	private add(found: Outside): void {
		const keys = ['call', 'status', 'pointer', 'message'] as const;
		const known = this.outside.find((one) => keys.every((key) => one[key] === found[key]));
		if (known) known.times++;
		else this.outside.push(found);
	}

	private shown(name: string, value: string): [string, string] {
		if (PLAIN.includes(name)) return [name, value];
		const ids = value.split(',').length;
		const many = `${ids} ids, ${value.length} characters`;
		return [name, ids > 2 ? many : this.redactor.placeholder(value)];
	}

	private bodyOf(answer: unknown): unknown {
		if (typeof answer === 'string') return `a text of ${answer.length} characters that is no JSON`;
		return isObject(answer) ? this.redactor.shape(answer) : 'JSON that is no object';
	}
}
