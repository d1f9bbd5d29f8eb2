/** n8n's names for the nodes and the credential of this package. */
export const NODE_TYPE = 'n8n-nodes-zoho-crm-portals.zohoCrmPortals';
export const TRIGGER_TYPE = 'n8n-nodes-zoho-crm-portals.zohoCrmPortalsTrigger';
export const CREDENTIAL_TYPE = 'zohoCrmPortalsOAuth2Api';
