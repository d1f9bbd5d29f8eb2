import { searchInvitedModules, searchPersonalityModules } from './modules';
import { searchPortals } from './portals';
import { searchPortalUsers } from './portalUsers';
import { searchProfiles, searchRoles } from './rolesAndProfiles';
import { searchTargetUserTypes, searchUserTypes } from './userTypes';
import { searchActiveCrmUsers, searchCrmUsers } from './crmUsers';

/** The pickers of the form, by the names that the fields use. */
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
