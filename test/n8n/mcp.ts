import type { IDataObject } from 'n8n-workflow';

import { until } from '../../harness/until';
import type { ToolCall } from './expectation';

interface Answer {
	result?: { tools: Array<{ name: string }>; content: Array<{ text: string }>; isError?: boolean };
	error?: object;
}

/** A client of an MCP server, by its "Streamable HTTP" transport. */
export class McpClient {
	private session: Record<string, string> = {};

	private constructor(private readonly url: string) {}

	/** Begins a session, once n8n has registered the address of the server. */
	static async connect(url: string): Promise<McpClient> {
		const client = new McpClient(url);
		const response = await until(`MCP server ${url}`, 20, async () => {
			const answer = await client.post('initialize', {
				protocolVersion: '2025-03-26',
				capabilities: {},
				clientInfo: { name: 'test', version: '1' },
			});
			return answer.status === 404 ? undefined : answer;
		});
		await resultOf(response);
		client.session = { 'mcp-session-id': response.headers.get('mcp-session-id') ?? '' };
		return client;
	}

	/** Names of the tools that the server offers. */
	async tools(): Promise<string[]> {
		const { tools } = await resultOf(await this.post('tools/list', {}));
		return tools.map(({ name }) => name);
	}

	/** The text that a tool answers with. */
	async call({ tool, arguments: given }: ToolCall): Promise<string> {
		const response = await this.post('tools/call', { name: tool, arguments: given });
		const { content, isError } = await resultOf(response);
		const [{ text }] = content;
		if (isError) throw new Error(`${tool} failed: ${text}`);
		return text;
	}

	private async post(method: string, params: IDataObject): Promise<Response> {
		return await fetch(this.url, {
			method: 'POST',
			headers: {
				Accept: 'application/json, text/event-stream',
				'Content-Type': 'application/json',
				...this.session,
			},
			body: JSON.stringify({ jsonrpc: '2.0', id: method, method, params }),
		});
	}
}

/** The result in an answer, which is the only event of a stream. */
async function resultOf(response: Response): Promise<NonNullable<Answer['result']>> {
	const text = await response.text();
	const { result } = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '{}') as Answer;
	if (!result) throw new Error(`The MCP server answered ${response.status}: ${text}`);
	return result;
}
