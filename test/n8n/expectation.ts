/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import assert from 'node:assert/strict';

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Snapshot } from '../../emulator/control';
import type { Emulator } from '../../emulator/server';
import type { World } from '../../emulator/world';
import type { Series } from '../../harness/n8n/install';

/** A tool that the scripted model asks the agent to call, by the name that the agent gives it. */
export interface ToolCall {
	tool: string;
	arguments: IDataObject;
}

/** A question of n8n, and the text on the button that answers it. */
export interface Review {
	question: string;
	button: string;
}

/** How a workflow is started: by its webhook, its trigger, its chat, its MCP server or a change in Zoho. */
export type Start =
	| { change: (world: World) => void }
	| { webhook: IDataObject }
	| { trigger: string }
	/**
	 * The model makes the calls one after the other, then answers. With `review`, n8n first asks the
	 * person in the chat a question, and the person presses a button.
	 */
	| { chat: string; calls: ToolCall[]; review?: Review }
	/** A client of its MCP server calls these tools; the output has their answers, by tool. */
	| { mcp: ToolCall[] };

/** Items by node and output of the node, of its last run. */
export type Output = Record<string, INodeExecutionData[][]>;

/** How a workflow is started, and what that leads to. */
export interface Run {
	start: Start;
	/**
	 * @param before the world before the workflow ran
	 * @param emulator with the requests since then
	 * @throws AssertionError for what did not happen as it should
	 */
	check: (before: Snapshot, emulator: Emulator, output: Output) => void;
}

/** What must have happened to a lifelike world (emulator/lifelike.ts) that nobody touched yet. */
export interface Expectation extends Run {
	/** The versions of n8n that have its nodes; without it, all. */
	series?: Series[];
	/** A start that leads elsewhere. */
	otherwise?: Run;
	/** What its manual trigger leads to, where it has one beside. */
	byHand?: { trigger: string; check: (emulator: Emulator, output: Output) => void };
}

/** What a node put out, in one text. */
export function text(output: Output, node: string): string {
	assert.ok(output[node], `${node} did not run`);
	return output[node][0].map(({ json }) => Object.values(json).join(' ')).join('\n');
}
