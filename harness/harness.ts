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
 * The emulator and the engine of a test file; `emulator` is back at its start for every test, and a
 * call or an answer outside the contract fails the test.
 */
export interface Harness {
	emulator: Emulator;
	engine: Engine;
	/** Runs an operation of the node. `input` is one empty item unless given. */
	run: (
		operation: string,
		parameters?: INodeParameters,
		setup?: Partial<NodeSetup>,
	) => Promise<NodeResult>;
	/** Like `run`, but the execution can be canceled; `resultOf` reads what it came to. */
	start: (
		operation: string,
		parameters?: INodeParameters,
		setup?: Partial<NodeSetup>,
	) => ReturnType<Engine['startNode']>;
	/** Method and address of the calls that reached Zoho, in order. */
	calls: () => string[];
	/** Those that only read. */
	reads: () => string[];
	/** All others. */
	writes: () => string[];
	/** The most calls that were in flight at once. */
	mostInFlight: () => number;
	/** Waits until so many calls have reached Zoho. */
	untilCalled: (amount: number) => Promise<void>;
	/** Adds portal users, dealers unless said otherwise; returns their personality ids. */
	addUsers: (amount: number, userType?: string, extra?: Partial<PortalUser>) => string[];
	/** Adds contacts that nobody has invited; returns their ids. */
	addRecords: (amount: number) => string[];
	/** Calls of a method, `DELETE` or the like. */
	sent: (method: string) => string[];
	/** Who is mailed when all jobs have run, those too that nobody reads; in order of their ids. */
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

/** A node that goes on after an error, with the item that failed among the others. */
export const continuing = { onError: 'continueRegularOutput' } as const;

/** A node that n8n starts again after an error ("Retry On Fail"); it takes 0 ms for a second. */
export const again = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** Gives the pauses between tries no length: what is tested is what is repeated, not the wait. */
export function skipPauses(): void {
	beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
	afterEach(() => jest.restoreAllMocks());
}

export function line({ method, url }: LoggedRequest): string {
	return `${method} ${url.replace('/crm/v8', '')}`;
}

export { asItems, byEmail, byId, byName, fromList, inviting, ofDealers } from './parameters';

/** Data of the items, without what n8n adds. */
export const jsons = ({ items }: NodeResult): IDataObject[] => items.map(({ json }) => json);

/** Which input item each item belongs to. */
export const pairs = (items: NodeResult['items']): unknown[] =>
	items.map(({ pairedItem }) => (pairedItem as { item: number }).item);

/** Hints that n8n shows beside the output. */
export const hintsOf = ({ run }: NodeResult): string[] =>
	(run.data.resultData.runData.Zoho[0].hints ?? []).map(({ message }) => message);

/** Zoho's answer as the node's error keeps it. */
export const zohoOf = ({ error }: NodeResult): IDataObject =>
	(error?.context as { zoho: IDataObject }).zoho;

/** What the error of a dry run says, as a real run says it. */
export const asDone = (text: unknown): string =>
	String(text).replace('would not be', 'could not be');

/** Whether a call, as `calls` tells it, changes nothing. */
export function isRead(call: string): boolean {
	return call.startsWith('GET ');
}
