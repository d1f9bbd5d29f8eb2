import { getRecordFields } from './recordFields';
import { getFields, getFilters, getLayouts, getModules, getViews } from './userTypeForm';

/** The option lists of the form, by the names that the fields use. */
export const loadOptions = {
	getFields,
	getFilters,
	getLayouts,
	getModules,
	getRecordFields,
	getViews,
};
