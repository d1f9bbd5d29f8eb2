import { DEFAULT_SCOPE } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { connectedCredential } from '../support/credential';
import type { Account } from '../support/credential';
import { CREDENTIAL_TYPE } from '../support/types';
import type { Client } from './client';

/** Stores a credential of this package that is connected to the emulator. */
export async function connect(client: Client, account: Account): Promise<void> {
	const data = connectedCredential(account, DEFAULT_SCOPE);
	await client.createCredential('Zoho CRM Portals', CREDENTIAL_TYPE, data);
}
