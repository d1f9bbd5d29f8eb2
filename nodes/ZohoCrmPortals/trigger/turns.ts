/** The polls under way in this process: what each of them keeps its state in, by whose poll it is. */
const running = new Map<string, object>();

/**
 * Runs a poll unless the one before is still under way. n8n starts polls by the clock, however long
 * they take, and starts anew with other static data when a workflow is saved: the older poll must
 * not tell what the newer one tells as well.
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
	if (running.get(key) === data) return undefined;
	running.set(key, data);
	const isCurrent = () => running.get(key) === data;
	try {
		return await poll(isCurrent);
	} finally {
		if (isCurrent()) running.delete(key);
	}
}
