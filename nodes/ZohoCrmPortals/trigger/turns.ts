/** A poll in progress. */
interface Turn {
	/** The object in which it stores its state. */
	data: object;
	/** Whether it replaced another poll. Such a poll is not replaced itself. */
	isSecond: boolean;
}

/** The polls in progress in this process, by trigger. */
const running = new Map<string, Turn>();

/**
 * Runs a poll unless the previous one is still in progress. n8n starts polls by the clock, however
 * long they take. When a workflow is saved, n8n starts them with other static data. The older poll
 * must not report what the newer one reports as well. The newer one always runs to its end, because
 * n8n may give each poll a copy of its static data: otherwise, long polls would replace one another
 * forever.
 *
 * @param key identifies the trigger
 * @param data the static data that the poll uses
 * @param poll gets a function that tells whether its result still counts
 * @returns undefined if another poll is in progress
 */
export async function inTurn<T>(
	key: string,
	data: object,
	poll: (isCurrent: () => boolean) => Promise<T>,
): Promise<T | undefined> {
	const other = running.get(key);
	if (other && (other.data === data || other.isSecond)) return undefined;
	const turn = { data, isSecond: other !== undefined };
	running.set(key, turn);
	const isCurrent = () => running.get(key) === turn;
	try {
		return await poll(isCurrent);
	} finally {
		if (isCurrent()) running.delete(key);
	}
}
