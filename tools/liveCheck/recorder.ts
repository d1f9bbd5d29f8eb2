import { isObject } from '../../nodes/ZohoCrmPortals/transport/exactJson';
import { parsed } from '../../emulator/exchange';
import { ContractCheck } from '../../emulator/schema/check';
import type { Seen, Sent } from './client';
import type { Redactor } from './redact';

/** A call and its answer, without personal data. */
export interface Evidence {
	/** "GET /settings/portals/{portal}" */
	call: string;
	query: Record<string, string>;
	status: number;
	/** The answer's body with placeholders; left out where there was none. */
	body?: unknown;
	/** How the answer fits the contract. */
	contract: string;
}

/** Something in answers that the contract does not have. */
export interface Outside {
	call: string;
	status: number;
	/** JSON pointer into the answer `{ status, body }`. */
	pointer: string;
	/** Schema that comes closest. */
	schema: string;
	message: string;
	times: number;
}

/** Parameters that the tool itself gives plain values. */
const PLAIN = ['active', 'page', 'per_page', 'type', 'type__s'];

/** Writes down calls without personal data, and holds their answers against the contract. */
export class Recorder {
	private evidence: Evidence[] = [];

	private readonly violations = new Map<string, Outside>();

	/** Calls that were answered. */
	calls = 0;

	constructor(private readonly redactor: Redactor) {}

	readonly see = ({ method, template, sent, url, status, text }: Seen): void => {
		this.calls++;
		const call = `${method} ${template}`;
		const answer = parsed(text);
		const check = new ContractCheck();
		check.see({ method, url, body: sent.body, status, answer, fault: false });
		const outside = check.take().filter(({ part }) => part === 'answer');
		for (const { pointer, schema, message } of outside) {
			this.add({ call, status, pointer: this.pointer(pointer), schema, message, times: 1 });
		}
		const [assumed] = check.tolerated.keys();
		this.evidence.push({
			call,
			query: this.query(sent),
			status,
			...(answer !== undefined && { body: this.body(answer) }),
			contract: contractOf(outside.length, assumed),
		});
	};

	/** The calls since the last time. */
	take(): Evidence[] {
		return this.evidence.splice(0);
	}

	get outside(): Outside[] {
		return [...this.violations.values()];
	}

	private add(violation: Outside): void {
		const { call, status, pointer, message } = violation;
		// Rows of a list go astray together.
		const at = pointer.replace(/\/\d+(?=\/|$)/g, '/*');
		const key = JSON.stringify([call, status, at, message]);
		const known = this.violations.get(key);
		if (known) known.times++;
		else this.violations.set(key, { ...violation, pointer: at });
	}

	private pointer(pointer: string): string {
		return pointer
			.split('/')
			.map((part) => (part === '' || /^\d{1,5}$/.test(part) ? part : this.redactor.key(part)))
			.join('/');
	}

	private query({ query = {} }: Sent): Record<string, string> {
		const shown = Object.entries(query).map(([name, value]) => {
			if (PLAIN.includes(name)) return [name, value];
			const ids = value.split(',').length;
			return [
				name,
				ids > 2 ? `${ids} ids, ${value.length} characters` : this.redactor.placeholder(value),
			];
		});
		return Object.fromEntries(shown);
	}

	private body(answer: unknown): unknown {
		if (typeof answer === 'string') return `a text of ${answer.length} characters that is no JSON`;
		return isObject(answer) ? this.redactor.shape(answer) : 'JSON that is no object';
	}
}

function contractOf(outside: number, assumed: string | undefined): string {
	if (outside > 0) return 'outside';
	return assumed === undefined ? 'as documented' : `as the emulator assumes: ${assumed}`;
}
