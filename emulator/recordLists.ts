import { errorAnswer, noContent, ok, Refusal, refuse } from './answers';
import type { Answer } from './answers';
import { commonError } from './contract';
import type { ApiRequest } from './handler';
import type { ModuleMeta } from './modules';
import { pageOf, RECORD_PAGES } from './pages';
import { MOST_FIELDS, MOST_IDS } from './recordsContract';
import { namesOf, valuesOf } from './recordValues';
import type { CrmRecord } from './world';

const RECORDS = 'getRecords';
const RELATED = 'getContactsOfAccount';

/** Lists records of a module, newest first: all of them, those of a view, or those named by ID. */
export function getRecords(request: ApiRequest): Answer {
	const { world, params, query } = request;
	const module = world.modules.get(params.module);
	if (!module) throw refuse(RECORDS, 'INVALID_MODULE');
	if (!module.api_supported) throw refuse(RECORDS, 'NOT_SUPPORTED');
	guardView(RECORDS, request, module);
	if (query.cvid !== undefined && query.sort_by !== undefined) {
		throw refuse(RECORDS, 'AMBIGUITY_DURING_PROCESSING', '', {
			ambiguity_due_to: [{ param_name: 'cvid' }, { param_name: 'sort_by' }],
		});
	}
	const view = query.cvid === undefined ? undefined : viewOf(module, query.cvid);
	const members = view?.members && new Set(view.members);
	return listed(RECORDS, request, module, ({ id }) => members?.has(id) ?? true);
}

/** Lists the contacts of an account, but not those of subordinate accounts. */
export function getContactsOfAccount(request: ApiRequest): Answer {
	const { world } = request;
	const account = accountOf(request);
	return listed(
		RELATED,
		request,
		world.module('Contacts'),
		(record) => record.account === account.id,
	);
}

/** Refuses other related lists, as if the layout of accounts did not show them. */
export function refuseRelatedList(request: ApiRequest): Answer {
	accountOf(request);
	throw refuse(RELATED, 'INVALID_DATA', 'hidden in the layout');
}

/** @throws Refusal if the account does not exist or may not be seen */
function accountOf(request: ApiRequest): CrmRecord {
	const { world, params, switches } = request;
	if (!/^\d+$/.test(params.account_id)) {
		throw new Refusal(errorAnswer(commonError('INVALID_URL_PATTERN')));
	}
	const [accounts, contacts] = [world.module('Accounts'), world.module('Contacts')];
	guardView(RELATED, request, accounts);
	guardView(RELATED, request, contacts);
	const account = world.records.get(params.account_id);
	if (account?.module !== 'Accounts' || account.state === 'recycled') {
		const cause = switches.unknownRecord === 404 ? 'elsewhere' : 'account unknown';
		throw refuse(RELATED, 'INVALID_DATA', cause);
	}
	return account;
}

function guardView(id: string, { switches }: ApiRequest, { api_name }: ModuleMeta): void {
	const permission = `Crm_Implied_View_${api_name}`;
	if (switches.lacking.includes(permission)) {
		throw refuse(id, 'NO_PERMISSION', '', { permissions: [permission] });
	}
}

function viewOf({ views }: ModuleMeta, id: string) {
	const view = views.find((one) => one.id === id);
	if (!view) throw refusedParameter(RECORDS, 'cvid');
	return view;
}

/** A page of the matching records of a module, with the requested fields. */
function listed(
	id: string,
	request: ApiRequest,
	module: ModuleMeta,
	fits: (record: CrmRecord) => boolean,
): Answer {
	const { world } = request;
	const fields = fieldsAsked(id, request, module);
	const ids = idsAsked(id, request);
	const approved = approvedOf(id, request);
	const found = [...world.records.values()]
		.filter((record) => record.module === module.api_name && record.state !== 'recycled')
		.filter((record) => approved === 'both' || (record.state !== 'notApproved') === approved)
		.filter((record) => fits(record) && (ids?.has(record.id) ?? true))
		.sort((a, b) => b.id.localeCompare(a.id, 'en', { numeric: true }));
	const { rows, info, tokens } = pageOf(found, request, RECORD_PAGES);
	if (rows.length === 0) return noContent;
	const data = rows.map((record) => valuesOf(world, record, module, fields));
	const sorted = { sort_by: 'id', sort_order: 'desc' };
	return ok({ data, info: { ...info, ...sorted, ...tokens, call: false, email: false } });
}

function fieldsAsked(id: string, { query, switches }: ApiRequest, module: ModuleMeta): string[] {
	if (!query.fields) throw refuse(id, 'REQUIRED_PARAM_MISSING');
	const fields = query.fields.split(',');
	if (fields.length > MOST_FIELDS) throw refuse(id, 'LIMIT_EXCEEDED');
	const known = namesOf(module);
	const unknown = fields.some((field) => !known.includes(field));
	if (unknown && switches.unknownFields === 'refused') throw refusedParameter(id, 'fields');
	return fields;
}

function idsAsked(id: string, { query, switches }: ApiRequest): Set<string> | undefined {
	const ids = query.ids?.split(',');
	if (!ids) return undefined;
	if (ids.length > MOST_IDS && switches.recordIdFilter === 'refused') {
		throw refuse(id, 'LIMIT_EXCEEDED', '', { limit: MOST_IDS, param_name: 'ids' });
	}
	return new Set(ids.slice(0, MOST_IDS));
}

/** Whether approved records are listed, those that wait for approval, or both. */
function approvedOf(id: string, { query, switches }: ApiRequest): boolean | 'both' {
	const { approved = 'true' } = query;
	if (switches.approvedFilter === 'ignored') return true;
	const refused = query.approved !== undefined && switches.approvedFilter === 'refused';
	if (refused || !['true', 'false', 'both'].includes(approved)) {
		throw refusedParameter(id, 'approved');
	}
	return approved === 'both' ? approved : approved === 'true';
}

function refusedParameter(id: string, param_name: string): Refusal {
	return refuse(id, 'INVALID_DATA', 'not taken', { param_name });
}
