/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import path from 'node:path';

import type { Locator, Page } from 'playwright-core';

import { OWNER } from '../n8n/client';
import { NodePanel } from './nodePanel';

/** The folder for screenshots of the tests. */
export const PICTURES = path.join(__dirname, 'screenshots');

/** The actions of a user in n8n's editor. */
export class Editor {
	constructor(
		readonly page: Page,
		private readonly origin: string,
	) {}

	/** Starts as a user who has just logged in and has chosen nothing in the editor yet. */
	async logIn(): Promise<void> {
		const { page } = this;
		await page.context().clearCookies();
		await page.goto(`${this.origin}/signin`);
		await page.evaluate('localStorage.clear()');
		await page.getByLabel('Email').fill(OWNER.email);
		await page.getByLabel('Password').fill(OWNER.password);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.waitForURL(({ pathname }) => pathname !== '/signin');
	}

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.origin}/workflow/new`);
		await this.page.getByTestId('canvas-plus-button').waitFor();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.origin}/workflow/${id}`);
		await this.nodes.first().waitFor();
	}

	/** Opens another workflow without reloading the editor, as n8n's links do. */
	async goToWorkflow(id: string): Promise<void> {
		await this.page.evaluate(
			`history.pushState(null, '', '/workflow/${id}'); dispatchEvent(new PopStateEvent('popstate'))`,
		);
	}

	/** Chooses Import > From file in the menu of a new workflow. */
	async importFile(file: string): Promise<void> {
		const { page } = this;
		await this.newWorkflow();
		await page.getByTestId('workflow-menu').click();
		await page.getByRole('menuitem', { name: 'Import' }).hover();
		const [chooser] = await Promise.all([
			page.waitForEvent('filechooser'),
			page.getByRole('menuitem', { name: 'From file' }).click(),
		]);
		await chooser.setFiles(file);
		await this.nodes.first().waitFor();
	}

	/** Fits the whole workflow into the window, with nothing selected. */
	async showWhole(): Promise<void> {
		await this.page.getByTestId('zoom-to-fit').click();
		await this.page.getByTestId('canvas').click({ position: { x: 20, y: 20 } });
	}

	/** Nodes on the canvas. */
	get nodes(): Locator {
		return this.page.getByTestId('canvas-node');
	}

	/** Names of the nodes on the canvas, in alphabetical order. */
	async nodeNames(): Promise<string[]> {
		const nodes = await this.nodes.all();
		const names = nodes.map(async (node) => (await node.getAttribute('data-node-name')) ?? '');
		return (await Promise.all(names)).sort();
	}

	/** Headings of the notes on the canvas, in alphabetical order. */
	async noteHeadings(): Promise<string[]> {
		return (await this.page.getByTestId('sticky').getByRole('heading').allInnerTexts()).sort();
	}

	/** Opens the nodes panel of a new workflow. */
	async openNodesPanel(): Promise<void> {
		await this.page.getByTestId('canvas-plus-button').click();
	}

	/** Types into the search field of the open nodes panel. */
	async search(text: string): Promise<void> {
		await this.page.getByTestId('node-creator-search-bar').fill(text);
	}

	/** Opens the nodes panel of a new workflow and searches in it. */
	async searchNodes(text: string): Promise<void> {
		await this.openNodesPanel();
		await this.search(text);
	}

	/** Texts of the entries in the nodes panel, from top to bottom. */
	async entries(): Promise<string[]> {
		const texts = await this.page.getByTestId('item-iterator-item').allTextContents();
		return texts.map((text) => text.trim());
	}

	/** An entry of the nodes panel: a node, or an action of one. */
	entry(name: string): Locator {
		const { page } = this;
		return page
			.getByTestId('item-iterator-item')
			.filter({ has: page.getByText(name, { exact: true }) });
	}

	/** Shows the actions of our node in a new workflow. */
	async showActions(): Promise<void> {
		await this.newWorkflow();
		await this.searchNodes('zoho portal');
		await this.entry('Zoho CRM Portals').click();
		// In a new workflow, n8n lists triggers first and collapses the actions below.
		await this.page
			.getByTestId('node-creator-category-item')
			.filter({ hasText: /^Actions \(/ })
			.click();
	}

	/** Adds an action of our node to a new workflow. n8n adds a trigger and opens the node. */
	async addAction(action: string): Promise<NodePanel> {
		await this.showActions();
		await this.entry(action).click();
		return await this.opened();
	}

	/** Adds an action of our node after a node of the canvas, and opens it. */
	async addActionAfter(node: string, action: string): Promise<NodePanel> {
		const { page } = this;
		await this.node(node).getByTestId('canvas-handle-plus').click();
		await page.getByTestId('node-creator-search-bar').fill('zoho portal');
		await this.entry('Zoho CRM Portals').click();
		await this.entry(action).click();
		return await this.opened();
	}

	/** Adds our node to an agent on the canvas as a tool, and opens it. */
	async addTool(agent: string): Promise<NodePanel> {
		const { page } = this;
		// n8n offers the tools only if the nodes panel has been loaded before.
		await page.getByTestId('node-creator-plus-button').click();
		await page.getByTestId('node-creator-search-bar').press('Escape');
		await page.getByTestId('node-creator-search-bar').waitFor({ state: 'hidden' });
		const handle = this.node(agent).locator('[data-connection-type="ai_tool"]');
		await handle.getByTestId('canvas-handle-plus').click();
		// Before n8n shows the tools, it searches all nodes.
		await this.entry('HTTP Request Tool').waitFor();
		await this.search('zoho portal');
		await this.entry('Zoho CRM Portals Tool').click();
		return await this.opened();
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	/** Starts counting mouse clicks. */
	async countClicks(): Promise<void> {
		await this.page.evaluate(
			`clicks = 0; addEventListener('pointerdown', () => { clicks += 1; }, true)`,
		);
	}

	/** The number of mouse clicks since then. */
	async clicks(): Promise<number> {
		return Number(await this.page.evaluate('clicks'));
	}

	/** The texts below a node on the canvas: its name, then its subtitle. */
	async labels(node: string): Promise<string[]> {
		return (await this.node(node).innerText()).split('\n').filter(Boolean);
	}

	/** Runs the open workflow with its button. */
	async executeWorkflow(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	private node(name: string): Locator {
		return this.nodes.filter({ has: this.page.getByText(name, { exact: true }) });
	}

	/** Opens a node of the canvas. */
	async openNode(name: string): Promise<NodePanel> {
		await this.node(name).dblclick();
		return await this.opened();
	}

	/** Saves a screenshot, without temporary notifications and tooltips. */
	async picture(name: string): Promise<void> {
		const { page } = this;
		await page.screenshot({
			path: path.join(PICTURES, `${name.replace(/[^\w]+/g, '-')}.png`),
			animations: 'disabled',
			caret: 'hide',
			style: '.el-notification, .el-popper.is-dark, [role="tooltip"] { display: none !important; }',
		});
	}

	/** The open node. */
	async opened(): Promise<NodePanel> {
		const root = this.page.getByTestId('ndv');
		await root.getByTestId('node-parameters').waitFor();
		return new NodePanel(root);
	}
}
