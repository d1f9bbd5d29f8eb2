import type { Call } from './client';
import type { Finding } from './finding';
import type { Scene } from './scene';

/** What a person can allow by name, in the order in which it is done. */
export const WRITES = ['invite', 'status', 'transfer', 'delete'] as const;

export type Write = (typeof WRITES)[number];

/** Something that Zoho's sources do not tell, or tell in more than one way. */
export interface Question {
	/** Names it in the report and on the command line. */
	id: string;
	title: string;
	needs: 'reads' | 'writes';
	/** What has to be allowed by name; only where it needs writes. */
	write?: Write;
	/** Scopes that its calls want. */
	scopes: string[];
	/** It needs a token of its own, with its scopes and no others, and is asked only by name. */
	apart?: boolean;
	ask(call: Call, scene: Scene): Promise<Finding>;
}
