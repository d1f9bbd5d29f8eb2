import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { isObject, listOf } from '../../http/exactJson';
import { metadata } from '../../zoho/metadata';
import { pick } from '../../http/pick';
import type { Definition } from './definition';
import { labelOf } from './differences';

/** A user type with the IDs of this organization, and the parts without a match. */
interface Matched {
	userType: IDataObject & { personality_module: IDataObject; modules: IDataObject[] };
	/** In plain words: "Contacts.Region", "layout "Gold" of Contacts". */
	missing: string[];
}

/** The parts of a module of a user type, by the name of their metadata. */
type Part = 'custom_views' | 'fields' | 'layouts';

/**
 * Puts the IDs of this organization into a user type that may come from another one. Entries
 * without an ID of this organization are found by API name, or by label if they have no API name.
 * Metadata is only read for entries that the present user type does not contain.
 *
 * @param present the existing user type, as "Get" returns it; empty if there is none
 */
export async function matchDefinition(
	connection: Connection,
	definition: Definition,
	present: IDataObject,
): Promise<Matched> {
	const missing: string[] = [];
	const modules: IDataObject[] = [];
	for (const module of definition.modules) {
		const known = listOf(present.modules).find(({ id }) => id === module.id);
		const found = known ?? match(await metadata(connection, 'modules'), module);
		if (!found) {
			missing.push(`the module ${labelOf(module)}`);
			continue;
		}
		const there = listOf(present.modules).find(({ id }) => id === found.id) ?? {};
		modules.push(await new ModuleMatch(connection, module, found, there, missing).result());
	}
	const { name, active, personality_module: wanted, invitation_field: field } = definition;
	const { personality_module: known } = present;
	const isKnown = isObject(known) && known.id === wanted.id;
	const personality = isKnown ? known : match(await metadata(connection, 'modules'), wanted);
	if (!personality) missing.push(`the module ${labelOf(wanted)}`);
	// Only a new user type accepts one.
	const invitation =
		personality && isObject(field) && present.id === undefined
			? await invitationIn(connection, labelOf(personality), field, missing)
			: undefined;
	return {
		userType: {
			name,
			...(active !== undefined && { active }),
			personality_module: pick(personality ?? wanted, ['id', 'api_name']),
			...(invitation && { invitation_field: pick(invitation, ['id', 'api_name']) }),
			modules,
		},
		missing: [...new Set(missing)],
	};
}

async function invitationIn(
	connection: Connection,
	module: string,
	field: IDataObject,
	missing: string[],
): Promise<IDataObject | undefined> {
	const found = match(await metadata(connection, 'fields', module), field);
	if (!found) missing.push(`the field ${module}.${labelOf(field)}`);
	return found;
}

/** One module of a definition. */
class ModuleMatch {
	private readonly name: string;

	constructor(
		private readonly connection: Connection,
		private readonly module: IDataObject,
		/** The module of this organization, from its metadata or from the existing user type. */
		private readonly found: IDataObject,
		/** The module in the existing user type; empty if it is not there. */
		private readonly there: IDataObject,
		private readonly missing: string[],
	) {
		this.name = labelOf(found);
	}

	async result(): Promise<IDataObject> {
		const { id, api_name } = this.found;
		const { shared_type, permissions, layouts, views, filters, fields } = this.module;
		return {
			id,
			api_name,
			...(typeof shared_type === 'string' && { shared_type }),
			...(isObject(permissions) && { permissions }),
			...(layouts !== undefined && { layouts: orNull(await this.layouts()) }),
			...(views !== undefined && { views: isObject(views) ? await this.view(views) : null }),
			...(filters !== undefined && { filters: orNull(await this.filters()) }),
			...(Array.isArray(fields) && { fields: await this.fields() }),
		};
	}

	private async layouts(): Promise<IDataObject[]> {
		return await this.each('layouts', this.module.layouts, (layout, { id, ...found }) => {
			const { _default_view: view } = layout;
			const label = { id, name: found.name ?? found.display_label };
			if (!isObject(view)) return label;
			if (view.type !== 'wizard') return { ...label, _default_view: { id, type: 'layout' } };
			if (!this.isFromHere) this.lacks(`wizard "${labelOf(view)}"`);
			return { ...label, _default_view: { id: view.id, type: 'wizard' } };
		});
	}

