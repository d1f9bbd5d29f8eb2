/** What people wrote about a resource, in Markdown; links are those of a page in docs/. */
export interface ResourceText {
	/** Above all operations. */
	about: string;
	/** By the operation's value; what its description and its parameters do not say already. */
	operations: Record<string, string>;
}
