import type { Finding } from './finding';
import type { Options } from './options';
import type { Question } from './question';
import type { Evidence, Outside } from './recorder';
import { UNASKED } from './unasked';

/** A question with what became of it. */
export interface Result extends Finding {
	id: string;
	title: string;
	settled: boolean;
	/** The calls, in their order. */
	evidence: Evidence[];
}

/** What a run found out, without personal data. */
export interface Report {
	/** Of this package. */
	version: string;
	/** "2026-11-24" */
	date: string;
	dataCenter: string;
	/** As Zoho calls it; only where writes were asked for. */
	edition?: string;
	writes: string[];
	calls: number;
	/** Why not everything was asked. */
	stopped?: string;
	results: Result[];
	/** Calls before the first question. */
	before: Evidence[];
	outside: Outside[];
	notAsked: typeof UNASKED;
}

export function resultOf({ id, title }: Question, finding: Finding, evidence: Evidence[]): Result {
	return { id, title, settled: finding.answer !== undefined, ...finding, evidence };
}

/** A question that was not asked, with what it takes to ask it. */
export function notAsked(question: Question, { also, writes }: Options): Result {
	const { id, apart, write } = question;
	let needed = 'another run: the check stopped before';
	if (apart && !also.includes(id)) needed = `--also ${id}`;
	if (write && !writes.includes(write)) needed = `--writes ${write}`;
	return resultOf(question, { observation: 'Not asked.', needed }, []);
}