	private async view(view: IDataObject): Promise<IDataObject | null> {
		const { type = 'custom_view' } = view;
		// Canvas views are in no list, so their IDs are used if they come from this organization.
		if (type !== 'custom_view') {
			const { views } = this.there;
			const same = isObject(views) && views.type === type ? match([views], view) : undefined;
			if (!same && !this.isFromHere) this.lacks(`view "${labelOf(view)}"`);
			return { name: labelOf(view), ...same, id: (same ?? view).id, type };
		}
		const [found] = await this.each('custom_views', [view], (_, { id, ...rest }) => {
			return { id, type, name: rest.name ?? rest.display_value };
		});
		return found ?? null;
	}

	private async filters(): Promise<IDataObject[]> {
		return await this.each('fields', this.module.filters, (_, found) => {
			const { id, api_name, display_label, field_label } = found;
			return { id, api_name, display_label: display_label ?? field_label };
		});
	}

	/**
	 * The fields, including those that are in the user type but not in the definition, which are
	 * marked for removal. Sorted by name, because the order in which Zoho lists fields has no
	 * meaning.
	 */
	private async fields(): Promise<IDataObject[]> {
		const wanted = await this.each('fields', this.module.fields, (field, { id, api_name }) => ({
			id,
			api_name,
			read_only: field.read_only === true,
		}));
		const gone = listOf(this.there.fields)
			.filter((field) => !wanted.some(({ id }) => id === field.id))
			.map(({ id, api_name, read_only }) => ({ id, api_name, read_only, _delete: true }))
			.sort((one, other) => (labelOf(one) < labelOf(other) ? -1 : 1));
		return [...wanted, ...gone];
	}

	/** Finds each entry by ID in the existing user type, or else in the metadata. */
	private async each(
		part: Part,
		entries: unknown,
		toInput: (entry: IDataObject, found: IDataObject) => IDataObject,
	): Promise<IDataObject[]> {
		const inputs: IDataObject[] = [];
		for (const entry of listOf(entries)) {
			const found =
				this.known(part).find(({ id }) => id === entry.id) ?? (await this.look(part, entry));
			if (found) inputs.push(toInput(entry, found));
			else if (part === 'fields') this.missing.push(`the field ${this.name}.${labelOf(entry)}`);
			else this.lacks(`${part === 'layouts' ? 'layout' : 'view'} "${labelOf(entry)}"`);
		}
		return inputs;
	}

	private known(part: Part): IDataObject[] {
		const { views, layouts, fields, filters } = this.there;
		if (part === 'custom_views')
			return isObject(views) && views.type === 'custom_view' ? [views] : [];
		return part === 'layouts' ? listOf(layouts) : [...listOf(fields), ...listOf(filters)];
	}

	private async look(part: Part, entry: IDataObject): Promise<IDataObject | undefined> {
		return match(await metadata(this.connection, part, String(this.found.api_name)), entry);
	}

	/** Whether the module comes from this organization: IDs are unique across all organizations. */
	private get isFromHere(): boolean {
		return this.module.id === this.found.id;
	}

	private lacks(what: string): void {
		this.missing.push(`the ${what} of ${this.name}`);
	}
}

const API_NAMES = ['api_name', 'module_name'];

const LABELS = [
	'display_label',
	'display_value',
	'field_label',
	'plural_label',
	'name',
	...API_NAMES,
];

/**
 * The matching row, by ID. Without the same ID, the API name decides if both sides have one,
 * because different objects may have the same label. Without an API name, a label that only one row
 * has is sufficient.
 */
function match(rows: IDataObject[], wanted: IDataObject): IDataObject | undefined {
	const byId = rows.find(({ id }) => id !== undefined && id === wanted.id);
	const hasApiName = (one: IDataObject) => textsIn(one, API_NAMES).length > 0;
	if (byId) return byId;
	if (hasApiName(wanted) && rows.some(hasApiName)) return onlyOne(rows, wanted, API_NAMES);
	return onlyOne(rows, wanted, [...API_NAMES, 'name']) ?? onlyOne(rows, wanted, LABELS);
}

function onlyOne(rows: IDataObject[], wanted: IDataObject, keys: string[]) {
	const names = textsIn(wanted, keys);
	const found = rows.filter((row) => textsIn(row, keys).some((text) => names.includes(text)));
	return found.length === 1 ? found[0] : undefined;
}

function textsIn(entry: IDataObject, keys: string[]): string[] {
	return keys.map((key) => entry[key]).filter((text) => typeof text === 'string');
}

/** Zoho requires null in place of an empty list. */
function orNull(list: IDataObject[]): IDataObject[] | null {
	return list.length > 0 ? list : null;
}
