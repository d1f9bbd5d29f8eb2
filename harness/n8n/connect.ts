import { DEFAULT_SCOPE } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { RECORD_SEARCH, recordsScope } from '../../nodes/ZohoCrmPortals/zoho/scopes';
import { connectedCredential } from '../credential';
import type { Account } from '../credential';
import { CREDENTIAL_TYPE } from '../types';
import type { Client } from './client';

/** What records are found by email with, which the scope of a new credential leaves out. */
const SEARCH = [RECORD_SEARCH, recordsScope('Contacts')];

/** Stores a credential of this package that is connected to the emulator. */
export async function connect(client: Client, account: Account): Promise<void> {
	const data = connectedCredential(account, [DEFAULT_SCOPE, ...SEARCH].join(','));
	await client.createCredential('Zoho CRM Portals', CREDENTIAL_TYPE, data);
}
