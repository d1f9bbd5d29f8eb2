/** A poll under way. */
interface Turn {
	/** What it keeps its state in. */
	data: object;
	/** It took the turn of another poll, so that nobody takes its own. */
	isSecond: boolean;
}

/** The polls under way in this process, by whose they are. */
const running = new Map<string, Turn>();

/**
 * Runs a poll unless the one before is still under way. n8n starts polls by the clock, however long
 * they take, and starts anew with other static data when a workflow is saved: the older poll must
 * not tell what the newer one tells as well. The newer one ends in any case, since n8n may give each
 * poll a copy of its static data, and polls that take long would follow one another for ever.
 *
 * @param key whose poll it is
 * @param data static data that it goes by
 * @param poll is told by the function that it gets whether its result still counts
 * @returns undefined where there was no turn
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
