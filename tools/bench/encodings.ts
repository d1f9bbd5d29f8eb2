/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a development tool that does not ship */
import { gunzipSync, gzipSync } from 'node:zlib';

import { hashOf } from '../../nodes/ZohoCrmPortals/trigger/hash';
import { decodeUsers, encodeUsers } from '../../nodes/ZohoCrmPortals/trigger/users';
import { count, median, table } from '../table';

/** What Zoho tells of a portal user, as far as a trigger could keep it. */
interface Person {
	id: string;
	userType: number;
	active: boolean;
	confirm: boolean;
	name: string;
	email: string;
}

/** A way to keep people from one poll to the next. */
interface Encoding {
	name: string;
	encode: (people: Person[]) => string;
	decode: (text: string) => unknown;
}

const ENCODINGS: Encoding[] = [
	{
		name: 'JSON: ID, type, state, name, e-mail',
		encode: (people) => JSON.stringify(people),
		decode: (text) => JSON.parse(text) as unknown,
	},
	{
		name: 'the same, gzip, base64',
		encode: (people) => gzipSync(JSON.stringify(people)).toString('base64'),
		decode: (text) => JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString()) as unknown,
	},
	{
		name: 'columns: gaps of IDs, names, e-mails; gzip, base64',
		encode: (people) => gzipSync(columns(people)).toString('base64'),
		decode: (text) => gunzipSync(Buffer.from(text, 'base64')).toString().split('\n'),
	},
	{
		name: 'JSON: ID, type, state, hash of the e-mail',
		encode: (people) => JSON.stringify(people.map(asRow)),
		decode: (text) => JSON.parse(text) as unknown,
	},
	{ name: 'binary gaps, base64 (in use)', encode: pack, decode: unpack },
	{
		name: 'the same, gzip before base64',
		encode: (people) => gzipSync(Buffer.from(pack(people), 'base64')).toString('base64'),
		decode: (text) => unpack(gunzipSync(Buffer.from(text, 'base64')).toString('base64')),
	},
];

const ROUNDS = 7;

/** As many as Zoho sells to a portal. */
const USER_TYPES = ['1', '2', '3', '4', '5'];

/** Characters a user, and the time to write and read, of ways to keep the users of a portal. */
export function measureEncodings(sizes: number[]): string {
	const rows = sizes.flatMap((size) => {
		const people = makePeople(size);
		return ENCODINGS.map(({ name, encode, decode }) => {
			const text = encode(people);
			const written = time(() => encode(people));
			const read = time(() => decode(text));
			const each = (text.length / size).toFixed(1);
			return [count(size), name, each, `${written.toFixed(1)} ms`, `${read.toFixed(1)} ms`];
		});
	});
	return table(['users', 'kept as', 'characters a user', 'write', 'read'], rows);
}

function time(work: () => unknown): number {
	const times = Array.from({ length: ROUNDS }, () => {
		const started = performance.now();
		work();
		return performance.now() - started;
	});
	return median(times);
}

function pack(people: Person[]): string {
	return encodeUsers(
		people.map(({ email, userType, ...person }) => ({
			...person,
			userTypeId: USER_TYPES[userType],
			emailHash: hashOf(email),
			told: false,
			overdue: false,
		})),
		USER_TYPES,
	);
}

function unpack(text: string) {
	return decodeUsers(text, USER_TYPES);
}

function asRow({ id, userType, active, confirm, email }: Person) {
	return [id, userType, Number(active), Number(confirm), hashOf(email)];
}

function columns(people: Person[]): string {
	let last = 0n;
	const gaps = people.map(({ id }) => {
		const gap = BigInt(id) - last;
		last = BigInt(id);
		return gap;
	});
	const states = people.map(
		({ userType, active, confirm }) => 4 * userType + 2 * Number(active) + Number(confirm),
	);
	const names = people.map(({ name }) => name);
	// An address that the name tells is left out up to its host.
	const emails = people.map(({ name, email }) => email.replace(local(name), ''));
	return [gaps, states, names, emails].map((column) => column.join('\n')).join('\n');
}

const local = (name: string) => name.toLowerCase().replace(' ', '.');

/** People like those of a CRM: IDs with gaps, names of two parts, addresses at companies. */
function makePeople(amount: number): Person[] {
	let state = 7;
	const below = (limit: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
	const syllables = 'an ber co da el fri ga hol is jo ka lin mo ne or pe ra sa ti ul va wen'.split(
		' ',
	);
	const word = (length: number) => {
		const text = Array.from({ length }, () => syllables[below(syllables.length)]).join('');
		return text.charAt(0).toUpperCase() + text.slice(1);
	};
	const first = Array.from({ length: 400 }, () => word(2));
	let id = 731_000_000_000_400_000n;
	return Array.from({ length: amount }, () => {
		id += BigInt(1 + below(400));
		const name = `${first[below(first.length)]} ${word(3)}`;
		return {
			id: String(id),
			userType: below(5),
			active: below(10) > 0,
			confirm: below(9) > 0,
			name,
			// Of every other person the address tells nothing of the name.
			email: `${below(2) === 0 ? local(name) : `${word(3).toLowerCase()}${below(100)}`}@${word(3).toLowerCase()}.example`,
		};
	});
}
