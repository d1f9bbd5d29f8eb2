import type { IDataObject } from 'n8n-workflow';

import type { ItemParameters } from '../../execution/parameters';
import { isObject, listOf } from '../../transport/exactJson';
import { userTypeIn } from './modules';

/** A user type as "Get" returns it, as far as it can be written. */
export interface Definition extends IDataObject {
	name: string;
	personality_module: IDataObject;
	modules: IDataObject[];
}

/**
 * Reads a definition: what "Get" returns for a user type with its modules, or Zoho's whole answer.
 *
 * @throws NodeOperationError that names the parameter
 */
export function readDefinition(item: ItemParameters): Definition {
	const given = item.json('definition', item.value<unknown>('definition', ''));
	const hint = 'It takes what "Get" of a user type returns with the output "Raw".';
	if (!isObject(given)) throw item.invalid('definition', 'holds no user type', hint);
	const { name, active, personality_module, invitation_field, modules } = userTypeIn(given);
	if (listOf(modules).length === 0) throw item.invalid('definition', 'has no modules', hint);
	if (!isObject(personality_module)) {
		throw item.invalid('definition', 'names no personality module', hint);
	}
	return {
		name: item.optionalText('name') ?? item.checked('name', name),
		...(typeof active === 'boolean' && { active }),
		personality_module,
		...(isObject(invitation_field) && { invitation_field }),
		modules: listOf(modules),
	};
}
