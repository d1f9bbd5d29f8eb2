import type { MadePage } from '../docs/stale';
import type { Sample } from './collect';
import { schemaOf } from './schema';

/** Where n8n looks for them: `resolveOutputSchemaPath` in n8n-core's output-schema-resolver. */
export const PREVIEWS = 'nodes/ZohoCrmPortals/__schema__';

/**
 * The files that n8n's editor shows as the output of an operation that was not run yet. It asks for
 * them by the node's version (1), resource and operation; for triggers it does not ask.
 */
export function previewsOf(samples: Sample[]): MadePage[] {
	return samples.map(({ resource, operation, items }) => ({
		path: `${PREVIEWS}/v1.0.0/${resource}/${operation}.json`,
		// The version is that of the file's format, as in n8n's own files.
		text: `${JSON.stringify({ ...schemaOf(items), version: 1 }, null, '\t')}\n`,
	}));
}
