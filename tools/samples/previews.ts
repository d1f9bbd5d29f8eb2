import type { MadePage } from '../docs/stale';
import type { Sample } from './collect';
import { schemaOf } from './schema';

/**
 * The folder in which n8n looks for them: `resolveOutputSchemaPath` in n8n-core's
 * output-schema-resolver.
 */
export const PREVIEWS = 'nodes/ZohoCrmPortals/__schema__';

/**
 * The files that n8n's editor shows as the output of an operation that has not run yet. It requests
 * them by the node's version (1), resource and operation, but not for triggers.
 */
export function previewsOf(samples: Sample[]): MadePage[] {
	return samples.map(({ resource, operation, items }) => ({
		path: `${PREVIEWS}/v1.0.0/${resource}/${operation}.json`,
		// The version of the file format, as in n8n's own files.
		text: `${JSON.stringify({ ...schemaOf(items), version: 1 }, null, '\t')}\n`,
	}));
}
