import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';

import type { ToolCall } from './expectation';
import { HOST } from '../../harness/n8n/ports';

interface ChatRequest {
	model: string;
	messages: Array<{ role: string; content: string | null }>;
	tools?: Array<{ function: { name: string } }>;
}

/**
 * A chat model that speaks OpenAI's protocol and follows a script: one tool call after the other,
 * then an answer that repeats what the last tool said.
 */
export class Model {
	/** What it asks for, one to a turn. */
	script: ToolCall[] = [];

	/** Base URL for n8n's OpenAI credential. */
	url = '';

	private constructor(private readonly app: FastifyInstance) {}

	static async start(): Promise<Model> {
		const app = Fastify({ forceCloseConnections: true });
		const model = new Model(app);
		app.post('/v1/chat/completions', async (request) => model.answer(request.body as ChatRequest));
		model.url = `${await app.listen({ port: 0, host: HOST })}/v1`;
		return model;
	}

	async stop(): Promise<void> {
		await this.app.close();
	}

	private answer({ model, messages, tools = [] }: ChatRequest): object {
		const results = messages.filter(({ role }) => role === 'tool');
		const next = this.script[results.length];
		if (next && !tools.some((tool) => tool.function.name === next.tool)) {
			const offered = tools.map((tool) => tool.function.name).join(', ');
			throw new Error(`The agent has no tool ${next.tool}, but ${offered}`);
		}
		const message = next
			? { role: 'assistant', content: null, tool_calls: [toolCall(next, results.length)] }
			: { role: 'assistant', content: `Done. ${results.at(-1)?.content ?? ''}` };
		return {
			id: `chat-${results.length}`,
			object: 'chat.completion',
			created: 1_767_225_600,
			model,
			choices: [{ index: 0, message, finish_reason: next ? 'tool_calls' : 'stop' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	}
}

function toolCall({ tool, arguments: given }: ToolCall, turn: number): object {
	return {
		id: `call-${turn}`,
		type: 'function',
		function: { name: tool, arguments: JSON.stringify(given) },
	};
}
