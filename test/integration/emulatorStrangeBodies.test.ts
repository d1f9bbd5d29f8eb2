import { operations } from '../../emulator/contract';
import { BEN, DEALERS, PORTAL } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { caller } from '../../harness/call';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

guardContract(() => emulator);

const call = caller(() => emulator);

/** Bodies in the place of the one that is documented, of which all but the last have no list. */
const strange: Array<[string, (wrapper: string) => unknown]> = [
	['none', () => undefined],
	['null', () => null],
	['a number', () => 5],
	['a list', () => []],
	['an empty object', () => ({})],
	['no list', (wrapper) => ({ [wrapper]: 5 })],
	['an empty list', (wrapper) => ({ [wrapper]: [] })],
	['a list of null', (wrapper) => ({ [wrapper]: [null] })],
	['a list of numbers', (wrapper) => ({ [wrapper]: [5] })],
];

const withBody = operations.filter(
	// What becomes of it shows in the list of users only.
	({ id, body }) => body !== null && id !== 'changePortalUsersStatusBulk',
);

describe.each(withBody)('$id', ({ method, path, success }) => {
	const at = path
		.replace('{portal}', PORTAL)
		.replace('{user_type_id}', DEALERS)
		.replace('{user_id}', BEN)
		.replace('{module}', 'Contacts');
	const wrapper = success[0].wrapper ?? '';

	test.each(strange)('refuses a body that is %s', async (_, body) => {
		expect(await call(method, at, body(wrapper))).toMatchObject({ status: 400 });
	});

	test('answers a list of an empty object within the contract', async () => {
		const { status } = await call(method, at, { [wrapper]: [{}] });
		expect([200, 400]).toContain(status);
	});
});
