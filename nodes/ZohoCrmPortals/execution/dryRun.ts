import type { ItemParameters } from './parameters';

/** Whether an item asks what would be done, in place of doing it. */
export function isDryRun(item: ItemParameters): boolean {
	// An expression may give a text for it: whatever is not plainly off must not write.
	return Boolean(item.value<{ dryRun?: unknown }>('options', {}).dryRun);
}
