import type { Browser, Locator, Page } from 'playwright-core';

import { PLAY } from '../../emulator/play/play';
import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import { eventually } from '../../harness/until';
import { launchChromium } from '../../harness/browser/chromium';

let emulator: Emulator;
let browser: Browser;
let page: Page;
/** What the page asked other servers for, and what it complained about. */
const strange: string[] = [];

beforeAll(async () => {
	emulator = await Emulator.start();
	browser = await launchChromium();
});
beforeEach(async () => {
	emulator.reset();
	strange.length = 0;
	page = await browser.newPage();
	page.on('request', (request) => {
		if (!request.url().startsWith(`${emulator.origin}${PLAY}`)) strange.push(request.url());
	});
	page.on('console', (message) => strange.push(message.text()));
	page.on('pageerror', (error) => strange.push(error.message));
	await page.goto(emulator.origin + PLAY);
});
afterEach(async () => {
	await page.close();
	expect(strange.filter((text) => text !== 'data:,')).toEqual([]);
});
afterAll(async () => {
	await browser?.close();
	await emulator?.stop();
});

const section = (userType: string) => page.getByRole('region', { name: userType, exact: true });

const rowOf = (name: string) =>
	page.getByRole('row').filter({ has: page.getByRole('cell', { name, exact: true }) });

const press = async (name: string, label: string) =>
	await page.getByRole('button', { name: `${label}: ${name}`, exact: true }).click();

const status = async () => await page.getByRole('status').innerText();

/** Texts of a row's first three cells: name, email, state. */
async function cells(row: Locator): Promise<string[]> {
	return (await row.getByRole('cell').allInnerTexts()).slice(0, 3);
}

test('a person is added, confirmed, deactivated, activated, moved and removed', async () => {
	const { world } = emulator;
	await page.getByLabel('User type').selectOption('Dealers');
	await page.getByLabel('Name', { exact: true }).fill('Ada <b>Byron</b>');
	await page.getByLabel('Email', { exact: true }).fill('ada@example.test');
	await page.getByRole('button', { name: 'Add' }).click();

	const name = 'Ada <b>Byron</b>';
	const row = rowOf(name);
	await row.waitFor();
	expect(await status()).toBe(`${name} is invited.`);
	expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('');
	// The next one goes to the same user type.
	expect(await page.getByLabel('User type').inputValue()).toBe(DEALERS);
	const [ada] = world.usersOf(DEALERS);
	expect(ada).toMatchObject({ name, email: 'ada@example.test', confirm: false, active: true });
	const invited = `active, not confirmed, invited ${ada.invited_time.slice(0, 10)}`;
	expect(await cells(row)).toEqual([name, 'ada@example.test', invited]);
	const buttons = async () => await row.getByRole('button').allInnerTexts();
	const moves = ['Move to Client Portal', 'Move to Premium'];
	// Zoho does not let who has not accepted yet be deactivated.
	expect(await buttons()).toEqual(['Confirm', ...moves, 'Remove']);

	await press(name, 'Confirm');
	await eventually(async () => (await cells(row))[2], 'active');
	expect(await buttons()).toEqual(['Deactivate', ...moves, 'Remove']);
	expect(ada.confirm).toBe(true);
	expect(await status()).toBe(`${name} has accepted the invitation.`);

	await press(name, 'Deactivate');
	await eventually(async () => (await cells(row))[2], 'inactive');
	expect(ada.active).toBe(false);

	await press(name, 'Activate');
	await eventually(async () => (await cells(row))[2], 'active');
	expect(ada.active).toBe(true);

	await press(name, 'Move to Premium');
	await section('Premium').getByRole('cell', { name, exact: true }).waitFor();
	expect(ada.userTypeId).toBe(PREMIUM);
	expect(await section('Dealers').getByRole('cell').count()).toBe(0);

	await press(name, 'Remove');
	await row.waitFor({ state: 'detached' });
	expect(world.portalUsers.size).toBe(0);
	expect(await status()).toBe(`${name} is removed.`);
	expect(emulator.requests).toEqual([]);
});

