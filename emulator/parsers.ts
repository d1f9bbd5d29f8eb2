import type { FastifyInstance } from 'fastify';

/** Has forms and JSON read as Zoho reads them: a JSON body that is none is still answered by the API. */
export function registerParsers(app: FastifyInstance): void {
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => {
			done(null, Object.fromEntries(new URLSearchParams(String(body))));
		},
	);
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
		try {
			done(null, body === '' ? undefined : JSON.parse(String(body)));
		} catch {
			done(null, 'not JSON');
		}
	});
}
