import type { Operation } from '../run/operation';

/** A resource of the node, with its operations and their fields. */
export interface Resource {
	/** The name in the editor. */
	name: string;
	/** The value in a saved workflow. */
	value: string;
	/** In the order in which the editor lists them. */
	operations: Operation[];
}
