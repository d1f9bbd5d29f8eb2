import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { createConnection } from '../transport/connection';
import type { Connection } from '../transport/connection';
import { onlyPortal, usualRemovals } from '../transport/directory';
import { dataOf } from '../transport/error';
import { readBelievably } from './believe';
import type { Belief, Caution } from './believe';
import { callSettings, signalOf } from './budget';
import { compare, seed } from './compare';
import { toJson } from './events';
import { pollError } from './failure';
import { readParameters } from './parameters';
import type { TriggerParameters } from './parameters';
import { forgetDoubts, isPatient, noteDoubt } from './patience';
import type { Source } from './readPortal';
import { findRenamed, isKnownPortal } from './rename';
import { samples } from './samples';
import type { Snapshot } from './snapshot';
import { readState, writeState } from './state';
import type { State } from './state';
import { inTurn } from './turns';

/**
 * One poll of the trigger: what changed since the one before. In a manual test, examples.
 *
 * @returns null where there is nothing to tell
 * @throws NodeApiError where the portal cannot be read, and then nothing that is kept has changed
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const node = context.getNode();
	const parameters = readParameters(context);
	const connection = createConnection(
		context,
		callSettings(context, parameters.travel),
		undefined,
		signalOf(context),
	);
	try {
		const items =
			context.getMode() === 'manual'
				? await samples(node, await sourceOf(connection, parameters), parameters.watch)
				: await changes(context, connection, parameters);
		return items && items.length > 0 ? [items.map((json) => ({ json }))] : null;
	} catch (error) {
		throw await pollError(node, connection, parameters.portal, error);
	}
}

async function changes(
	context: IPollFunctions,
	connection: Connection,
	parameters: TriggerParameters,
): Promise<IDataObject[] | undefined> {
	const data = context.getWorkflowStaticData('node');
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	return await inTurn(key, data, async (isCurrent) => {
		const seen = await look(connection, parameters, readState(data), isPatient(key)).catch(
			(error: unknown) => {
				if (dataOf(error).code === 'COUNTS_DISAGREE') noteDoubt(key);
				throw error;
			},
		);
		if (!isCurrent()) return [];
		forgetDoubts(key);
		writeState(data, seen.state);
		return seen.items;
	});
}

/** What a poll found: what it tells, and what it leaves behind. */
interface Seen {
	items: IDataObject[];
	state: State;
}

async function look(
	connection: Connection,
	parameters: TriggerParameters,
	stored: State | undefined,
	patient: boolean,
): Promise<Seen> {
	const { portal, watch, includeOverdue, maxRemovals } = parameters;
	const isSame = stored?.portal === portal;
	const source = await sourceOf(connection, parameters, isSame ? stored.portalName : portal);
	const isKnown = stored && (isSame || (await isKnownPortal(source, stored.known)));
	const before = isKnown ? stored : undefined;
	const caution = {
		maxRemovals: maxRemovals ?? usualRemovals(before?.known.users.size ?? 0),
		patient,
	};
	const { portalName, reading, doubtful } = await readRenamed(source, before?.known, caution);
	const now = Date.now();
	const state = { portal, portalName, watch };
	if (!before) return { items: [], state: { ...state, known: seed(reading, watch, now) } };
	const asked = { is: watch, was: before.watch, includeOverdue };
	const { events, known } = compare(before.known, reading, asked, now);
	const detectedAt = new Date(now).toISOString();
	const items = events.map((event) => ({
		...toJson(event, portalName, detectedAt),
		...(doubtful && { hint: DOUBTFUL }),
	}));
	return { items, state: { ...state, known } };
}

const DOUBTFUL =
	"Zoho's counts of users did not agree with its lists in six polls in a row. The lists are believed.";

/** Reads a portal, by another name where it has been renamed. */
async function readRenamed(
	source: Source,
	before: Snapshot | undefined,
	caution: Caution,
): Promise<Belief & { portalName: string }> {
	const read = async (portal: string) => ({
		...(await readBelievably({ ...source, portal }, before, caution)),
		portalName: portal,
	});
	return await read(source.portal).catch(async (error: unknown) => {
		const unknown = dataOf(error).code === 'INVALID_DATA';
		const renamed = unknown && before ? await findRenamed(source, before) : undefined;
		if (renamed === undefined) throw error;
		return await read(renamed);
	});
}

/** Where to read: the portal of this name, or the only one where there is no name. */
async function sourceOf(
	connection: Connection,
	{ watch, portal: asked }: TriggerParameters,
	name = asked,
): Promise<Source> {
	const portal = name === '' ? await onlyPortal(connection) : name;
	return { connection, portal, withModules: watch.events.includes('userTypeUpdated') };
}
