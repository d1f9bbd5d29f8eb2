export { searchInvitedModules, searchPersonalityModules } from './modules';
export { searchPortals } from './portals';
export { searchProfiles, searchRoles } from './rolesAndProfiles';
export { searchTargetUserTypes, searchUserTypes } from './userTypes';
export { searchActiveUsers, searchUsers } from './users';
