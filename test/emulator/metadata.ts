import { noContent, ok } from './answers';
import type { Answer } from './answers';
import type { ApiRequest } from './server';
import type { ModuleMeta } from './world';

export function getModules({ world }: ApiRequest): Answer {
	const modules = [...world.modules.values()].map(
		({ id, api_name, plural_label, api_supported, viewable }) => ({
			id,
			api_name,
			module_name: api_name,
			plural_label,
			singular_label: api_name.replace(/s$/, ''),
			generated_type: 'default',
			api_supported,
			viewable,
			editable: true,
			creatable: true,
			visible: true,
		}),
	);
	return ok({ modules });
}

export function getFields(request: ApiRequest): Answer {
	const module = moduleOf(request);
	if (!module) return noContent;
	const fields = module.fields.map(({ id, api_name, field_label, data_type, read_only }) => ({
		id,
		api_name,
		field_label,
		display_label: field_label,
		data_type,
		read_only: read_only ?? false,
	}));
	return ok({ fields });
}

function moduleOf({ world, query }: ApiRequest): ModuleMeta | undefined {
	return world.modules.get(query.module ?? '');
}
