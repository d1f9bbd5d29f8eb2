import { CLIENT_PORTAL, DEALERS, PREMIUM, VENDORS } from './seed';
import type { CrmRecord, PortalUser, World } from './world';

const CLIENTS = 240;
const PREMIUM_CLIENTS = 16;
const DEALER_PEOPLE = 14;
const SUPPLIERS = 24;
/** Contacts whom nobody has invited yet. */
const PROSPECTS = 60;

/**
 * Adds the portal of a company with several years of customers to a seeded world: 294 people in
 * four user types (confirmed, not yet confirmed and deactivated), contacts whom nobody invited,
 * their accounts, some custom views, and a sales organization of fourteen. The world is always the
 * same. There is no fifth user type, because Zoho's license allows only five.
 */
export function populate(world: World): void {
	const contacts = addContacts(world, CLIENTS + PREMIUM_CLIENTS + DEALER_PEOPLE + PROSPECTS);
	const take = (amount: number) => contacts.splice(0, amount);
	admit(world, CLIENT_PORTAL, take(CLIENTS));
	admit(world, PREMIUM, take(PREMIUM_CLIENTS));
	admit(world, DEALERS, take(DEALER_PEOPLE));
	admit(world, VENDORS, addVendors(world, SUPPLIERS));
	const prospects = take(PROSPECTS);
	burden(prospects);
	addStaff(world);
	addAccounts(world);
	addViews(world, prospects);
}

/** Accounts and views that demos may use: the first company, and views of contacts and vendors. */
export const NORDWIND = '7310000000000610001';
export const PREMIUM_VIEW = '7310000000000620001';
export const ENDED_VIEW = '7310000000000620002';
const WAITING_VIEW = '7310000000000620003';
const PACKAGING_VIEW = '7310000000000620004';
const PARTNERS_VIEW = '7310000000000620005';

/** The companies of the contacts, each with an owner in the sales team. */
function addAccounts(world: World): void {
	world.module('Accounts').viewable = true;
	const contacts = recordsOf(world, 'Contacts');
	const owners = [...world.users.values()].filter(({ role }) => role === world.roles[2]);
	for (let company = 0; company * PEOPLE < contacts.length; company++) {
		const people = contacts.slice(company * PEOPLE, (company + 1) * PEOPLE);
		const owner = owners[company % owners.length].id;
		people.forEach((record) => (record.owner = owner));
		world.addAccount(
			companyName(company),
			people.map(({ id }) => id),
			{
				id: `7310000000000${610_001 + company}`,
				owner,
				fields: {
					Industry: tradeOf(company),
					Phone: `+1 555 01${String(company).padStart(2, '0')}`,
					Website: `https://${domain(company)}`,
				},
			},
		);
	}
}

function addViews(world: World, prospects: CrmRecord[]): void {
	const contacts = recordsOf(world, 'Contacts');
	const premium = world.usersOf(PREMIUM).map(({ personality_id }) => personality_id);
	const idsOf = (records: CrmRecord[]) => records.map(({ id }) => id);
	// Every tenth company. Some of its people were never invited.
	const ended = contacts.filter((_, index) => Math.floor(index / PEOPLE) % 10 === 6);
	const packaging = recordsOf(world, 'Vendors').filter(({ name }) => name.endsWith('Packaging'));
	world.addView('Contacts', 'Key customers', premium, { id: PREMIUM_VIEW });
	world.addView('Contacts', 'Contract ended', idsOf(ended), { id: ENDED_VIEW });
	world.addView('Contacts', 'Waiting for portal access', idsOf(prospects), {
		id: WAITING_VIEW,
	});
	const partners = contacts.filter(({ email }) => PARTNERS.some((name) => email?.endsWith(name)));
	world.addView('Contacts', 'Partners with a contract', idsOf(partners), { id: PARTNERS_VIEW });
	world.addView('Vendors', 'Packaging suppliers', idsOf(packaging), { id: PACKAGING_VIEW });
}

/** Companies of dealers, without the one whose contract has ended, and a new company. */
const PARTNERS = ['tramonto-energy', 'silvan-interiors', 'grantham-tools', 'lakeside-energy'].map(
	(name) => `@${name}.example`,
);

function recordsOf(world: World, module: string): CrmRecord[] {
	return [...world.records.values()].filter((record) => record.module === module);
}

/** The number of people per company. */
const PEOPLE = 4;

/** Their addresses are at the company. */
function addContacts(world: World, amount: number): CrmRecord[] {
	return Array.from({ length: amount }, (_, index) => {
		// 40 and 41 have no common divisor, so 1,640 people have different names.
		const first = FIRST_NAMES[index % FIRST_NAMES.length];
		const last = LAST_NAMES[index % LAST_NAMES.length];
		const company = Math.floor(index / PEOPLE);
		return world.addRecord({
			id: `7310000000000${400_001 + index}`,
			name: `${first} ${last}`,
			email: `${plain(first)}.${plain(last)}@${domain(company)}`,
			fields: { First_Name: first, Last_Name: last },
		});
	});
}

