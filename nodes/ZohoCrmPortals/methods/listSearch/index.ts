export { searchInvitedModules, searchPersonalityModules } from './modules';
export { searchPortals } from './portals';
export { searchPortalUsers } from './portalUsers';
export { searchProfiles, searchRoles } from './rolesAndProfiles';
export { searchTargetUserTypes, searchUserTypes } from './userTypes';
export { searchActiveUsers, searchUsers } from './users';
