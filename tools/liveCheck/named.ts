import { isObject } from '../../nodes/ZohoCrmPortals/transport/exactJson';
import { isSuccess, rowsIn, told } from './answers';
import type { Call } from './client';
import type { Options } from './options';
import type { Write } from './question';
import { everybodyIn } from './scene';
import type { Scene } from './scene';
import { Stopped } from './stopped';
import type { Terminal } from './terminal';

export const ORGANIZATION_READ = 'ZohoCRM.org.READ';

/** Who a person agrees to write to. */
export interface Organization {
	name: string;
	/** As Zoho calls it: "enterprise", "free". */
	edition: string;
}

/** https://www.zoho.com/crm/developer/docs/api/v8/get-org-data.html */
export async function readOrganization(call: Call): Promise<Organization> {
	const answer = await call('GET', '/org');
	const [{ company_name, license_details } = {}] = rowsIn(answer, 'org');
	if (!isSuccess(answer) || typeof company_name !== 'string' || company_name === '') {
		throw new Stopped(`The organization's name cannot be read: ${told(answer)}.`);
	}
	const edition = isObject(license_details) ? String(license_details.paid_type) : '';
	return { name: company_name, edition };
}

/**
 * Looks up what was named for writes.
 *
 * @throws Stopped where somebody is not as the writes need it, so that nothing is done to others
 */
export async function lookUp(
	call: Call,
	scene: Scene,
	{ writes, people, userType, targetUserType }: Options,
): Promise<Scene['named']> {
	const typeOf = (id: string | undefined) => {
		const type = scene.userTypes.find((one) => one.id === id);
		if (id !== undefined && !type) throw new Stopped(`The portal has no user type ${id}.`);
		return type;
	};
	const named = { people, userType: typeOf(userType), targetUserType: typeOf(targetUserType) };
	const invites = writes.includes('invite');
	for (const { id } of scene.userTypes) {
		const there = await everybodyIn(call, scene, id);
		const guest = people.find((person) => there.has(person));
		if (invites && guest !== undefined) {
			throw new Stopped(`${guest} is in the portal already: name records that nobody invited.`);
		}
		const stranger = people.find((person) => !there.has(person));
		if (!invites && id === userType && stranger !== undefined) {
			throw new Stopped(`${stranger} is not in the user type ${id}: --writes invite invites.`);
		}
	}
	return named;
}

const DEEDS: Record<Write, (scene: Scene['named']) => string> = {
	invite: ({ people }) =>
		`invites ${people.slice(0, 3).join(', ')}: each gets an email, and ` +
		`${people[0]}, who is invited up to four times, up to three`,
	status: ({ people }) =>
		`deactivates those of ${people.join(', ')} who have accepted, and activates them again`,
	transfer: ({ people, targetUserType }) =>
		`moves ${people[0]} to the user type ${targetUserType?.id} and back`,
	delete: ({ people }) => `removes ${people.slice(0, 2).join(', ')} from the portal`,
};

/** Tells what will be written, and whether the person at the terminal agrees. */
export async function agrees(
	terminal: Terminal,
	{ named, portal }: Scene,
	writes: Write[],
	{ name }: Organization,
): Promise<boolean> {
	terminal.say(`\nThe organization is ${name}, the portal ${portal}. The check now`);
	for (const write of writes) terminal.say(`- ${write}: ${DEEDS[write](named)}`);
	const answer = await terminal.ask('Type the name of the organization to go on:');
	return answer === name;
}
