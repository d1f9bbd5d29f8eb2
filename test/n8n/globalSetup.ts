import { ALL_SERIES } from '../../harness/n8n/install';
import { startShared } from '../../harness/n8n/shared';

export default async (): Promise<void> =>
	// n8n 1 does not let community nodes be tools otherwise.
	await startShared(ALL_SERIES, { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true' });
