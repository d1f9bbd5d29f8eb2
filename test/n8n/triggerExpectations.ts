/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import assert from 'node:assert/strict';

import { CLIENT_PORTAL, DEALERS, PREMIUM } from '../../emulator/seed';
import type { PortalUser, World } from '../../emulator/world';
import { text } from './expectation';
import type { Expectation } from './expectation';

/** Of the examples that begin with the trigger. */
export const triggerExpectations: Record<string, Expectation> = {
	'portal-audit-log.json': {
		start: {
			change: (world) => {
				userNamed(world, 'Mina Shah').userTypeId = PREMIUM;
				world.portalUsers.delete(userNamed(world, 'Amara Iyer').personality_id);
			},
		},
		check: (before, _, output) => {
			const gone = before.portalUsers
				.filter(({ name }) => name === 'Amara Iyer')
				.map(({ personality_id: id, userTypeId }) => ({
					id,
					type: before.userTypes.find((one) => one.id === userTypeId)?.name,
				}))
				.at(0);
			const rows = output['Append to the log'][0].map(({ json }) => json);
			assert.deepEqual(
				rows.map(({ event, name, userType }) => [event, name, userType]),
				[
					['userTypeChanged', 'Mina Shah', 'Premium'],
					['userRemoved', '', gone?.type],
				],
			);
			assert.equal(rows[1].id, gone?.id);
			assert.match(String(rows[0].before), new RegExp(CLIENT_PORTAL));
		},
	},

	'portal-invitation-unanswered-ask-owner.json': {
		start: {
			change: (world) => {
				const record = world.addRecord({ name: 'Ida Late', email: 'ida@late.example' });
				const invited_time = '2026-01-15T10:00:00+00:00';
				world.addPortalUser(DEALERS, record, { confirm: false, invited_time });
			},
		},
		check: (_before, _emulator, output) => {
			assert.equal(output['Ask the owner'][0].length, 1);
			const { to, subject } = output['Ask the owner'][0][0].json;
			assert.equal(to, 'chloe.meyer@acme.example');
			assert.equal(subject, 'Ida Late has not accepted the invitation');
			assert.match(text(output, 'Ask the owner'), /invited to the portal on 2026-01-15/);
		},
	},

	'portal-status-to-contact.json': {
		start: {
			change: (world) => {
				const record = world.addRecord({ name: 'Ida New', email: 'ida@new.example' });
				world.addPortalUser(DEALERS, record, { confirm: true });
				userNamed(world, 'Mina Shah').active = false;
			},
		},
		check: (_, { world }, output) => {
			const status = (name: string) => {
				const { personality_id } = userNamed(world, name);
				return output['Update the contact'][0].find(({ json }) => json.id === personality_id)?.json
					.Portal_Status;
			};
			assert.equal(output['Update the contact'][0].length, 2);
			assert.equal(status('Ida New'), 'Confirmed');
			assert.equal(status('Mina Shah'), 'Deactivated');
		},
	},

	'portal-user-confirmed-welcome.json': {
		start: {
			change: (world) => {
				for (const user of world.portalUsers.values()) {
					if (user.confirm) continue;
					user.confirm = true;
					break;
				}
			},
		},
		check: (before, { world }, output) => {
			const [confirmed] = before.portalUsers.filter(({ confirm }) => !confirm);
			assert.equal(world.portalUsers.get(confirmed.personality_id)?.confirm, true);
			assert.equal(output['Tell the team'][0].length, 1);
			assert.match(text(output, 'Tell the team'), new RegExp(confirmed.name));
		},
	},
};

function userNamed(world: World, name: string): PortalUser {
	const user = [...world.portalUsers.values()].find((one) => one.name === name);
	assert.ok(user, `There is no ${name}`);
	return user;
}
