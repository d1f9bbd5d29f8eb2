import type { IPollFunctions } from 'n8n-workflow';

import type { TravelOptions } from '../http/httpSettings';

/** The default poll budget of n8n 2, in ms. */
const USUAL_BUDGET = 300_000;

/**
 * Fractions of the budget: no call starts after the first one, and no call takes longer than the
 * second one.
 */
const READING = 0.75;
const CALL = 0.2;

/** A signal that stops the calls of a poll before n8n abandons it. The error then says so. */
export function signalOf(context: IPollFunctions): AbortSignal {
	return AbortSignal.timeout(READING * budgetOf(context));
}

/** The network settings, with a timeout that fits into the budget of the poll. */
export function callSettings(context: IPollFunctions, travel: TravelOptions): TravelOptions {
	const longest = Math.ceil(CALL * budgetOf(context));
	const { timeout = longest } = travel;
	return { ...travel, timeout: Math.min(timeout, longest) };
}

/** How long n8n lets a poll take, in ms. n8n 1 does not provide this. */
function budgetOf(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return context.getPollBudgetMs?.() ?? USUAL_BUDGET;
}
