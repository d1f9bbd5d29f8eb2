/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */

/**
 * Mutants import this file instead of n8n-workflow, which takes a second to load for each of them.
 * `npm test` runs the same tests with n8n's own module.
 */
export const sleep = async (ms: number): Promise<void> =>
	await new Promise((resolve) => setTimeout(resolve, ms));

export class NodeApiError extends Error {}

export class NodeOperationError extends Error {}
