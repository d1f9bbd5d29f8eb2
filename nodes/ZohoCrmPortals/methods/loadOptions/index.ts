export { getFields, getFilters, getLayouts, getModules, getViews } from './userTypeForm';
