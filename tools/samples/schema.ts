/** A JSON schema in n8n's own dialect, which only has types. */
export interface Schema {
	type?: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/**
 * The schema for values of the same kind, such as all items of a run. n8n's editor shows one type
 * per field. If types differ, the type of the first value that is not null is used.
 */
export function schemaOf(values: unknown[]): Schema {
	const [first = null] = values.filter((value) => value !== null && value !== undefined);
	if (Array.isArray(first)) {
		const entries = values.filter(Array.isArray).flat();
		return { type: 'array', items: entries.length > 0 ? schemaOf(entries) : {} };
	}
	if (isObject(first)) {
		const objects = values.filter(isObject);
		const names = new Set(objects.flatMap(Object.keys));
		const properties = [...names].map((name): [string, Schema] => [
			name,
			schemaOf(objects.filter((object) => name in object).map((object) => object[name])),
		]);
		return { type: 'object', properties: Object.fromEntries(properties) };
	}
	return { type: nameOfType(first) };
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOfType(value: unknown): string {
	if (value === null) return 'null';
	return Number.isInteger(value) ? 'integer' : typeof value;
}
