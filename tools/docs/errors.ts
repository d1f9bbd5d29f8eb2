import {
	isFinal,
	isOwn,
	MESSAGES,
	SAME_AS,
	wordsFor,
} from '../../nodes/ZohoCrmPortals/errors/messages';
import type { OperationLabels, Words } from '../../nodes/ZohoCrmPortals/errors/messages';
import { upper } from '../../nodes/ZohoCrmPortals/errors/words';
import { resources } from '../../nodes/ZohoCrmPortals/resources';
import { statusLabels } from '../../nodes/ZohoCrmPortals/resources/portalUser/changeStatus';
import { errorData } from '../../nodes/ZohoCrmPortals/http/error';
import { POLL_LABELS } from '../../nodes/ZohoCrmPortals/trigger/failure';
import { accounts, errorExamples } from './errorExamples';
import { code } from '../table';

const LABELS: OperationLabels = { thing: 'portal user', done: 'deleted' };

/** An operation in which a code has a different meaning. */
interface Override {
	place: string;
	labels: OperationLabels;
}

const overrides: Override[] = [
	...resources.flatMap(({ name: resource, operations }) =>
		operations.map((operation) => ({ place: `${resource}: ${operation.name}`, labels: operation })),
	),
	{
		place: 'Portal User: Change Status and Sync, to deactivate',
		labels: { ...LABELS, ...statusLabels(false) },
	},
	{ place: 'The trigger', labels: POLL_LABELS },
];

/** Every code with its meaning and its remedy: the parts of docs/errors.md. */
export function errorParts(): Record<string, string> {
	const sections = (isWanted: (name: string) => boolean) =>
		Object.keys(MESSAGES).sort().filter(isWanted).map(section).join('\n\n');
	return {
		'codes of Zoho': sections((name) => !isOwn(name)),
		'codes of this node': sections(isOwn),
	};
}

function section(name: string): string {
	const spellings = Object.keys(SAME_AS).filter((other) => SAME_AS[other] === name);
	const { aboutOne } = MESSAGES[name];
	const notes = [
		...(spellings.length > 0 ? [`Also ${spellings.map(code).join(', ')}.`] : []),
		...(isFinal(errorData(0, name))
			? ['Ends the run, because every further call would fail for the same reason.']
			: []),
		...(aboutOne
			? ['May concern one of several objects in a call. The others are still processed.']
			: []),
	];
	const texts = [...wordsOf(name).map(line), ...overridesOf(name)];
	return [`### ${name}`, ...(notes.length > 0 ? [notes.join(' ')] : []), texts.join('\n')].join(
		'\n\n',
	);
}

function overridesOf(name: string): string[] {
	return overrides
		.filter(({ labels: { messages = {} } }) => name in messages)
		.flatMap(({ place, labels }) => {
			const usual = wordsOf(name).map(line);
			return wordsOf(name, labels)
				.map(line)
				.filter((text) => !usual.includes(text))
				.map((text) => text.replace(/^- /, `- ${place}: `));
		});
}

/** @throws if a text lacks a value, as it does without an example */
function wordsOf(name: string, labels = LABELS): Words[] {
	const words = (errorExamples[name] ?? [{}]).map((example) => {
		const { httpStatus, message = '', account, thing = labels.thing, ...details } = example;
		const error = errorData(Number(httpStatus), name, { message });
		return wordsFor(
			{ ...error, details },
			{ ...labels, thing: String(thing), account: accounts[String(account)] ?? labels.account },
		);
	});
	const texts = words.map(line);
	if (texts.some((text) => /undefined|null|NaN|\(\)|""/.test(text))) {
		throw new Error(`The texts of ${name} need examples in tools/docs/errorExamples.ts`);
	}
	return words.filter((_, position) => texts.indexOf(texts[position]) === position);
}

function line({ reason, remedy }: Words): string {
	const isName = /^\w+_/.test(reason);
	return `- **${isName ? reason : upper(reason)}**. ${remedy}`;
}
