/** A module of the organization, with everything that can be chosen for portals. */
export interface ModuleMeta {
	id: string;
	api_name: string;
	plural_label: string;
	shared_type: 'private' | 'public';
	api_supported: boolean;
	viewable: boolean;
	/** Whether it can be a personality module. */
	personality: boolean;
	generated_type: 'default' | 'custom' | 'linking';
	fields: FieldMeta[];
	layouts: Array<{ id: string; name: string; fields: string[]; mandatory: string[] }>;
	views: CustomView[];
	/** IDs of lookup fields that connect it to a personality module. */
	filters: string[];
}

/** A view of a module: a list of some or all of its records. */
export interface CustomView {
	id: string;
	name: string;
	/** The displayed name. */
	display_label: string;
	type: string;
	/**
	 * IDs of its records; undefined for all records of the module, as in the views that Zoho
	 * creates.
	 */
	members?: string[];
}

/** A field of a module. */
export interface FieldMeta {
	id: string;
	api_name: string;
	field_label: string;
	data_type: string;
	read_only?: boolean;
	allowedInPortals?: boolean;
	/** Whether a search accepts only the operator `equals` for it. */
	encrypted?: boolean;
	/** The module that a lookup field points to. */
	lookup?: string;
}

/**
 * Whether a user type with this personality module can have the module: itself, Notes, public
 * modules, and modules connected to it by a lookup.
 */
export function isRelated(module: ModuleMeta, personality: ModuleMeta): boolean {
	return (
		module === personality ||
		module.api_name === 'Notes' ||
		module.shared_type === 'public' ||
		module.fields.some((field) => field.lookup === personality.api_name)
	);
}

/** A module in the format of user types. */
export function pickModule({ id, api_name, plural_label }: ModuleMeta) {
	return { plural_label, api_name, id };
}
