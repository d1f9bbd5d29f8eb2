/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a development tool that does not ship */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import type { Switches } from './switches';
import type { Snapshot } from './control';
import type { Fault } from './faults';
import type { CustomView } from './modules';
import type { TokenRequest } from './oauth';
import type { LoggedRequest } from './server';
import type { CrmRecord, PortalUser } from './world';

/** An emulator in a separate process, so that its work does not count toward measurements. */
export class RemoteEmulator {
	private constructor(
		readonly origin: string,
		private readonly process?: ChildProcess,
	) {}

	static async start(port = 0): Promise<RemoteEmulator> {
		const cli = path.join(__dirname, 'cli.ts');
		const child = spawn(process.execPath, ['--import', 'tsx', cli, '--port', String(port)], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
		const origin = /http:\/\/[\w.]+:\d+/.exec(line)?.[0];
		if (!origin) throw new Error(`The emulator did not start: ${line}`);
		return new RemoteEmulator(origin, child);
	}

	/** Connects to an emulator that is already running. */
	static at(origin: string): RemoteEmulator {
		return new RemoteEmulator(origin);
	}

	async stop(): Promise<void> {
		if (!this.process || this.process.exitCode !== null) return;
		this.process.kill('SIGINT');
		await once(this.process, 'exit');
	}

	reset = async () => await this.post('reset', {});
	expire = async () => await this.post('expire', {});
	behave = async (switches: Partial<Switches>) => await this.post('switches', switches);
	addFault = async (fault: Fault) => await this.post('faults', fault);

	connect = async (scope: string) =>
		await this.post<{ access_token: string; refresh_token: string }>('connect', { scope });

	addPortalUsers = async (userType: string, amount: number, extra: Partial<PortalUser> = {}) =>
		await this.post<string[]>('portalUsers', { userType, amount, extra });

	addRecords = async (amount: number, extra: Partial<CrmRecord> = {}) =>
		await this.post<string[]>('records', { amount, extra });

	addAccount = async (name: string, contacts: string[] = [], extra: Partial<CrmRecord> = {}) =>
		await this.post<CrmRecord>('accounts', { name, contacts, extra });

	addView = async (
		module: string,
		name: string,
		members: string[],
		extra: Partial<CustomView> = {},
	) => await this.post<CustomView>('views', { module, name, members, extra });

	requests = async () => await this.get<LoggedRequest[]>('requests');
	tokenRequests = async () => await this.get<TokenRequest[]>('tokenRequests');
	world = async () => await this.get<Snapshot>('world');

	private async post<T = object>(what: string, body: object): Promise<T> {
		return await this.call<T>(what, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
	}

	private async get<T>(what: string): Promise<T> {
		return await this.call<T>(what, {});
	}

	/**
	 * Each call opens a new connection: an idle one is closed, and a busy process notices that too
	 * late.
	 */
	private async call<T>(what: string, { headers, ...init }: RequestInit): Promise<T> {
		const response = await fetch(`${this.origin}/emulator/${what}`, {
			...init,
			headers: { ...headers, Connection: 'close' },
		});
		return (await response.json()) as T;
	}
}
