/** The names that n8n gives what this package ships. */
export const NODE_TYPE = 'n8n-nodes-zoho-crm-portals.zohoCrmPortals';
export const TRIGGER_TYPE = 'n8n-nodes-zoho-crm-portals.zohoCrmPortalsTrigger';
export const CREDENTIAL_TYPE = 'zohoCrmPortalsOAuth2Api';