test('the page shows what calls change, and the calls, by itself', async () => {
	const { access_token } = emulator.connect('ZohoCRM.settings.clientportal.ALL');
	const [person] = emulator.world.addPortalUsers(DEALERS, 1, { name: 'Ada Byron' });
	await rowOf('Ada Byron').waitFor();
	expect(await page.getByRole('table').last().getByRole('row').count()).toBe(1);

	const url = `/crm/v8/settings/portals/${PORTAL}/user_type/${DEALERS}/users`;
	const search = `?personality_ids=${person.personality_id}`;
	const call = async (method: string, path: string) =>
		await fetch(emulator.origin + path, {
			method,
			headers: { Authorization: `Zoho-oauthtoken ${access_token}` },
		});
	await call('DELETE', url + search);
	await rowOf('Ada Byron').waitFor({ state: 'detached' });
	await call('GET', '/crm/v8/nowhere');

	const calls = page.getByRole('region', { name: 'Calls that came in' }).locator('tbody tr');
	const seen = async () =>
		await Promise.all(
			(await calls.all()).map(async (row) => await row.getByRole('cell').allInnerTexts()),
		);
	await eventually(seen, [
		['2', 'GET', '/crm/v8/nowhere', '401'],
		['1', 'DELETE', url + search, '200'],
	]);
});

test('one person of many is found; the rest is counted', async () => {
	const { world } = emulator;
	world.addPortalUsers(CLIENT_PORTAL, 30);
	world.addPortalUser(CLIENT_PORTAL, world.addRecord({ name: 'Zoë', email: 'zoe@example.test' }));
	world.addPortalUsers(CLIENT_PORTAL, 30);
	const clients = section('Client Portal');
	await clients.getByText('20 of 61 shown').waitFor();
	expect(await rowOf('Zoë').count()).toBe(0);
	await page.getByLabel('Find by name, email or ID').fill('zoe@');
	await clients.getByText('1 people').waitFor();
	expect(await cells(rowOf('Zoë'))).toEqual(['Zoë', 'zoe@example.test', 'active']);
});

test('what cannot be done is told', async () => {
	const [person] = emulator.world.addPortalUsers(DEALERS, 1, { name: 'Ada Byron' });
	await rowOf('Ada Byron').waitFor();
	await page.getByLabel('Email', { exact: true }).fill(person.email);
	await page.getByRole('button', { name: 'Add' }).click();
	const twin = `${person.email} belongs to somebody in the portal already.`;
	await eventually(status, twin);
	// To be mended, not to be typed again.
	expect(await page.getByLabel('Email', { exact: true }).inputValue()).toBe(person.email);
	expect(emulator.world.portalUsers.size).toBe(1);
	// The browser itself tells of the refused call.
	expect(strange.splice(0)).toEqual([expect.stringContaining('409')]);
});

test('the keyboard is enough, and stays where it was', async () => {
	const [person] = emulator.world.addPortalUsers(DEALERS, 1, { name: 'Ada', confirm: false });
	const confirm = page.getByRole('button', { name: 'Confirm: Ada' });
	await confirm.focus();
	await page.keyboard.press('Enter');
	await confirm.waitFor({ state: 'detached' });
	expect(person.confirm).toBe(true);
	const focused = async () => await page.locator(':focus').getAttribute('aria-label');
	expect(await focused()).toBe('Changes: Ada');
	await page.keyboard.press('Tab');
	expect(await focused()).toBe('Deactivate: Ada');
	// It stays where it was while others come.
	emulator.world.addPortalUsers(DEALERS, 1, { name: 'Ben' });
	await rowOf('Ben').waitFor();
	expect(await focused()).toBe('Deactivate: Ada');
});

test('the end of the emulator is told, and its return', async () => {
	await page.route('**/play/view*', async (route) => await route.abort());
	await eventually(status, 'The emulator does not answer.');
	await page.unroute('**/play/view*');
	await eventually(status, '');
	expect(strange.splice(0).length).toBeGreaterThan(0);
});
