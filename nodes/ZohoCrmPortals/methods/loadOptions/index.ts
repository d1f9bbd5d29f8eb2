import { getRecordFields } from './recordFields';
import { getFields, getFilters, getLayouts, getModules, getViews } from './userTypeForm';

/** What lists of the form offer, by the names that its fields call them. */
export const loadOptions = {
	getFields,
	getFilters,
	getLayouts,
	getModules,
	getRecordFields,
	getViews,
};
