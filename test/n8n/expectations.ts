/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import assert from 'node:assert/strict';

import type { IDataObject } from 'n8n-workflow';

import accountClosed from '../../examples/account-closed-remove-access.json';
import dealWon from '../../examples/deal-won-invite-contact.json';
import employeeLeaves from '../../examples/staff-leaver-transfer-and-delete.json';
import planUpgraded from '../../examples/plan-upgraded-transfer-user.json';
import type { Snapshot } from '../../emulator/control';
import { CLIENT_PORTAL, DEALERS, PREMIUM } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { text } from './expectation';
import type { Expectation } from './expectation';
import { triggerExpectations } from './triggerExpectations';

/** What the human review asks before it lets the agent delete. */
const question = 'May I call **Delete portal users** for mina.shah@nordwind-logistik.example?';

const deletion = {
	chat: 'Delete mina.shah@nordwind-logistik.example from the portal.',
	calls: [
		{
			tool: 'Delete_portal_users',
			arguments: {
				toolParameters: { emails: 'mina.shah@nordwind-logistik.example' },
				hitlParameters: {},
			},
		},
	],
};

/** By file of the folder examples. */
export const expectations: Record<string, Expectation> = {
	'access-review-by-account.json': {
		start: { trigger: 'Every month' },
		check: (before, emulator, output) => {
			const rows = output['Append to the sheet'][0].map(({ json }) => json);
			assert.equal(rows.length, before.portalUsers.length);
			const mina = rows.find(({ email }) => email === 'mina.shah@nordwind-logistik.example');
			assert.equal(mina?.account, 'Nordwind Logistik');
			assert.notEqual(mina?.owner, '');
			const accounts = rows.map(({ account }) => String(account).toLowerCase());
			assert.deepEqual(accounts, [...accounts].sort());
			assert.deepEqual(writes(emulator), []);
		},
	},

	'account-closed-remove-access.json': {
		start: { webhook: pinned(accountClosed, 'Account closed') },
		check: (before, emulator, output) => {
			assert.deepEqual(deactivated(before, emulator), [
				'Ingrid Lindqvist',
				'Kwame Mensah',
				'Mina Shah',
				'Tomás Dvorak',
			]);
			assert.deepEqual(gone(before, emulator), []);
			assert.equal(writes(emulator).length, 4);
			assert.equal(output['Lock its people out'][0].length, 4);
		},
	},

	'ai-agent-human-review.json': {
		series: ['2.41'],
		start: { ...deletion, review: { question, button: 'Approve' } },
		check: (before, emulator, output) => {
			assert.deepEqual(gone(before, emulator), ['Mina Shah']);
			assert.equal(writes(emulator).length, 1);
			assert.match(String(output['Portal agent'][0][0].json.output), /"deleted":true/);
		},
		otherwise: {
			start: { ...deletion, review: { question, button: 'Decline' } },
			check: (before, emulator, output) => {
				assert.deepEqual(gone(before, emulator), []);
				assert.deepEqual(writes(emulator), []);
				assert.match(
					String(output['Portal agent'][0][0].json.output),
					/User rejected the tool call/,
				);
			},
		},
	},

	'ai-agent-portal-help.json': {
		start: {
			chat: 'mina.shah@nordwind-logistik.example has left, lock her out. jonas.weber@meridian-energy.example becomes a dealer.',
			calls: [
				{ tool: 'Find_portal_users', arguments: {} },
				{
					tool: 'Change_status',
					arguments: { emails: 'mina.shah@nordwind-logistik.example', active: false },
				},
				{
					tool: 'Transfer',
					arguments: {
						emails: 'jonas.weber@meridian-energy.example',
						targetUserType: 'Dealers',
					},
				},
			],
		},
		check: (before, emulator, output) => {
			assert.deepEqual(deactivated(before, emulator), ['Mina Shah']);
			assert.deepEqual(moved(before, emulator), ['Jonas Weber']);
			assert.equal(writes(emulator).length, 2);
			assert.equal(typeof output['Portal agent'][0][0].json.output, 'string');
		},
	},

	'approve-plan-by-mail.json': {
		start: { trigger: 'Every Monday' },
		check: (before, emulator, output) => {
			assert.deepEqual(moved(before, emulator), ['Lukas Fischer']);
			assert.deepEqual(deactivated(before, emulator), []);
			assert.equal(writes(emulator).length, 2);
			const done = output['Carry out the plan'][0].map(({ json }) => [json.action, json.name]);
			assert.deepEqual(done, [
				['transferred', 'Lukas Fischer'],
				['activated', 'Beatriz Okafor'],
			]);
		},
	},

	'contract-ended-remove-access.json': {
		start: { trigger: 'Every night' },
		check: (before, emulator) => {
			assert.deepEqual(deactivated(before, emulator), [
				'Anton Sokolov',
				'Freya Virtanen',
				'Mateo Moreno',
				'Zoe Jensen',
			]);
			assert.deepEqual(gone(before, emulator), []);
			assert.deepEqual(emulator.world.mails, []);
			assert.equal(writes(emulator).length, 4);
		},
	},

	'deal-won-invite-contact.json': {
		start: { webhook: pinned(dealWon, 'Deal won') },
		check: (before, { world }, output) => {
			const { email } = pinned(dealWon, 'Deal won');
			const user = [...world.portalUsers.values()].find((one) => one.email === email);
			assert.equal(user?.userTypeId, CLIENT_PORTAL);
			assert.equal(user.confirm, false);
			const record_id = user.personality_id;
			assert.deepEqual(world.mails, [{ record_id, type: 'invite', language: '' }]);
			assert.equal(world.portalUsers.size, before.portalUsers.length + 1);
			assert.match(text(output, 'Tell sales'), /was invited to the portal/);
		},
	},

	'mcp-server-portal-lookup.json': {
		start: {
			mcp: [
				{ tool: 'Find_portal_users', arguments: { contains: 'nordwind-logistik' } },
				{
					tool: 'Get_portal_users',
					arguments: { emails: 'jonas.weber@meridian-energy.example, nobody@example.com' },
				},
				{ tool: 'Count_portal_users', arguments: {} },
			],
		},
		check: (before, emulator, output) => {
			const found = text(output, 'Find_portal_users');
			assert.ok(found.length < 4000);
			assert.deepEqual(
				before.portalUsers.map(({ email }) => email).filter((email) => found.includes(email)),
				[
					'mina.shah@nordwind-logistik.example',
					'tomas.dvorak@nordwind-logistik.example',
					'ingrid.lindqvist@nordwind-logistik.example',
					'kwame.mensah@nordwind-logistik.example',
				],
			);
			const got = text(output, 'Get_portal_users');
			assert.match(got, /"Jonas Weber"/);
			assert.match(got, /nobody@example.com.*NOT_FOUND/);
			const [{ total }] = JSON.parse(text(output, 'Count_portal_users')) as IDataObject[];
			assert.equal(total, before.portalUsers.length);
			assert.deepEqual(writes(emulator), []);
		},
	},

	'nightly-list-to-portal.json': {
		start: { trigger: 'Every night' },
		check: (before, emulator, output) => {
			const { world } = emulator;
			assert.deepEqual(
				world.mails.map(({ record_id }) => world.records.get(record_id)?.name).sort(),
				['Diego Eze', 'Emeka Kowalski', 'Laura Schuster'],
			);
			assert.deepEqual(moved(before, emulator), ['Amara Iyer', 'Fatima Mensah', 'Lukas Fischer']);
			assert.equal(world.usersOf(PREMIUM).length, 16 + 2 - 1 + 1);
			assert.equal(world.usersOf(DEALERS).length, 14 - 2 + 1 + 2);
			assert.deepEqual(deactivated(before, emulator), [
				'Anton Sokolov',
				'Ingrid Sullivan',
				'Zoe Jensen',
			]);
			assert.deepEqual(gone(before, emulator), []);
			const activated = before.portalUsers.filter(
				({ personality_id, active }) => !active && world.portalUsers.get(personality_id)?.active,
			);
			assert.deepEqual(names(activated), ['Beatriz Okafor']);
			// Two of people to move, one of people to invite, four changes of status.
			assert.equal(writes(emulator).length, 7);
			assert.equal(output.Report[0].length, 11);
			assert.match(text(output, 'Report'), /Laura Schuster invited/);
			// He has not accepted his invitation.
			assert.match(text(output, 'Report'), /Rafael Carvalho unchanged .*cannot be deactivated/);
		},
	},

	'plan-upgraded-transfer-user.json': {
		start: { webhook: pinned(planUpgraded, 'Plan upgraded') },
		check: (before, emulator, output) => {
			const { world } = emulator;
			assert.equal(world.portalUsers.get('7310000000000400001')?.userTypeId, PREMIUM);
			assert.equal(world.usersOf(PREMIUM).length, 17);
			assert.equal(writes(emulator).length, 1);
			assert.deepEqual(deactivated(before, emulator), []);
			assert.match(text(output, 'Tell the customer'), /Mina Shah.*Premium/);
		},
	},

	'portal-follows-view.json': {
		start: { trigger: 'Every night' },
		check: (before, emulator, output) => {
			const { world } = emulator;
			assert.deepEqual(
				world.mails.map(({ record_id }) => world.records.get(record_id)?.name).sort(),
				['Emeka Kowalski', 'Ingrid Vargas', 'Kwame Sullivan', 'Mina Horvat', 'Tomás Rossi'],
			);
			assert.deepEqual(deactivated(before, emulator), [
				'Anton Sokolov',
				'Freya Virtanen',
				'Mateo Moreno',
				'Zoe Jensen',
			]);
			assert.deepEqual(moved(before, emulator), []);
			assert.deepEqual(gone(before, emulator), []);
			// One for people to invite, five changes of status.
			assert.equal(writes(emulator).length, 6);
			assert.equal(output.Sync[0].length, 10);
		},
	},

	'premium-trial-and-back.json': {
		start: { trigger: 'Every night' },
		check: (before, emulator) => {
			// The trial of one has begun, and that of the other is over.
			assert.deepEqual(moved(before, emulator), ['Henrik Lange', 'Mina Shah']);
			assert.equal(writes(emulator).length, 2);
		},
	},

	...triggerExpectations,

	'staff-leaver-transfer-and-delete.json': {
		start: { webhook: pinned(employeeLeaves, 'Employee leaves') },
		check: (before, emulator, output) => {
			const { leaver, successor } = pinned(employeeLeaves, 'Employee leaves');
			const byEmail = (email: unknown) => before.users.find((user) => user.email === email);
			const [left, took] = [byEmail(leaver), byEmail(successor)];
			const { world } = emulator;
			assert.equal(world.users.get(String(left?.id))?.status, 'deleted');
			assert.equal(world.users.get(String(took?.id))?.status, 'active');
			const team = before.users.filter(({ Reporting_To }) => Reporting_To?.id === left?.id);
			assert.equal(team.length, 6);
			for (const { id } of team) {
				assert.equal(world.users.get(id)?.Reporting_To?.id, took?.id);
			}
			assert.match(
				text(output, 'Tell IT'),
				/ben\.ortiz@acme\.example was deleted.*the team included/,
			);
		},
	},

	'undo-last-run.json': {
		start: { trigger: 'Every night' },
		check: (before, emulator, output) => {
			assert.deepEqual(moved(before, emulator), []);
			// Two are moved and one is activated, and all of it is undone.
			assert.equal(writes(emulator).length, 6);
			assert.deepEqual(
				output['Put back'][0].map(({ json }) => json.action),
				['transferred', 'transferred', 'deactivated'],
			);
		},
	},

	'user-types-from-repository.json': {
		start: { trigger: 'Every night' },
		check: (before, emulator, output) => {
			const { world } = emulator;
			const modulesOf = (name: string) =>
				[...world.userTypes.values()].find((userType) => userType.name === name)?.modules ?? [];
			assert.deepEqual(
				modulesOf('Field Engineers').map(({ api_name }) => api_name),
				['Contacts', 'Notes', 'Deals'],
			);
			const phone = { id: world.field('Contacts', 'Phone').id, read_only: true };
			const [{ fields }] = modulesOf('Dealers');
			assert.deepEqual(Array.isArray(fields) && fields[2], { ...phone, api_name: 'Phone' });
			assert.equal(world.userTypes.size, before.userTypes.length + 1);
			assert.equal(writes(emulator).length, 2);
			const told = text(output, 'Tell the portal team');
			assert.match(told, /Dealers was updated: .*Contacts permissions\.create: true → false/);
			assert.match(told, /Contacts fields\.Phone: null → "read-only"/);
			assert.match(told, /Field Engineers was created: /);
		},
		byHand: {
			trigger: 'Save to the repository',
			check: ({ world, requests }, output) => {
				const [files] = output['As files'];
				const saved = files.map(({ json: { path, content } }) => {
					const { name, modules } = JSON.parse(String(content)) as IDataObject;
					assert.equal(path, `user-types/${String(name)}.json`);
					assert.ok(Array.isArray(modules) && modules.length > 0);
					return name;
				});
				assert.deepEqual(
					saved.sort(),
					[...world.userTypes.values()].map(({ name }) => name).sort(),
				);
				assert.deepEqual(
					requests.filter(({ method }) => method !== 'GET'),
					[],
				);
			},
		},
	},

	'weekly-remind-invited.json': {
		start: { trigger: 'Every Monday' },
		check: (before, { world }, output) => {
			const waiting = before.portalUsers.filter(({ confirm }) => !confirm);
			assert.deepEqual(
				world.mails.map(({ record_id, type }) => [record_id, type]).sort(),
				waiting.map(({ personality_id }) => [personality_id, 'reinvite']).sort(),
			);
			const counts = output['Mails by user type'][0].map(({ json }) => [
				json.userType,
				json.count_email,
			]);
			assert.deepEqual(Object.fromEntries(counts), {
				'Client Portal': 27,
				Dealers: 2,
				Premium: 2,
				Suppliers: 3,
			});
		},
	},
};

