import type { IDataObject } from 'n8n-workflow';

/** What a person is told of somebody. */
export type Told = 'done' | 'failed' | 'uncertain' | 'scheduled';

/** What is true of somebody. */
export interface Truth {
	id: string;
	/** `before`: it was so before the run, and the run did nothing. */
	done: boolean | 'before';
	/**
	 * Whether it may have no outcome, as people who need no change or are not on a list. Then it must
	 * not have been done.
	 */
	isOptional?: boolean;
	/** How often it happened; more than once is wrong for what must not happen twice. */
	times?: number;
}

/** What an item of the output says of its subject. */
export function toldBy(json: IDataObject): Told {
	if (json.error !== undefined) return json.uncertain === true ? 'uncertain' : 'failed';
	if (json.heldBack === true) return 'failed';
	return json.scheduled === true ? 'scheduled' : 'done';
}

/** What is wrong between what was told and what is so, in words. */
export function violations(told: Map<string, Told[]>, truths: Truth[]): string[] {
	return truths.flatMap(({ id, done, isOptional, times = 0 }) => {
		const all = told.get(id) ?? [];
		const wrong: string[] = [];
		const isLeftOut = isOptional && all.length === 0;
		if (isLeftOut && done === true) wrong.push(`${id} is done, and nothing is told`);
		if (all.length !== 1 && !isLeftOut)
			wrong.push(`${id} has ${all.length} outcomes: ${all.join(', ')}`);
		if (all.includes('done') && !done) wrong.push(`${id} is told done, and is not`);
		if (all.includes('failed') && done === true) wrong.push(`${id} is told failed, and is done`);
		if (times > 1) wrong.push(`${id} happened ${times} times`);
		return wrong;
	});
}
