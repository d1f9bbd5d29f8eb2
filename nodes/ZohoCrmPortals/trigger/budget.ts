import type { IPollFunctions } from 'n8n-workflow';

import type { TravelOptions } from '../http/httpSettings';

/** What n8n 2 gives a poll unless it is told otherwise, in ms. */
const USUAL_BUDGET = 300_000;

/** Shares of the budget after which no further call is made, and that one call may take. */
const READING = 0.75;
const CALL = 0.2;

/** Ends the calls of a poll before n8n abandons it: what is thrown then is an error that says so. */
export function signalOf(context: IPollFunctions): AbortSignal {
	return AbortSignal.timeout(READING * budgetOf(context));
}

/** How calls travel, none of them longer than the budget of the poll allows. */
export function callSettings(context: IPollFunctions, travel: TravelOptions): TravelOptions {
	const longest = Math.ceil(CALL * budgetOf(context));
	const { timeout = longest } = travel;
	return { ...travel, timeout: Math.min(timeout, longest) };
}

/** How long n8n lets a poll take, in ms; n8n 1 does not say. */
function budgetOf(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return context.getPollBudgetMs?.() ?? USUAL_BUDGET;
}