/** The body that a webhook of an example has as its pinned data. */
function pinned(
	workflow: { pinData: Record<string, Array<{ json: { body: object } }>> },
	node: string,
): IDataObject {
	return { ...workflow.pinData[node][0].json.body };
}

function deactivated(before: Snapshot, { world }: Emulator): string[] {
	return names(
		before.portalUsers.filter(
			({ personality_id, active }) =>
				active && world.portalUsers.get(personality_id)?.active === false,
		),
	);
}

/** Who has another user type than before, and was not deleted. */
function moved(before: Snapshot, { world }: Emulator): string[] {
	return names(
		before.portalUsers.filter(({ personality_id, userTypeId }) => {
			const now = world.portalUsers.get(personality_id)?.userTypeId;
			return now !== undefined && now !== userTypeId;
		}),
	);
}

function gone(before: Snapshot, { world }: Emulator): string[] {
	return names(
		before.portalUsers.filter(({ personality_id }) => !world.portalUsers.has(personality_id)),
	);
}

function names(users: Array<{ name: string }>): string[] {
	return users.map(({ name }) => name).sort();
}

function writes({ requests }: Emulator): string[] {
	return requests.filter(({ method }) => method !== 'GET').map(({ method, url }) => method + url);
}

/** What a node at the end of a workflow says, its items one to a line. */
