import type { ListedUserType } from './reading';

/**
 * The difference between Zoho's count of a user type and its list, when the list was read in full.
 */
interface Gap {
	by: number;
	/**
	 * The difference was zero, or the same twice, so it is no news. Otherwise, counts and lists may
	 * lag.
	 */
	isUsual: boolean;
}

/** By the ID of the user type. */
export type Differences = ReadonlyMap<string, Gap>;

/**
 * Calculates the differences between counts and lists that were read in full.
 *
 * @param amounts the number of people in these lists, by the ID of the user type
 */
export function differencesOf(
	userTypes: ListedUserType[],
	amounts: ReadonlyMap<string, number>,
	before: Differences = new Map(),
): Differences {
	const differences = new Map<string, Gap>();
	for (const { id, count } of userTypes) {
		const old = before.get(id);
		const amount = amounts.get(id);
		if (amount === undefined) {
			if (old) differences.set(id, old);
		} else if (count !== undefined) {
			const by = count - amount;
			differences.set(id, { by, isUsual: by === 0 || old?.by === by });
		}
	}
	return differences;
}

/** Whether the count of a user type matches the people who are known to be in it. */
export function isExplained(
	{ id, count }: ListedUserType,
	amount: number,
	differences: Differences,
): boolean {
	const difference = differences.get(id);
	return difference !== undefined && difference.isUsual && count === amount + difference.by;
}

/** Whether a list is empty although Zoho counts people in it, more than the usual difference. */
export function isHollow(
	{ id, count = 0 }: ListedUserType,
	amount: number | undefined,
	differences: Differences,
): boolean {
	const difference = differences.get(id);
	const isUsual = difference?.isUsual === true && difference.by === count;
	return amount === 0 && count > 0 && !isUsual;
}
