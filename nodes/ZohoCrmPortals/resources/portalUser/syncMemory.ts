import type { IDataObject } from 'n8n-workflow';

import type { Result } from '../../execution/result';
import type { Run } from '../../execution/run';
import type { Action, Change } from './syncPlan';

/**
 * What a try of n8n's "Retry On Fail" keeps for the next one, which reads the portal anew and so no
 * longer finds what was done to be missing.
 */
export function remember(run: Run, portal: string, change: Change, result: Result): void {
	run.memory?.keep(nameFor(portal), keyFor(change.id, change.action), result);
}

/** Items of what earlier tries have done and this one does not do. */
export function doneBefore(run: Run, portal: string, changes: Change[]): IDataObject[] {
	const planned = new Set(changes.map(({ id, action }) => keyFor(id, action)));
	const before = run.memory?.recall(nameFor(portal)) ?? [];
	return [...before].flatMap(([key, result]) =>
		planned.has(key) || !('output' in result) ? [] : [result.output],
	);
}

/** Whether an earlier try has invited somebody, or may have. */
export function wasMailed(run: Run, portal: string, id: string): boolean {
	return run.memory?.recall(nameFor(portal)).has(keyFor(id, 'invited')) === true;
}

function nameFor(portal: string): string {
	return `synced ${portal}`;
}

function keyFor(id: string, action: Action): string {
	return `${action} ${id}`;
}
