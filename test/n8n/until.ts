import { sleep } from 'n8n-workflow';

/** In ms; asking more often would keep n8n from its work. */
const PAUSE = 200;

/** Asks again and again until there is an answer; fails after `seconds`, naming what was waited for. */
export async function until<T>(
	what: string,
	seconds: number,
	ask: () => Promise<T | undefined>,
): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain: ${what}`);
		await sleep(PAUSE);
	}
}
