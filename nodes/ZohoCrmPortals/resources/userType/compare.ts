import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { namedAmong, readUserType, readUserTypes } from '../../zoho/directory';
import { errorData, ZohoApiError } from '../../http/error';
import { isObject, listOf } from '../../http/exactJson';
import { userTypePath } from '../../zoho/paths';
import { pick } from '../../http/pick';
import type { Definition } from './definition';
import { differences, labelOf } from './differences';
import type { Difference } from './differences';
import { invitationField } from './invitationField';
import { matchDefinition } from './matchDefinition';
import { toModuleInput } from './modules';

/** A definition and the user type with its name. */
export interface Comparison {
	/** ID of the user type; undefined if it does not exist yet. */
	id?: string;
	/** Whether it has to be created. */
	isNew: boolean;
	/** The user type as "Get" returns it; empty if it does not exist yet. */
	present: IDataObject;
	/** Modules of the definition, with the IDs of this organization. */
	wanted: IDataObject[];
	/** API name of the personality module. */
	personality: string;
	changed: Difference[];
	/** The body of the request. */
	body: IDataObject;
	/** The user type after the change. */
	after: IDataObject;
}

/**
 * Compares a definition with the user type of the same name. The user type is read each time,
 * because items of a run that name the same one are processed in order.
 *
 * @param planned the state of the user type according to the dry run so far
 * @throws ZohoApiError with NO_MATCH that names everything that cannot be made as defined
 */
export async function compareDefinition(
	connection: Connection,
	portal: string,
	definition: Definition,
	planned?: Pick<Comparison, 'id' | 'after'>,
): Promise<Comparison> {
	const named = planned ?? namedAmong(await readUserTypes(connection, portal), definition.name);
	const present = planned?.after ?? (await presentOf(connection, portal, named?.id));
	const { userType, missing } = await matchDefinition(connection, definition, present);
	const personality = labelOf(userType.personality_module);
	const fixed = named ? unchangeable(present, userType, definition) : [];
	if (missing.length > 0 || fixed.length > 0) {
		throw new ZohoApiError(errorData(0, 'NO_MATCH', { details: { missing, fixed } }));
	}
	const changed = differences(present, userType);
	const body = named
		? changesIn(present, userType, changed)
		: await newUserType(connection, userType, personality);
	return {
		id: named?.id,
		present,
		wanted: userType.modules,
		personality,
		changed,
		body,
		isNew: !named,
		after: afterwards(present, userType),
	};
}

async function presentOf(
	connection: Connection,
	portal: string,
	id: string | undefined,
): Promise<IDataObject> {
	return id === undefined ? {} : await readUserType(connection, userTypePath(portal, id));
}

/** The user type after the change; settings that the definition leaves out stay unchanged. */
export function afterwards(
	present: IDataObject,
	wanted: IDataObject & { modules: IDataObject[] },
): IDataObject {
	const modules = new Map(listOf(present.modules).map((module) => [module.id, module]));
	for (const module of wanted.modules) {
		const old = modules.get(module.id) ?? {};
		const fields = new Map(
			[...listOf(old.fields), ...listOf(module.fields)].map((field) => [field.id, field]),
		);
		modules.set(module.id, {
			...old,
			...module,
			permissions: { ...granted(old.permissions), ...granted(module.permissions) },
			...(fields.size > 0 && { fields: [...fields.values()] }),
		});
	}
	return { active: true, ...present, ...wanted, modules: [...modules.values()] };
}

/** The body of a creation, with the invitation field that every new user type gets. */
async function newUserType(
	connection: Connection,
	wanted: IDataObject & { modules: IDataObject[] },
	personality: string,
): Promise<IDataObject> {
	return {
		active: true,
		...(wanted.invitation_field ? {} : await invitationField(connection, personality)),
		...wanted,
		modules: wanted.modules.map(toModuleInput),
	};
}

/** The differences that Zoho cannot change in a user type, in plain words. */
function unchangeable(
	{ invitation_field: present, modules }: IDataObject,
	userType: { modules: IDataObject[] },
	{ invitation_field: wanted }: Definition,
): string[] {
	const kept = listOf(modules)
		.filter(({ id }) => !userType.modules.some((module) => module.id === id))
		.filter(({ api_name }) => api_name !== 'Notes');
	const differs =
		isObject(present) &&
		isObject(wanted) &&
		present.id !== wanted.id &&
		present.api_name !== wanted.api_name;
	return [
		...kept.map(
			(one) => `the user type has the module ${labelOf(one)}, which the definition lacks`,
		),
		...(differs
			? [`its invitations go to ${labelOf(present)}, but the definition has ${labelOf(wanted)}`]
			: []),
	];
}

/** A module in the form that Zoho accepts in an update: IDs and their settings. */
function toModuleChange(module: IDataObject): IDataObject {
	const { layouts, views, filters, fields } = module;
	return {
		...(layouts !== undefined && { layouts: trimmed(layouts, ['id', '_default_view']) }),
		...(views !== undefined && { views: isObject(views) ? pick(views, ['id', 'type']) : null }),
		...(filters !== undefined && { filters }),
		...(fields !== undefined && { fields: trimmed(fields, ['id', 'read_only', '_delete']) }),
	};
}

function trimmed(entries: unknown, keys: string[]): IDataObject[] | null {
	return Array.isArray(entries) ? listOf(entries).map((entry) => pick(entry, keys)) : null;
}

/**
 * The body of an update; Zoho keeps everything else. Modules are sent with type and permissions, as
 * in all samples of Zoho's documentation.
 */
function changesIn(
	present: IDataObject,
	wanted: IDataObject & { modules: IDataObject[] },
	changed: Difference[],
): IDataObject {
	const keysOf = (moduleId?: string) =>
		changed.filter((one) => one.moduleId === moduleId).map(({ key }) => key);
	const modules = wanted.modules.flatMap((module) => {
		const keys = keysOf(String(module.id));
		if (keys.length === 0) return [];
		const old = listOf(present.modules).find(({ id }) => id === module.id) ?? {};
		return [
			{
				...toModuleChange(pick(module, keys)),
				id: module.id,
				shared_type: module.shared_type ?? old.shared_type,
				permissions: { ...granted(old.permissions), ...granted(module.permissions) },
			},
		];
	});
	return { ...pick(wanted, keysOf()), ...(modules.length > 0 && { modules }) };
}

function granted(permissions: unknown): IDataObject {
	return Object.fromEntries(
		Object.entries(isObject(permissions) ? permissions : {}).map(([name, given]) => [
			name,
			given === true,
		]),
	);
}
