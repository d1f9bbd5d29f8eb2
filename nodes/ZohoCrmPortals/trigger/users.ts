/** The state of a portal user that the trigger stores between polls. */
export interface KnownUser {
	/** ID of the CRM record, digits only. */
	id: string;
	userTypeId: string;
	active: boolean;
	confirm: boolean;
	/** See `hashOf`; undefined if Zoho has returned no address yet. */
	emailHash?: number;
	/** `unconfirmed` was reported for this person, with the current threshold. */
	told: boolean;
	/** The threshold had already passed when reporting began, so the event is not due. */
	overdue: boolean;
	/** Set while no row of this person could be read: only the user type is known. */
	unread?: true;
}

/** The letters of an entry: one for each combination of four flags, and one for an unread user. */
const FLAGS = 'ABCDEFGHIJKLMNOP';
const UNREAD = 'U';

/** Gap to the previous ID, flags, and the hash in base 36. */
const ENTRY = /^(\d+)([A-PU])([0-9a-z]*)$/;

/**
 * Encodes users as text: by user type, sorted by ID. Each user has the gap to the previous ID, a
 * letter for the flags, and the hash of the email address. This takes 10 to 14 characters per user,
 * depending on the gaps between IDs.
 *
 * @param users each ID only once
 */
export function encodeUsers(users: Iterable<KnownUser>): string {
	const byType = new Map<string, KnownUser[]>();
	for (const user of users) {
		const list = byType.get(user.userTypeId);
		if (list) list.push(user);
		else byType.set(user.userTypeId, [user]);
	}
	return [...byType]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([userTypeId, list]) => {
			let last = 0n;
			const entries = list.sort(byId).map((user) => {
				const id = BigInt(user.id);
				const gap = id - last;
				last = id;
				return `${gap}${letterOf(user)}${user.emailHash?.toString(36) ?? ''}`;
			});
			return `${userTypeId}:${entries.join(',')}`;
		})
		.join(';');
}

/**
 * Decodes the output of `encodeUsers`, by ID.
 *
 * @throws RangeError for other text
 */
export function decodeUsers(text: string): Map<string, KnownUser> {
	const users = new Map<string, KnownUser>();
	for (const part of text === '' ? [] : text.split(';')) {
		const [userTypeId, entries = ''] = part.split(':');
		let last = 0n;
		for (const entry of entries.split(',')) {
			const [, gap, letter, hash] = ENTRY.exec(entry) ?? [];
			if (gap === undefined) throw new RangeError('The text of the users is damaged');
			last += BigInt(gap);
			const id = last.toString();
			const flags = Math.max(0, FLAGS.indexOf(letter));
			users.set(id, {
				id,
				userTypeId,
				active: (flags & 1) !== 0,
				confirm: (flags & 2) !== 0,
				told: (flags & 4) !== 0,
				overdue: (flags & 8) !== 0,
				...(hash !== '' && { emailHash: parseInt(hash, 36) }),
				...(letter === UNREAD && { unread: true }),
			});
		}
	}
	return users;
}

function letterOf({ active, confirm, told, overdue, unread }: KnownUser): string {
	if (unread) return UNREAD;
	return FLAGS[Number(active) + 2 * Number(confirm) + 4 * Number(told) + 8 * Number(overdue)];
}

/** Compares IDs as numbers: they have only digits and no leading zeros. */
function byId({ id: a }: KnownUser, { id: b }: KnownUser): number {
	if (a.length !== b.length) return a.length - b.length;
	return a < b ? -1 : Number(a > b);
}
