import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Reads all bodies, regardless of their type, so that the API itself answers them, as Zoho does.
 * Only the accounts server reads forms; for the API, a body is JSON whatever its type.
 */
export function registerParsers(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		({ url }, body, done) => {
			const text = String(body);
			done(null, isForAccounts(url) ? Object.fromEntries(new URLSearchParams(text)) : jsonOf(text));
		},
	);
	app.addContentTypeParser(
		'multipart/form-data',
		{ parseAs: 'buffer' },
		async ({ headers, url }: FastifyRequest, body: Buffer) => {
			if (!isForAccounts(url)) return jsonOf(body.toString());
			const type = headers['content-type'] ?? '';
			try {
				return await formOf(new Response(body, { headers: { 'content-type': type } }));
			} catch {
				return 'not a form';
			}
		},
	);
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
		done(null, jsonOf(String(body))),
	);
	// Zoho's own SDK sends JSON without a Content-Type.
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
		done(null, jsonOf(String(body))),
	);
}

const isForAccounts = (url: string) => url.startsWith('/oauth/');

function jsonOf(text: string): unknown {
	try {
		return text === '' ? undefined : JSON.parse(text);
	} catch {
		return 'not JSON';
	}
}

/** The fields of a form; files are left out. */
async function formOf(response: Response): Promise<Record<string, string>> {
	const form: Record<string, string> = {};
	for (const [name, value] of await response.formData()) {
		if (typeof value === 'string') form[name] = value;
	}
	return form;
}
