import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { createConnection, credentialOf } from '../http/connection';
import type { Connection } from '../http/connection';
import { onlyPortal } from '../zoho/directory';
import { dataOf } from '../http/error';
import { callSettings, signalOf } from './budget';
import { compare, seed } from './compare';
import { toJson, watchesPeople } from './events';
import { pollError } from './failure';
import { recall, remember } from './memory';
import type { Memory } from './memory';
import { readParameters } from './parameters';
import type { TriggerParameters } from './parameters';
import { forgetDoubts, isPatient, noteDoubt } from './patience';
import type { Findings } from './reading';
import type { Source } from './readPortal';
import { addRecordsTo } from './records';
import { readAsDue } from './readAsDue';
import { isKnownPortal } from './rename';
import { samples } from './samples';
import { storedSum, writeState } from './state';
import { inTurn } from './turns';

/**
 * One poll of the trigger: the changes since the previous one. In a manual test, examples.
 *
 * @returns null if there is nothing to report
 * @throws NodeApiError if the portal cannot be read; the stored state is then unchanged
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
				? await samples(node, await sourceOf(connection, parameters), parameters)
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
	// The same key that n8n uses for static data: copied nodes may have the same ID.
	const key = `${context.getWorkflow().id}:${context.getNode().name}`;
	return await inTurn(key, data, async (isCurrent) => {
		const stored = storedSum(data);
		const known = recall(key, data);
		const seen = await look(connection, parameters, known, isPatient(key)).catch(
			(error: unknown) => {
				if (dataOf(error).code === 'COUNTS_DISAGREE') noteDoubt(key);
				throw error;
			},
		);
		if (!isCurrent()) return [];
		forgetDoubts(key);
		for (const line of seen.log) context.logger.warn(`Zoho CRM Portals Trigger: ${line}`);
		const sum = writeState(data, seen.memory.state);
		remember(key, seen.memory, seen.items.length > 0 ? [sum] : [stored, sum]);
		return seen.items;
	});
}

/** The result of a poll: the items, the new state, and the lines for the log. */
interface Seen {
	items: IDataObject[];
	memory: Memory;
	log: string[];
}

async function look(
	connection: Connection,
	parameters: TriggerParameters,
	known: ReturnType<typeof recall>,
	patient: boolean,
): Promise<Seen> {
	const { portal, watch, includeOverdue, recordFields } = parameters;
	const now = Date.now();
	const { apiUrl: origin } = await credentialOf(connection);
	const stored = known.state?.origin === origin ? known.state : undefined;
	const isSame = stored?.portal === portal;
	const source = await sourceOf(connection, parameters, isSame ? stored.portalName : portal);
	const isKnown = stored && (isSame || (await isKnownPortal(source, stored.known)));
	const before = isKnown ? stored : undefined;
	const memory = before && known.memory;
	const found = await readAsDue(source, before, memory, parameters, { patient, now });
	const { portalName, belief } = found;
	const { findings, doubtful, isOther } = belief;
	const goesOn = before !== undefined && !isOther;
	const asked = { is: watch, was: before?.watch ?? watch, includeOverdue };
	const { events, known: next } = goesOn
		? compare(before.known, findings, asked, now)
		: { events: [], known: seed(findings, watch, now) };
	const log = [
		...(known.state && !goesOn ? [ANEW] : []),
		...(strangeRows(findings) > 0 ? [oddRows(findings)] : []),
	];
	const unread = await addRecordsTo(events, connection, findings.userTypes, recordFields);
	const hint = [
		...(doubtful ? [DOUBTFUL] : []),
		...(strangeRows(findings) > 0 ? [oddRows(findings)] : []),
		...unread,
	].join(' ');
	const detectedAt = new Date(now).toISOString();
	const items = events.map((event) => toJson(event, portalName, detectedAt, hint));
	const state = { portal, portalName, origin, watch, known: next };
	return { items, memory: { ...found.marks, state }, log };
}

const ANEW =
	'The stored state belongs to another portal or organization, or cannot be read. The trigger starts over and reports changes from now on.';

function strangeRows({ odd, nameless }: Findings): number {
	return odd.size + nameless;
}

function oddRows(findings: Findings): string {
	const rows = strangeRows(findings);
	return `${rows} ${rows === 1 ? 'row' : 'rows'} of Zoho's lists could not be read. The node keeps the last known state of these users.`;
}

const DOUBTFUL =
	"Zoho's user counts disagreed with its lists in six polls in a row. The node now relies on the lists.";

/** The portal to read: the one with this name, or the only one if the name is empty. */
async function sourceOf(
	connection: Connection,
	{ watch, portal: asked }: TriggerParameters,
	name = asked,
): Promise<Source> {
	const portal = name === '' ? await onlyPortal(connection) : name;
	const withModules = watch.events.includes('userTypeUpdated');
	return { connection, portal, withModules, withPeople: watchesPeople(watch) };
}
