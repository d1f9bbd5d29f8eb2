import { NodeOperationError } from 'n8n-workflow';
import type { Failure, INode, NodeApiError } from 'n8n-workflow';

import { nodeError } from '../errors/nodeError';
import { accountOf } from '../http/connection';
import type { Connection } from '../http/connection';
import { dataOf } from '../http/error';
import type { ZohoErrorData } from '../http/error';
import { isRefusal } from '../http/proof';

/** The labels for errors of a poll. */
export const POLL_LABELS = {
	thing: 'portal',
	done: 'read',
	messages: {
		INVALID_DATA: {
			reason: 'Zoho has no portal with this name',
			remedy: 'It may have been deleted. Choose the portal in the node.',
		},
		BROKEN_ANSWER: {
			reason: 'the connection broke before Zoho answered',
			remedy: 'No changes are lost: the next poll reports them.',
		},
		CANCELLED: {
			reason: 'it took longer than n8n allows for a poll',
			remedy:
				'No changes are lost, but none are reported until a poll finishes in time. Zoho may be slow at the moment. If this goes on, give polls more time in the settings of n8n.',
		},
	},
};

/** Codes that mean that the credential has to be reconnected or replaced. */
const CREDENTIAL = new Set([
	'AUTHENTICATION_FAILURE',
	'FOREIGN_ORIGIN',
	'INVALID_HOST',
	'INVALID_TOKEN',
	'NO_CREDENTIAL',
	'NOT_CONNECTED',
	'OAUTH_SCOPE_MISMATCH',
]);

/**
 * The error that a failed poll throws. n8n 2 uses `failure` to decide when to poll again; n8n 1
 * only shows the texts.
 */
export async function pollError(
	node: INode,
	connection: Connection,
	portal: string,
	error: unknown,
): Promise<NodeApiError | NodeOperationError> {
	if (error instanceof NodeOperationError) return error;
	const data = dataOf(error);
	const labels = { ...POLL_LABELS, account: await accountOf(connection) };
	const thrown = nodeError(node, labels, [{ subject: { portal }, error: data }]);
	thrown.failure = failureInWords(data);
	return thrown;
}

/** Why a poll failed, in n8n's terms (`Failure` of n8n-workflow). */
function failureInWords({ code, httpStatus, retryAfter }: ZohoErrorData): Failure {
	if (CREDENTIAL.has(code) || httpStatus === 401) return { cause: 'credential-invalid' };
	if (httpStatus === 429) {
		return { cause: 'rate-limited', ...(retryAfter !== undefined && { retryAfterMs: retryAfter }) };
	}
	if (code === 'STRANGE_ROW') return { cause: 'node-defect' };
	if (code === 'NO_PORTAL' || code === 'MANY_PORTALS') return { cause: 'configuration-invalid' };
	return isRefusal(httpStatus)
		? { cause: 'configuration-invalid' }
		: {
				cause: 'temporarily-unavailable',
				...(retryAfter !== undefined && { retryAfterMs: retryAfter }),
			};
}
