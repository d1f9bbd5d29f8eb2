import type { Sample } from './collect';
import { schemaOf } from './schema';

/** A file of the repository, as it should be. */
export interface GeneratedFile {
	/** From the root of the repository. */
	path: string;
	text: string;
}

/** Where n8n looks for them: `resolveOutputSchemaPath` in n8n-core's output-schema-resolver. */
export const PREVIEWS = 'nodes/ZohoCrmPortals/__schema__';

/**
 * The files that n8n's editor shows as the output of an operation that was not run yet. It asks for
 * them by the node's version (1), resource and operation.
 */
export function previewsOf(samples: Sample[]): GeneratedFile[] {
	return samples.map(({ resource, operation, items }) => ({
		path: `${PREVIEWS}/v1.0.0/${resource}/${operation}.json`,
		// The format of the file, not of the node; n8n's own files have it.
		text: JSON.stringify({ ...schemaOf(items), version: 1 }),
	}));
}
