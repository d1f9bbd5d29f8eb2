import type { ICredentialType, INodeType } from 'n8n-workflow';

import { Emulator } from '../../emulator/server';
import { Engine } from '../../harness/engine';
import { TRIGGER_TYPE } from '../../harness/types';

/** What runs a node on n8n's engine against an emulator of its own. */
export class OnEngine {
	constructor(
		protected readonly emulator: Emulator,
		protected readonly engine: Engine,
	) {}

	/** @param type the action node or the trigger */
	static async start<T extends OnEngine>(
		this: new (emulator: Emulator, engine: Engine) => T,
		type: INodeType,
		credential: ICredentialType,
	): Promise<T> {
		const emulator = await Emulator.start();
		const engine = new Engine(emulator, type, credential);
		if (type.poll) engine.register(TRIGGER_TYPE, type);
		return new this(emulator, engine);
	}

	async stop(): Promise<void> {
		await this.emulator.stop();
	}
}
