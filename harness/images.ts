/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ZohoCrmPortalsOAuth2Api } from '../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { properties as triggerProperties } from '../nodes/ZohoCrmPortals/trigger/parameters';
import { changeStatus } from '../nodes/ZohoCrmPortals/resources/portalUser/changeStatus';

const root = path.resolve(__dirname, '..');

/** The folder of the images in the documentation. */
export const IMAGES = path.join(root, 'docs/images');

/** The file that records what each image showed when it was made. */
export const RECORD = path.join(IMAGES, 'shown.json');

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/**
 * The images of the documentation: the screenshot that each one is made from, and what it shows.
 */
export const images: Record<string, { picture: string; shows: () => unknown }> = {
	credential: {
		picture: 'credential-connected',
		shows: () => new ZohoCrmPortalsOAuth2Api().properties,
	},
	'first-form': {
		picture: 'first-form',
		shows: () => changeStatus.fields.map(({ property }) => property),
	},
	'first-result': {
		picture: 'first-result',
		shows: () => read('nodes/ZohoCrmPortals/__schema__/v1.0.0/portalUser/changeStatus.json'),
	},
	trigger: {
		picture: 'trigger',
		shows: () => triggerProperties,
	},
	workflow: {
		picture: 'deal-won-invite-contact-json',
		shows: () => read('examples/deal-won-invite-contact.json'),
	},
};

/** What the images would show now, each as a hash. */
export function shownNow(): Record<string, string> {
	const hash = (shown: unknown) =>
		createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 16);
	return Object.fromEntries(
		Object.entries(images).map(([name, { shows }]) => [name, hash(shows())]),
	);
}
