import { objectIn, objectsIn, withoutNulls } from './answers';
import type { Json } from './answers';
import { pickModule } from './modules';
import type { ModuleMeta } from './modules';

const CRM = ['view', 'edit', 'edit_shared_records', 'create', 'delete'];
const NOTES = ['view', 'edit', 'create', 'delete', 'create_attachment', 'delete_attachment'];

/**
 * Adds missing data, as Zoho does: names of objects that were sent by ID, and false for permissions
 * that were not sent.
 */
export function described(known: ModuleMeta, module: Json): Json {
	const permissions = known.api_name === 'Notes' ? NOTES : CRM;
	return {
		...pickModule(known),
		shared_type: module.shared_type,
		permissions: {
			...Object.fromEntries(permissions.map((permission) => [permission, false])),
			...withoutNulls(module.permissions),
		},
		filters: orNull(objectsIn(module.filters).map((filter) => filterOf(known, filter))),
		fields: objectsIn(module.fields).map((field) => ({
			...field,
			api_name: known.fields.find(({ id }) => id === field.id)?.api_name,
		})),
		layouts: orNull(objectsIn(module.layouts).map((layout) => layoutOf(known, layout))),
		views: viewOf(known, module.views),
	};
}

/** A module of a new user type. Zoho adds the fields of notes if the client leaves them out. */
export function created(known: ModuleMeta, module: Json): Json {
	const all = known.fields.map(({ id }) => ({ read_only: false, id }));
	const fields = known.api_name === 'Notes' ? (module.fields ?? all) : module.fields;
	return described(known, { ...module, fields });
}

function filterOf({ fields }: ModuleMeta, { id }: Json): Json {
	const field = fields.find((one) => one.id === id);
	return { display_label: field?.field_label, api_name: field?.api_name, id };
}

/** Users see the layout itself unless a wizard is chosen. */
function layoutOf({ layouts }: ModuleMeta, { id, _default_view: chosen }: Json): Json {
	const name = layouts.find((one) => one.id === id)?.name;
	const named = { display_label: name, name, id };
	return { ...named, _default_view: { ...named, type: 'layout', ...objectIn(chosen) } };
}

/** Canvas views are in no list, so any ID may be one. */
function viewOf({ views }: ModuleMeta, view: unknown): Json | null {
	const { id, type } = objectIn(view);
	if (id === undefined) return null;
	const known = views.find((one) => one.id === id);
	const canvas = { display_label: 'Canvas', name: 'Canvas' };
	return {
		display_label: known?.display_label ?? canvas.display_label,
		name: known?.name ?? canvas.name,
		id,
		type: type ?? known?.type ?? 'canvas_view',
	};
}

function orNull(list: Json[]): Json[] | null {
	return list.length > 0 ? list : null;
}
