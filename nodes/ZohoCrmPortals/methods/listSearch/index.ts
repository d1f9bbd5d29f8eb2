export { searchInvitedModules, searchPersonalityModules } from './modules';
export { searchPortals } from './portals';
export { searchProfiles, searchRoles } from './rolesAndProfiles';
export { searchTargetUserTypes, searchUserTypes } from './userTypes';
export { searchUsers } from './users';
