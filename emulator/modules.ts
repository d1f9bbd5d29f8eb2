/** A module of the organization, with what there is to choose from in portals. */
export interface ModuleMeta {
	id: string;
	api_name: string;
	plural_label: string;
	shared_type: 'private' | 'public';
	api_supported: boolean;
	viewable: boolean;
	/** Modules whose records can be people. */
	personality: boolean;
	generated_type: 'default' | 'custom' | 'linking';
	fields: FieldMeta[];
	layouts: Array<{ id: string; name: string; fields: string[]; mandatory: string[] }>;
	views: CustomView[];
	/** Ids of lookup fields that tie it to a personality module. */
	filters: string[];
}

/** A view of a module: a list of some or all of its records. */
export interface CustomView {
	id: string;
	name: string;
	/** What people see it called. */
	display_label: string;
	type: string;
	/** Ids of the records in it; unset: all of the module, as in the views that Zoho makes. */
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
	/** Takes no operator but `equals` in a search. */
	encrypted?: boolean;
	/** Module that a lookup field points to. */
	lookup?: string;
}

/** A module as user types name it. */
export function pickModule({ id, api_name, plural_label }: ModuleMeta) {
	return { plural_label, api_name, id };
}
