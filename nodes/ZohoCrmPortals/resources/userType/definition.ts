import type { IDataObject } from 'n8n-workflow';

import { asText, isEmpty, json } from '../../form/field';
import type { Field, Place } from '../../form/field';
import { isObject, listOf } from '../../http/exactJson';
import { checkedModule, isSaid, userTypeIn, yesOrNo } from './modules';

/** The writable part of a user type, as "Get" returns it. */
export interface Unnamed extends IDataObject {
	name?: string;
	personality_module: IDataObject;
	modules: IDataObject[];
}

/** The same, with the name that the user type has or will have. */
export interface Definition extends Unnamed {
	name: string;
}

const HINT = 'Pass what "Get" of a user type returns with the output "Raw".';

const shown = json({
	displayName: 'Definition (JSON)',
	name: 'definition',
	required: true,
	description:
		'The user type as "Get" returns it with the output "Raw". It may come from another organization. Its modules, layouts, views and fields are found by ID, then by API name, or by label if they have no API name. The user type with its name is created or updated accordingly.',
});

/** A definition: the output of "Get" for a user type with its modules, or Zoho's whole answer. */
export const definition: Field<Unnamed> = {
	...shown,
	check: (given, at) => {
		const value = shown.check(given, at);
		if (!isObject(value)) throw at.invalid('contains no user type', HINT);
		const { name, active, personality_module, invitation_field, modules } = userTypeIn(value);
		if (listOf(modules).length === 0) throw at.invalid('has no modules', HINT);
		if (Array.isArray(modules) && !modules.every(isObject)) {
			throw at.invalid('has modules that are not JSON objects', HINT);
		}
		if (!isObject(personality_module)) throw at.invalid('has no personality module', HINT);
		return {
			...(!isEmpty(name) && { name: asText(name, at) }),
			...(isSaid(active) && { active: yesOrNo(active, at, 'active') }),
			personality_module,
			...(isObject(invitation_field) && { invitation_field }),
			modules: listOf(modules).map((module) => kept(checkedModule(module, at), at)),
		};
	},
};

/** @throws NodeOperationError for a field to remove, which a definition names by leaving it out */
function kept(module: IDataObject, at: Place): IDataObject {
	if (!listOf(module.fields).some(({ _delete: goes }) => goes === true)) return module;
	throw at.invalid(
		'has a field with "_delete"',
		'Leave the field out: the fields that a definition does not name are removed.',
	);
}
