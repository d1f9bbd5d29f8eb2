import { HOST } from '../../harness/n8n/ports';
import { startShared } from '../../harness/n8n/shared';

export default async (): Promise<void> =>
	await startShared(['2.41'], {
		// n8n takes the address that Zoho sends people back to from it.
		N8N_HOST: HOST,
		N8N_DISABLED_MODULES: 'instance-ai,mcp-registry',
	});
