import { errorAnswer, noContent, ok, Refusal, refuse, without } from './answers';
import type { Answer } from './answers';
import { commonError } from './contract';
import { guardPortals } from './guards';
import type { ApiRequest } from './handler';
import { isRelated } from './modules';
import type { ModuleMeta } from './modules';
import { pageOf } from './pages';

export function getModules(request: ApiRequest): Answer {
	const { world } = request;
	guard('getModules', request);
	const modules = [...world.modules.values()].map((module) => ({
		id: module.id,
		api_name: module.api_name,
		module_name: module.api_name,
		plural_label: module.plural_label,
		singular_label: module.plural_label.replace(/s$/, ''),
		generated_type: module.generated_type,
		api_supported: module.api_supported,
		viewable: module.viewable,
		editable: true,
		creatable: true,
		visible: true,
	}));
	return ok({ modules });
}

export function getFields(request: ApiRequest): Answer {
	const module = moduleOf('getFields', request);
	const fields = module.fields.map((field) => ({
		id: field.id,
		api_name: field.api_name,
		field_label: field.field_label,
		display_label: field.field_label,
		data_type: field.data_type,
		read_only: field.read_only ?? false,
		visible: true,
		...(field.lookup && { lookup: { module: { api_name: field.lookup } } }),
	}));
	return ok({ fields });
}

export function getLayouts(request: ApiRequest): Answer {
	const module = moduleOf('getLayouts', request);
	if (module.layouts.length === 0) return noContent;
	const layouts = module.layouts.map(({ id, name, fields, mandatory }) => ({
		id,
		name,
		api_name: name,
		display_label: name,
		status: 'active',
		visible: true,
		sections: [
			{
				api_name: `${module.api_name}_Information`,
				fields: fields.map((fieldId) => ({
					id: fieldId,
					api_name: module.fields.find((field) => field.id === fieldId)?.api_name,
					required: mandatory.includes(fieldId),
					read_only: false,
				})),
			},
		],
	}));
	return ok({ layouts });
}

export function getCustomViews(request: ApiRequest): Answer {
	const module = moduleOf('getCustomViews', request);
	const { rows, info } = pageOf(module.views, request, { limited: false, tokens: false });
	if (rows.length === 0) return noContent;
	const custom_views = rows.map(({ id, name, display_label, members }) => ({
		id,
		name,
		display_value: display_label,
		system_name: members ? null : name.toUpperCase(),
		system_defined: !members,
	}));
	return ok({ custom_views, info });
}

export function getRoles(request: ApiRequest): Answer {
	const { world } = request;
	guard('getRoles', request);
	return ok({ roles: world.roles.map(({ id, name }) => ({ id, name, display_label: name })) });
}

export function getProfiles(request: ApiRequest): Answer {
	const { world } = request;
	guard('getProfiles', request);
	return ok({
		profiles: world.profiles.map(({ id, name }) => ({
			id,
			name,
			display_label: name,
			type: 'normal_profile',
		})),
	});
}

export function getPortalsMeta(request: ApiRequest): Answer {
	guardPortals('getPortals', request);
	const { switches, world } = request;
	if (!switches.hasMeta) throw new Refusal(errorAnswer(commonError('INVALID_URL_PATTERN')));
	const personality = world.modules.get(request.query.module ?? '');
	if (!personality?.personality) return noContent;
	const related = [...world.modules.values()].filter((module) => isRelated(module, personality));
	const related_lists = related.map((module) => ({
		module: {
			id: module.id,
			api_name: module.api_name,
			plural_label: module.plural_label,
			shared_type: module.shared_type,
			filters: module.fields
				.filter(({ lookup }) => lookup === personality.api_name)
				.map(({ id, api_name, field_label }) => ({
					id,
					api_name,
					display_label: field_label,
				})),
			layouts: module.layouts.map(({ id, name }) => ({ id, name, display_label: name })),
			views: module.views.map((view) => without(view, 'members')),
		},
	}));
	return ok({ related_lists });
}

function guard(id: string, { switches }: ApiRequest): void {
	if (switches.lacking.includes('Crm_Implied_Customize_Zoho_CRM'))
		throw refuse(id, 'NO_PERMISSION');
}

function moduleOf(id: string, request: ApiRequest): ModuleMeta {
	const { world, query } = request;
	guard(id, request);
	if (!query.module) throw refuse(id, 'REQUIRED_PARAM_MISSING');
	const module = world.modules.get(query.module);
	if (!module) throw refuse(id, 'INVALID_MODULE');
	return module;
}
