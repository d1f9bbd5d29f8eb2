import { ACCESS } from '../../nodes/ZohoCrmPortals/zoho/scopes';
import { connectedCredential } from '../credential';
import type { Account } from '../credential';
import { CREDENTIAL_TYPE } from '../types';
import type { Client } from './client';

/** Stores a credential of this package that is connected to the emulator with all scopes. */
export async function connect(client: Client, account: Account): Promise<void> {
	const data = connectedCredential(account, ACCESS.everything.join(','));
	await client.createCredential('Zoho CRM Portals', CREDENTIAL_TYPE, data);
}
