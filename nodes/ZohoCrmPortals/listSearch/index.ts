export { searchModules } from './modules';
export { searchPortals } from './portals';
export { searchTargetUserTypes, searchUserTypes } from './userTypes';
export { searchUsers } from './users';
