import type { Emulator } from '../emulator/server';

const SCOPE =
	'ZohoCRM.settings.clientportal.ALL,ZohoCRM.users.ALL,ZohoCRM.settings.ALL,ZohoCRM.change_owner.ALL,ZohoCRM.modules.ALL,ZohoCRM.org.READ,ZohoSearch.securesearch.READ';

/** An answer of an emulator. `body` is parsed if it is JSON, otherwise it is text. */
interface Answered {
	status: number;
	body: unknown;
}

/**
 * Calls an emulator's API like any client, with a token that has all scopes.
 *
 * @param emulator the emulator of the file, once it has started
 * @returns a function that sends a body as JSON
 */
export function caller(emulator: () => Emulator) {
	let token: string | undefined;
	return async (method: string, path: string, body?: unknown): Promise<Answered> => {
		token ??= emulator().connect(SCOPE).access_token;
		const response = await fetch(`${emulator().origin}/crm/v8${path}`, {
			method,
			headers: {
				Authorization: `Zoho-oauthtoken ${token}`,
				...(body !== undefined && { 'Content-Type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		return { status: response.status, body: read(await response.text()) };
	};
}

function read(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
