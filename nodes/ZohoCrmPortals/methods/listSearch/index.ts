import { searchInvitedModules, searchPersonalityModules } from './modules';
import { searchPortals } from './portals';
import { searchPortalUsers } from './portalUsers';
import { searchProfiles, searchRoles } from './rolesAndProfiles';
import { searchTargetUserTypes, searchUserTypes } from './userTypes';
import { searchActiveCrmUsers, searchCrmUsers } from './crmUsers';

/** What the pickers of the form list, by the names that its fields call them. */
export const listSearch = {
	searchActiveCrmUsers,
	searchInvitedModules,
	searchPersonalityModules,
	searchPortals,
	searchPortalUsers,
	searchProfiles,
	searchRoles,
	searchTargetUserTypes,
	searchCrmUsers,
	searchUserTypes,
};
