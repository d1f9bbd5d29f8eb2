import type { RemoteEmulator } from '../../emulator/remote';
import { mapWithConcurrency } from '../../nodes/ZohoCrmPortals/http/concurrency';

/** A call of a script without n8n; `{job}` in its path stands for the job of the previous call. */
export type Call = [method: string, path: string, body?: object];

/** Makes the calls for each part of the IDs, with this many parts at once, and nothing else. */
export async function callBare(
	emulator: RemoteEmulator,
	token: string,
	parts: string[][],
	inFlight: number,
	callsFor: (ids: string[]) => Call[],
): Promise<void> {
	await mapWithConcurrency(parts, inFlight, async (part) => {
		let job = '';
		for (const [method, address, body] of callsFor(part)) {
			const response = await fetch(`${emulator.origin}/crm/v8${address.replace('{job}', job)}`, {
				method,
				headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
				body: body === undefined ? (method === 'GET' ? undefined : '') : JSON.stringify(body),
			});
			const text = await response.text();
			if (!response.ok) throw new Error(`${method} ${address} was refused: ${text}`);
			job = /"job_id":"(\d+)"/.exec(text)?.[1] ?? '';
		}
	});
}
