import { ByteReader, ByteWriter } from './bytes';

/** What is kept of a portal user from one poll to the next. */
export interface KnownUser {
	/** ID of the CRM record, digits only. */
	id: string;
	userTypeId: string;
	active: boolean;
	confirm: boolean;
	/** See `hashOf`. */
	emailHash: number;
	/** `unconfirmed` was told of this person, for the threshold in force. */
	told: boolean;
	/** The threshold had passed when nobody was to be told. */
	overdue: boolean;
}

const ACTIVE = 1;
const CONFIRM = 2;
const TOLD = 4;
const OVERDUE = 8;

/** Bits 4 to 7 hold the user type (Zoho sells five); this says that it follows. */
const LONG_TYPE = 15;

/**
 * Packs users into text: sorted by ID, of each the gap to the ID before, a byte of flags and user
 * type, and the hash of the e-mail address. About 9 characters a user (docs/performance.md).
 *
 * @param users each ID once
 * @param userTypeIds those of all users; `decodeUsers` needs them in the same order
 */
export function encodeUsers(users: Iterable<KnownUser>, userTypeIds: string[]): string {
	const sorted = [...users].sort(byId);
	const places = new Map(userTypeIds.map((id, place) => [id, place]));
	const writer = new ByteWriter(sorted.length * 8);
	let last = 0n;
	for (const user of sorted) {
		const id = BigInt(user.id);
		writer.varint(id - last);
		last = id;
		const flags =
			(user.active ? ACTIVE : 0) |
			(user.confirm ? CONFIRM : 0) |
			(user.told ? TOLD : 0) |
			(user.overdue ? OVERDUE : 0);
		const place = places.get(user.userTypeId);
		if (place === undefined) throw new RangeError(`No place for user type ${user.userTypeId}`);
		writer.byte(flags | (Math.min(place, LONG_TYPE) << 4));
		if (place >= LONG_TYPE) writer.varint(BigInt(place));
		writer.uint32(user.emailHash);
	}
	return writer.toBase64();
}

/**
 * Unpacks what `encodeUsers` packed, by ID.
 *
 * @throws RangeError for text that is not of `encodeUsers` with these user types
 */
export function decodeUsers(text: string, userTypeIds: string[]): Map<string, KnownUser> {
	const reader = new ByteReader(text);
	const users = new Map<string, KnownUser>();
	let last = 0n;
	while (!reader.ended) {
		last += reader.varint();
		const flags = reader.byte();
		const short = flags >> 4;
		const id = last.toString();
		const place = short === LONG_TYPE ? Number(reader.varint()) : short;
		const userTypeId = userTypeIds.at(place);
		if (userTypeId === undefined) throw new RangeError(`No user type at place ${place}`);
		users.set(id, {
			id,
			userTypeId,
			active: (flags & ACTIVE) !== 0,
			confirm: (flags & CONFIRM) !== 0,
			told: (flags & TOLD) !== 0,
			overdue: (flags & OVERDUE) !== 0,
			emailHash: reader.uint32(),
		});
	}
	return users;
}

/** By number: all have digits only and no zeros in front. */
function byId({ id: a }: KnownUser, { id: b }: KnownUser): number {
	if (a.length !== b.length) return a.length - b.length;
	return a < b ? -1 : Number(a > b);
}
