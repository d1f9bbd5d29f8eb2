/** A call and its answer. */
export interface Exchange {
	method: string;
	/** As received, including the query. */
	url: string;
	/** The body of the request, parsed if it is JSON; undefined if there was none. */
	body: unknown;
	/** 0 if a fault replaced it. */
	status: number;
	/** The body of the answer, parsed if it is JSON; undefined if there was none. */
	answer: unknown;
	/** Whether a planned fault replaced the answer. */
	fault: boolean;
}

/** The content of an answer: parsed JSON, or other text unchanged. */
export function parsed(payload: unknown): unknown {
	if (typeof payload !== 'string' || payload === '') return undefined;
	try {
		return JSON.parse(payload);
	} catch {
		return payload;
	}
}
