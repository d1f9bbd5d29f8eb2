import { sleep } from 'n8n-workflow';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ZohoCrmPortalsOAuth2Api } from '../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { ZohoCrmPortals } from '../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { ZohoCrmPortalsTrigger } from '../nodes/ZohoCrmPortals/ZohoCrmPortalsTrigger.node';
import { documented } from '../emulator/contract';
import { PORTAL } from '../emulator/seed';
import { Emulator } from '../emulator/server';
import type { LoggedRequest } from '../emulator/server';
import type { PortalUser } from '../emulator/world';
import { guardContract } from './contract';
import { Engine, resultOf } from './engine';
import type { NodeResult, NodeSetup } from './engine';
import { byName } from './parameters';
import { TRIGGER_TYPE } from './types';
import { addUsers } from './useEmulator';

/**
 * The emulator and the engine of a test file. The emulator is reset before every test. A call or an
 * answer outside the contract fails the test.
 */
export interface Harness {
	emulator: Emulator;
	engine: Engine;
	/** Runs an operation of the node. By default, `input` is one empty item. */
	run: (
		operation: string,
		parameters?: INodeParameters,
		setup?: Partial<NodeSetup>,
	) => Promise<NodeResult>;
	/** Like `run`, but the execution can be canceled. `resultOf` reads its result. */
	start: (
		operation: string,
		parameters?: INodeParameters,
		setup?: Partial<NodeSetup>,
	) => ReturnType<Engine['startNode']>;
	/** Method and path of the calls that reached Zoho, in order. */
	calls: () => string[];
	/** The calls that only read. */
	reads: () => string[];
	/** All other calls. */
	writes: () => string[];
	/** The most calls that were in flight at once. */
	mostInFlight: () => number;
	/** Waits until this many calls have reached Zoho. */
	untilCalled: (amount: number) => Promise<void>;
	/** Adds portal users, by default dealers; returns their personality IDs. */
	addUsers: (amount: number, userType?: string, extra?: Partial<PortalUser>) => string[];
	/** Adds contacts whom nobody has invited; returns their IDs. */
	addRecords: (amount: number) => string[];
	/** Calls with a method such as `DELETE`. */
	sent: (method: string) => string[];
	/**
	 * The people who are emailed after all jobs have run, including jobs that nobody reads; sorted
	 * by ID.
	 */
	sentTo: () => string[];
	/** The email address of a portal user. */
	emailOf: (id: string) => string;
	documented: typeof documented;
}

export function useHarness(): Harness {
	const harness = { documented } as Harness;
	beforeAll(async () => {
		harness.emulator = await Emulator.start();
		harness.engine = new Engine(
			harness.emulator,
			new ZohoCrmPortals(),
			new ZohoCrmPortalsOAuth2Api(),
		);
		harness.engine.register(TRIGGER_TYPE, new ZohoCrmPortalsTrigger());
	});
	beforeEach(() => {
		harness.emulator.reset();
		harness.engine.connect('1');
	});
	guardContract(() => harness.emulator);
	afterAll(async () => await harness.emulator.stop());
	harness.start = (name, parameters = {}, setup = {}) => {
		const [resource, operation] = name.split('.');
		return harness.engine.startNode({
			parameters: { resource, operation, portal: byName(PORTAL), ...parameters },
			...setup,
		});
	};
	harness.run = async (...setup) => resultOf(await harness.start(...setup));
	harness.calls = () => harness.emulator.requests.map(line);
	harness.reads = () => harness.calls().filter(isRead);
	harness.writes = () => harness.calls().filter((call) => !isRead(call));
	harness.mostInFlight = () =>
		Math.max(...harness.emulator.requests.map(({ inFlight }) => inFlight));
	harness.untilCalled = async (amount) => {
		while (harness.emulator.requests.length < amount) await sleep(1);
	};
	harness.addUsers = (...users) => addUsers(harness.emulator, ...users);
	harness.addRecords = (amount) =>
		Array.from({ length: amount }, () => harness.emulator.world.addRecord().id);
	harness.sent = (method) => harness.calls().filter((call) => call.startsWith(`${method} `));
	harness.sentTo = () => {
		const { jobs, mails } = harness.emulator.world;
		for (const job of jobs.values()) if (job.rows === null) job.finish();
		return mails.map(({ record_id }) => record_id).sort();
	};
	harness.emailOf = (id) => harness.emulator.world.portalUsers.get(id)?.email ?? '';
	return harness;
}

/** A node that continues after an error, with the failed item among the others. */
export const continuing = { onError: 'continueRegularOutput' } as const;

/** A node that n8n starts again after an error ("Retry On Fail"), without waiting. */
export const again = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** Removes the pauses between tries, because tests check the repetitions and not the waiting. */
export function skipPauses(): void {
	beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
	afterEach(() => jest.restoreAllMocks());
}

export function line({ method, url }: LoggedRequest): string {
	return `${method} ${url.replace('/crm/v8', '')}`;
}

export { asItems, byEmail, byId, byName, fromList, inviting, ofDealers } from './parameters';

/** Data of the items, without the properties that n8n adds. */
export const jsons = ({ items }: NodeResult): IDataObject[] => items.map(({ json }) => json);

/** The input item of each item. */
export const pairs = (items: NodeResult['items']): unknown[] =>
	items.map(({ pairedItem }) => (pairedItem as { item: number }).item);

/** Hints that n8n shows next to the output. */
export const hintsOf = ({ run }: NodeResult): string[] =>
	(run.data.resultData.runData.Zoho[0].hints ?? []).map(({ message }) => message);

/** Zoho's answer in the error of the node. */
export const zohoOf = ({ error }: NodeResult): IDataObject =>
	(error?.context as { zoho: IDataObject }).zoho;

/** The error text of a dry run, as a real run words it. */
export const asDone = (text: unknown): string =>
	String(text).replace('would not be', 'could not be');

/** Whether a call from `calls` changes nothing. */
export function isRead(call: string): boolean {
	return call.startsWith('GET ');
}
