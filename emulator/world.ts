import { copyOf } from './answers';
import type { Json } from './answers';
import type { Job } from './job';
import { pickModule } from './modules';
import type { CustomView, FieldMeta, ModuleMeta } from './modules';

/** State of the emulated organization. */
export interface Portal extends Json {
	name: string;
	active: boolean;
}

export interface UserType {
	id: string;
	portal: string;
	name: string;
	default: boolean;
	active: boolean;
	personality_module: { id: string; api_name: string; plural_label: string };
	invitation_field: { id: string; api_name: string };
	modules: Json[];
	created_time: string;
	created_by: { id: string; name: string };
	modified_time: string;
	modified_by: { id: string; name: string };
}

export interface PortalUser {
	personality_id: string;
	userTypeId: string;
	name: string;
	email: string;
	module: string;
	active: boolean;
	confirm: boolean;
	status_reason__s: string | null;
	invited_time: string;
}

/** A CRM record that can be invited. */
export interface CrmRecord {
	id: string;
	module: string;
	name: string;
	/** In the field `Email`. */
	email: string | null;
	/** Other email fields of its module, by API name. */
	emails?: Record<string, string | null>;
	/** ID of the account of a contact. */
	account?: string;
	/** ID of the CRM user who owns it; the super admin if undefined. */
	owner?: string;
	/** Fields without a property here, by API name. */
	fields?: Json;
	/** When it was written, in ms since 1970. */
	written: number;
	/** `notApproved`: it waits for approval, and lists leave it out by default. */
	state?: 'inReview' | 'notApproved' | 'locked' | 'gdpr' | 'recycled';
}

export interface OrgUser extends Json {
	id: string;
	first_name: string | null;
	last_name: string;
	full_name: string;
	email: string;
	status: 'active' | 'inactive' | 'deleted';
	confirm: boolean;
	type__s: string;
	role: { id: string; name: string };
	profile: { id: string; name: string };
	Reporting_To: { id: string; name: string } | null;
}

/** The person who created and changed all initial objects. */
const OWNER = { name: 'Asha Rao', id: '7310000000000101001' };

export class World {
	/** The name of the company. */
	organization = 'Acme Example';

	readonly portals = new Map<string, Portal>();

	readonly userTypes = new Map<string, UserType>();

	/** By personality ID, which is the ID of the CRM record. */
	readonly portalUsers = new Map<string, PortalUser>();

	/** Portal users at the last reads of the user types, for counts or lists that lag behind. */
	readonly pastUsers: PortalUser[][] = [];

	readonly records = new Map<string, CrmRecord>();

	readonly users = new Map<string, OrgUser>();

	readonly modules = new Map<string, ModuleMeta>();

	readonly jobs = new Map<string, Job>();

	/** All invitation emails that were sent, including repeated ones. */
	readonly mails: Array<{ record_id: string; type: string; language: string }> = [];

	readonly roles = [
		{ id: '7310000000000102001', name: 'CEO' },
		{ id: '7310000000000102002', name: 'Manager' },
		{ id: '7310000000000102003', name: 'Agent' },
	];

	readonly profiles = [
		{ id: '7310000000000103001', name: 'Administrator' },
		{ id: '7310000000000103002', name: 'Standard' },
	];

	/** Cannot be deleted. Only this user may transfer and delete others. */
	superAdmin = '';

	primaryContact = '';

	currentUser = '';

	private lastId = 900_000;

	/** A new 19-digit id. */
	newId(): string {
		return `7310000000000${String(++this.lastId)}`;
	}

	addPortal(name: string, extra: Json = {}): Portal {
		const portal: Portal = {
			created_time: '2026-03-04T10:15:00+05:30',
			modified_time: '2026-03-05T09:00:00+05:30',
			modified_by: OWNER,
			name,
			created_by: OWNER,
			zaid: '1080000000000001',
			active: true,
			login_url: `https://${name.toLowerCase()}.portal.example.test/login`,
			...extra,
		};
		this.portals.set(name, portal);
		return portal;
	}

	addUserType(portal: string, name: string, extra: Partial<UserType> = {}): UserType {
		const { personality_module = pickModule(this.module('Contacts')) } = extra;
		const userType: UserType = {
			id: this.newId(),
			portal,
			name,
			default: false,
			active: true,
			personality_module,
			invitation_field: {
				api_name: 'Email',
				id: this.field(personality_module.api_name, 'Email').id,
			},
			created_time: '2026-03-04T10:15:00+05:30',
			created_by: OWNER,
			modified_time: '2026-03-05T09:00:00+05:30',
			modified_by: OWNER,
			...extra,
			// Several user types may be added with the same modules, and are changed separately.
			modules: copyOf(extra.modules ?? []),
		};
		this.userTypes.set(userType.id, userType);
		return userType;
	}

