import type { Operation } from '../run/operation';

/** A resource of the node: its operations and the fields that they are asked by. */
export interface Resource {
	/** As the editor shows it. */
	name: string;
	/** As a saved workflow stores it. */
	value: string;
	/** In the order in which the editor offers them. */
	operations: Operation[];
}
