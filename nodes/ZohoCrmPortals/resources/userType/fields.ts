import type { INodeProperties } from 'n8n-workflow';

import { flag, text } from '../../form/field';
import { pickedModule } from '../../form/locator';
import type { Field } from '../../form/field';
import { option, options } from '../fields';

/** The name of a user type. */
export function nameField(shown: Pick<INodeProperties, 'displayName' | 'description'>) {
	return text({ name: 'name', placeholder: 'e.g. Dealers', ...shown });
}

/** A module that can be a personality module. */
export function personalityModule(shown: Partial<INodeProperties>): Field<string> {
	return pickedModule(
		{ displayName: 'Personality Module', name: 'personalityModule', ...shown },
		{ search: 'searchPersonalityModules' },
	);
}

export const active = flag({
	displayName: 'Active',
	name: 'active',
	default: true,
	description: 'Whether people can be invited to this user type',
});

/** The only option of operations that write a user type. */
export const settings = options({ dryRun: option.dryRun });
