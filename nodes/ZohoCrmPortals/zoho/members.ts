import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { dataOf, errorData, ZohoApiError } from '../http/error';
import { oncePerRun } from '../http/once';
import { readPages } from '../http/paginate';
import type { ZohoRequest } from '../http/request';
import { segment } from './paths';
import { idIn } from './people';
import { nameKey, toFoundRecord } from './recordSearch';
import type { FoundRecord } from './recordSearch';
import { METADATA, recordsScope } from './scopes';

/** The module of the contacts of an account. */
export const CONTACTS = 'Contacts';

/** A module with members of accounts or views, and what to read of them. */
export interface MemberModule {
	/** API name. */
	module: string;
	/**
	 * API name of the email field that invitations go to. Empty: only names are read; undefined: only
	 * IDs.
	 */
	email?: string;
}

/**
 * The contacts of an account, including those that wait for approval, but not of subordinate
 * accounts; read once per run.
 *
 * Source: zoho/crm-oas, v8.0/related_records. No source says whether the scope for the account or
 * the scope for the list is required, so both are requested.
 *
 * @throws ZohoApiError if they cannot be read in full, with NOT_FOUND for an unknown account
 */
export const contactsOf = oncePerRun(
	async (connection, account: string, email?: string): Promise<FoundRecord[]> => {
		const list: ZohoRequest = {
			method: 'GET',
			path: `/Accounts/${segment(account)}/${CONTACTS}`,
			scope: recordsScope('Accounts'),
			secondScope: recordsScope(CONTACTS),
		};
		const where = { module: CONTACTS, email };
		return await readMembers(connection, list, where).catch((error: unknown) => {
			const { code, httpStatus, details, message } = dataOf(error);
			if (code !== 'INVALID_DATA') throw error;
			// Zoho's sources have both errors for an account that does not exist.
			const isUnknown = httpStatus === 404 || Number(details.resource_path_index) === 1;
			const about = { ...details, account };
			throw new ZohoApiError(
				isUnknown
					? errorData(httpStatus, 'NOT_FOUND', { details: { account } })
					: errorData(httpStatus, code, { details: about, message }),
			);
		});
	},
);

/**
 * The records that a custom view shows to the connected user, including those that wait for
 * approval; read once per run.
 *
 * Source: zoho/crm-oas, v8.0/record, and
 * https://www.zoho.com/crm/developer/docs/api/v8/get-records.html
 *
 * @throws ZohoApiError if they cannot be read in full, with NOT_FOUND for an unknown view
 */
export const recordsInView = oncePerRun(
	async (connection, module: string, view: string, email?: string): Promise<FoundRecord[]> => {
		const list: ZohoRequest = {
			method: 'GET',
			path: `/${segment(module)}`,
			query: { cvid: view },
			scope: recordsScope(module),
		};
		return await readMembers(connection, list, { module, email }).catch((error: unknown) => {
			const { code, details, httpStatus } = dataOf(error);
			if (code !== 'INVALID_DATA' || details.param_name !== 'cvid') throw error;
			throw unknownView([module], httpStatus);
		});
	},
);

async function readMembers(
	connection: Connection,
	list: ZohoRequest,
	{ module, email }: MemberModule,
): Promise<FoundRecord[]> {
	const who = email === undefined ? [] : [nameKey(module), email].filter((field) => field !== '');
	const read = async (fields: string[]): Promise<IDataObject[]> => {
		// By default, lists leave out records that wait for approval, such as those from web forms.
		const query = { ...list.query, fields: fields.join(','), approved: 'both' };
		return await readPages(connection, { ...list, query }, Infinity);
	};
	const rows = await read(['id', ...who]).catch(async (error: unknown) => {
		// The IDs are enough to invite people whose names cannot be read.
		if (who.length === 0 || dataOf(error).details.param_name !== 'fields') throw error;
		return await read(['id']);
	});
	const found = rows.map((row) =>
		toFoundRecord({ ...row, id: idIn(row, 'id') }, module, email ?? ''),
	);
	return [...new Map(found.map((record) => [record.id, record])).values()];
}

/** A custom view, and the module of its records. */
interface View {
	id: string;
	module: string;
}

/** The custom views of a module that the connected user can see, read once per run. */
const viewsOf = oncePerRun(
	async (connection, module: string): Promise<IDataObject[]> =>
		await readPages(
			connection,
			{
				method: 'GET',
				path: '/settings/custom_views',
				query: { module },
				scope: METADATA.custom_views,
			},
			Infinity,
		),
);

/**
 * The view with this ID (digits only) or name, which may be the displayed name. Of names that
 * differ only in case, the exact one counts.
 *
 * @param modules API names of the modules that the view may belong to
 * @throws ZohoApiError with NOT_FOUND, or with AMBIGUOUS if two views have the name
 */
export async function findView(
	connection: Connection,
	modules: string[],
	idOrName: string,
): Promise<View> {
	const isId = /^\d+$/.test(idOrName);
	const [only] = modules;
	if (isId && modules.length === 1) return { id: idOrName, module: only };
	const lists = await Promise.all(
		modules.map(async (module) => {
			const views = await viewsOf(connection, module);
			return views.map((view) => ({ ...view, module, id: idIn(view, 'id') }));
		}),
	);
	const all = lists.flat();
	const found = isId ? all.filter(({ id }) => id === idOrName) : entriesNamed(all, idOrName);
	const [view, ...others] = found;
	if (!view) throw unknownView(modules, 0, all);
	if (others.length === 0) return view;
	const names = found.map((one) => `${viewName(one)} (${one.id}) of ${one.module}`);
	throw new ZohoApiError(errorData(0, 'AMBIGUOUS', { details: { found: names } }));
}

function entriesNamed<V extends IDataObject>(all: V[], name: string): V[] {
	const namesOf = ({ name: own, display_value: shown }: IDataObject) => [own, shown].map(String);
	const exact = all.filter((view) => namesOf(view).includes(name));
	if (exact.length > 0) return exact;
	const wanted = name.toLowerCase();
	return all.filter((view) => namesOf(view).some((one) => one.toLowerCase() === wanted));
}

/** The number of names that an error lists. */
const LISTED = 20;

function unknownView(modules: string[], httpStatus = 0, all: IDataObject[] = []): ZohoApiError {
	const names = all.slice(0, LISTED).map(viewName);
	return new ZohoApiError(
		errorData(httpStatus, 'NOT_FOUND', { details: { view_of: modules, names } }),
	);
}

function viewName({ name, display_value: shown }: IDataObject): string {
	return String(shown ?? name);
}