function addVendors(world: World, amount: number): CrmRecord[] {
	return Array.from({ length: amount }, (_, index) => {
		const name = `${PLACES[(index * 5) % PLACES.length]} ${SUPPLIES[index % SUPPLIES.length]}`;
		return world.addRecord({
			id: `7310000000000${500_001 + index}`,
			module: 'Vendors',
			name,
			email: `office@${plain(name)}.example`,
		});
	});
}

/** Invites people to a user type, long ago, and applies their habits. */
function admit(world: World, userType: string, records: CrmRecord[]): void {
	records.forEach((record, index) => {
		world.addPortalUser(userType, record, {
			...habit(index),
			invited_time: daysAfter('2024-02-05T08:30:00Z', index * 3),
		});
	});
}

/** One in nine has never accepted the invitation, and one in ten may no longer log in. */
function habit(index: number): Partial<PortalUser> {
	if (index % 9 === 4) return { confirm: false };
	if (index % 40 === 17) {
		return { active: false, status_reason__s: 'disabled on updation of email' };
	}
	return index % 10 === 7 ? { active: false } : {};
}

/** Gives some contacts properties that prevent an invitation. */
function burden(prospects: CrmRecord[]): void {
	const [, noAddress, inReview, locked, optedOut] = prospects;
	noAddress.email = null;
	inReview.state = 'inReview';
	locked.state = 'locked';
	optedOut.state = 'gdpr';
}

/** The seeded users lead teams, and the new ones work in them. */
function addStaff(world: World): void {
	const roles = ['Sales Manager', 'Partner Manager', 'Support Agent'].map((name, index) => ({
		id: `731000000000010201${index}`,
		name,
	}));
	world.roles.push(...roles);
	const [sales, partners, support] = roles;
	const ceo = world.users.get(world.superAdmin);
	const [ben, chloe] = ['7310000000000101002', '7310000000000101003'].map((id) =>
		world.users.get(id),
	);
	if (!ceo || !ben || !chloe) throw new Error('The world is not a seeded one');
	Object.assign(ben, { role: sales, Reporting_To: pick(ceo) });
	Object.assign(chloe, { role: partners, Reporting_To: pick(ceo) });
	STAFF.forEach(([firstName, lastName], index) => {
		const lead = index % 3 === 0 ? chloe : ben;
		const role = index % 3 === 2 ? support : world.roles[2];
		world.addUser(firstName, lastName, {
			id: `7310000000000101${String(101 + index)}`,
			email: `${plain(firstName)}.${plain(lastName)}@acme.example`,
			role,
			Reporting_To: pick(lead),
		});
	});
	ceo.email = 'asha.rao@acme.example';
	ben.email = 'ben.ortiz@acme.example';
	chloe.email = 'chloe.meyer@acme.example';
}

function pick({ id, full_name: name }: { id: string; full_name: string }) {
	return { id, name };
}

const placeOf = (company: number) => PLACES[company % PLACES.length];

const tradeOf = (company: number) =>
	TRADES[(company + Math.floor(company / PLACES.length)) % TRADES.length];

const companyName = (company: number) => `${placeOf(company)} ${tradeOf(company)}`;

function domain(company: number): string {
	return `${plain(placeOf(company))}-${plain(tradeOf(company))}.example`;
}

/** The letters and digits of a name, as in email addresses. */
function plain(text: string): string {
	return text
		.toLowerCase()
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.replace(/[^a-z0-9]+/g, '-');
}

function daysAfter(start: string, days: number): string {
	const time = new Date(Date.parse(start) + days * 86_400_000);
	return time.toISOString().replace('.000Z', '+00:00');
}

const FIRST_NAMES =
	'Mina Tomás Ingrid Kwame Sofia Henrik Leila Marco Yuki Fatima Oscar Priya Jonas Elif Pedro Nadia Lukas Amara Viktor Clara Rafael Hanna Samir Beatriz Anton Zoe Mateo Freya Karim Julia Emeka Greta Hugo Ayesha Milan Laura Diego Nora Felix Simone'.split(
		' ',
	);

const LAST_NAMES =
	'Shah Dvorak Lindqvist Mensah Romano Bergström Haddad Conti Tanaka Rahman Fischer Iyer Weber Yilmaz Carvalho Petkov Brandt Okafor Sokolov Jensen Moreno Virtanen Aziz Almeida Kowalski Laurent Herrera Nilsen Mansour Schuster Eze Hoffmann Dubois Malik Horvat Rossi Vargas Sullivan Keller Marchetti Lange'.split(
		' ',
	);

const PLACES =
	'Nordwind Lakeside Alpina Meridian Harbour Rosental Cascade Verano Baltic Oakfield Solaris Kestrel Monterra Fjord Calder Bluestone Aurora Westbrook Tramonto Silvan Juniper Grantham Arvida'.split(
		' ',
	);

const TRADES = ['Logistik', 'Foods', 'Clinics', 'Energy', 'Interiors', 'Transport', 'Tools'];

const SUPPLIES = ['Packaging', 'Metals', 'Print', 'Freight', 'Plastics'];

const STAFF = [
	['Ivo', 'Marek'],
	['Tessa', 'Holm'],
	['Ruben', 'Castillo'],
	['Mei', 'Lin'],
	['Oluwaseun', 'Ade'],
	['Katja', 'Vogel'],
	['Noah', 'Bennett'],
	['Sanna', 'Koskinen'],
	['Farid', 'Nazari'],
] as const;
