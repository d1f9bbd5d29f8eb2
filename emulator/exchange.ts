/** A call and how it was answered. */
export interface Exchange {
	method: string;
	/** As it was on the wire, query included. */
	url: string;
	/** What was sent, parsed where it is JSON; undefined without a body. */
	body: unknown;
	/** 0 where a fault took its place. */
	status: number;
	/** What was answered, parsed where it is JSON; undefined without a body. */
	answer: unknown;
	/** A planned fault took the place of the answer. */
	fault: boolean;
}

/** What an answer holds: JSON read, other texts as they are. */
export function parsed(payload: unknown): unknown {
	if (typeof payload !== 'string' || payload === '') return undefined;
	try {
		return JSON.parse(payload);
	} catch {
		return payload;
	}
}
