import type { ICredentialType, IDataObject, INodeParameters, INodeType } from 'n8n-workflow';

import { populate } from '../../emulator/lifelike';
import { Emulator } from '../../emulator/server';
import { resources } from '../../nodes/ZohoCrmPortals/resources';
import { Engine } from '../../harness/engine';
import type { NodeResult, NodeSetup } from '../../harness/engine';
import { sampleOf } from '../../harness/operations';
import type { Sample as SampleRun } from '../../harness/operations';

/** The output of an operation of the node. */
export interface Sample {
	/** As in a saved workflow: `portalUser`. */
	resource: string;
	/** As in a saved workflow: `delete`. */
	operation: string;
	/** The complete output of one run; never empty. */
	items: IDataObject[];
	/** The item of a run that Zoho refused, with the error setting "Continue". */
	refused?: IDataObject;
}

interface Loaded {
	node: INodeType;
	credential: ICredentialType;
}

/** Runs every operation of the node against the emulator, on n8n's engine. */
export async function collectSamples({ node, credential }: Loaded): Promise<Sample[]> {
	const emulator = await Emulator.start();
	try {
		const runner = new Runner(emulator, new Engine(emulator, node, credential));
		const samples: Sample[] = [];
		for (const { value: resource, operations } of resources) {
			for (const { value: operation } of operations) {
				samples.push({ resource, operation, ...(await runner.sample(`${resource}.${operation}`)) });
			}
		}
		return samples;
	} finally {
		await emulator.stop();
	}
}

class Runner {
	constructor(
		private readonly emulator: Emulator,
		private readonly engine: Engine,
	) {}

	/** @param name the name of an operation, such as `portalUser.delete` */
	async sample(name: string): Promise<Pick<Sample, 'items' | 'refused'>> {
		const items = await this.jsons(name, ({ parameters }) => parameters);
		const failed = items.find(({ error }) => error !== undefined);
		if (failed || items.length === 0) {
			throw new Error(`${name} has no sample: ${JSON.stringify(failed ?? 'no items')}`);
		}
		if (!sampleOf(name, this.emulator).refused) return { items };
		const [refused] = await this.jsons(name, (run) => run.refused ?? {});
		if (refused?.error === undefined) throw new Error(`${name} was not refused`);
		return { items, refused };
	}

	/** The items of an operation in a new organization. */
	private async jsons(
		name: string,
		parametersOf: (run: SampleRun) => INodeParameters,
	): Promise<IDataObject[]> {
		this.emulator.reset();
		populate(this.emulator.world);
		const run = sampleOf(name, this.emulator);
		const { after } = run;
		const input = after && (await this.run(after.name, after.parameters)).items;
		const { items } = await this.run(name, parametersOf(run), {
			...(input && { input: input.slice(0, 1).map(({ json }) => json) }),
			onError: 'continueRegularOutput',
		});
		return items.map(({ json }) => this.anywhere(json));
	}

	private async run(
		name: string,
		parameters: INodeParameters,
		setup: Partial<NodeSetup> = {},
	): Promise<NodeResult> {
		const [resource, operation] = name.split('.');
		return await this.engine.runNode({
			parameters: { resource, operation, ...parameters },
			...setup,
		});
	}

	/**
	 * Replaces the address of the emulator, whose port differs each time, so that the output is the
	 * same on every machine.
	 */
	private anywhere(json: IDataObject): IDataObject {
		const text = JSON.stringify(json).replaceAll(this.emulator.origin, 'https://zoho.example.com');
		return JSON.parse(text) as IDataObject;
	}
}