	addRecord(extra: Partial<CrmRecord> = {}): CrmRecord {
		const id = extra.id ?? this.newId();
		const record = {
			id,
			module: 'Contacts',
			name: `Person ${id.slice(-6)}`,
			email: `person${id.slice(-6)}@example.test`,
			written: Date.now(),
			...extra,
		};
		this.records.set(id, record);
		return record;
	}

	/** Adds an account with these contacts. */
	addAccount(name: string, contacts: string[] = [], extra: Partial<CrmRecord> = {}): CrmRecord {
		const account = this.addRecord({ module: 'Accounts', name, email: null, ...extra });
		for (const id of contacts) {
			const contact = this.records.get(id);
			if (!contact) throw new Error(`The world has no record ${id}`);
			contact.account = account.id;
		}
		return account;
	}

	/** Adds a custom view of a module with these records. */
	addView(
		module: string,
		name: string,
		members: string[],
		extra: Partial<CustomView> = {},
	): CustomView {
		const id = this.newId();
		const view = { id, name, display_label: name, type: 'custom_view', members, ...extra };
		this.module(module).views.push(view);
		return view;
	}

	/** Adds people who were invited to a user type; by default, they are confirmed and active. */
	addPortalUsers(
		userTypeId: string,
		amount: number,
		extra: Partial<PortalUser> = {},
	): PortalUser[] {
		const userType = this.userTypes.get(userTypeId);
		if (!userType) throw new Error(`Unknown user type ${userTypeId}.`);
		const { module = userType.personality_module.api_name } = extra;
		return Array.from({ length: amount }, () => {
			const record = this.addRecord({ module });
			return this.addPortalUser(userTypeId, record, extra);
		});
	}

	addPortalUser(
		userTypeId: string,
		record: CrmRecord,
		extra: Partial<PortalUser> = {},
	): PortalUser {
		const invitationField = this.userTypes.get(userTypeId)?.invitation_field.api_name ?? 'Email';
		const user: PortalUser = {
			personality_id: record.id,
			userTypeId,
			name: record.name,
			email: emailIn(record, invitationField) ?? '',
			module: record.module ?? 'Contacts',
			active: true,
			confirm: true,
			status_reason__s: null,
			invited_time: '2026-03-04T10:15:00+05:30',
			...extra,
		};
		this.portalUsers.set(user.personality_id, user);
		return user;
	}

	addUser(firstName: string, lastName: string, extra: Partial<OrgUser> = {}): OrgUser {
		const id = extra.id ?? this.newId();
		const user: OrgUser = {
			id,
			first_name: firstName,
			last_name: lastName,
			full_name: `${firstName} ${lastName}`,
			email: `${firstName}.${lastName}.${id.slice(-6)}@example.test`.toLowerCase(),
			status: 'active',
			confirm: true,
			type__s: 'Regular User',
			role: this.roles[1],
			profile: this.profiles[1],
			Reporting_To: null,
			status_reason__s: null,
			created_time: '2026-03-04T10:15:00+05:30',
			created_by: OWNER,
			Modified_Time: '2026-03-05T09:00:00+05:30',
			Modified_By: OWNER,
			zuid: id.slice(-8),
			alias: null,
			phone: null,
			image_link: `https://profile.example.test/file?ID=${id.slice(-8)}&fs=thumb`,
			microsoft: false,
			sandboxDeveloper: false,
			time_zone: 'Europe/Berlin',
			locale: 'en_US',
			date_format: 'MM/dd/yyyy',
			decimal_separator: 'Period',
			$current_shift: null,
			$next_shift: null,
			$shift_effective_from: null,
			...extra,
		};
		this.users.set(id, user);
		return user;
	}

	module(apiName: string): ModuleMeta {
		const module = this.modules.get(apiName);
		if (!module) throw new Error(`The world has no module ${apiName}`);
		return module;
	}

	moduleById(id: unknown): ModuleMeta | undefined {
		return [...this.modules.values()].find((module) => module.id === id);
	}

	field(module: string, apiName: string): FieldMeta {
		const field = this.module(module).fields.find(({ api_name }) => api_name === apiName);
		if (!field) throw new Error(`Module ${module} has no field ${apiName}`);
		return field;
	}

	/** The number of people who use a license. */
	activePortalUsers(): number {
		let amount = 0;
		for (const { active } of this.portalUsers.values()) if (active) amount++;
		return amount;
	}

	usersOf(userTypeId: string): PortalUser[] {
		return [...this.portalUsers.values()].filter((user) => user.userTypeId === userTypeId);
	}
}

/** The value of a record in an email field of its module. */
export function emailIn({ email, emails }: CrmRecord, field: string): string | null {
	return field === 'Email' ? email : (emails?.[field] ?? null);
}
