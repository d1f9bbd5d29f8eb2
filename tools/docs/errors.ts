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
import { errorData } from '../../nodes/ZohoCrmPortals/transport/error';
import { POLL_LABELS } from '../../nodes/ZohoCrmPortals/trigger/failure';
import { errorExamples } from './errorExamples';
import { code } from './markdown';

const LABELS: OperationLabels = { thing: 'portal user', done: 'deleted' };

/** Where a code means something of its own. */
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

/** docs/errors.md: every code, what it says and what to do. */
export function errorsPage(): string {
	const codes = Object.keys(MESSAGES).sort();
	return `# Errors

An error of this node has three parts, and this page has them by code:

- the **message** says what happened and to whom: _Portal user 7310000000000400002 could not be
  deleted:_ and the reason, in bold below;
- the **description** says what to do, and ends with Zoho's code and text where Zoho refused it:
  _Zoho answered INVALID_DATA ("…")_;
- the **details** have, under \`zoho\`, \`httpStatus\`, \`code\`, \`message\` and \`details\` as Zoho sent
  them, and where a call named many, the IDs of \`succeeded\`, \`failed\` and \`uncertain\`.

With "On Error" set to continue, the item of each person has \`error\` (the message), \`code\`,
\`message\` (the description) and, where that is so, \`uncertain: true\`.

A message that begins _It is not certain whether_ means that Zoho may have done it: the same reasons
apply, and [what an outcome means](reliability.md) says why the node does not try again by itself.

What is wrong with a **parameter** has no code. It is told with the name of the field before anything
is sent.

## Codes of Zoho

${codes
	.filter((one) => !isOwn(one))
	.map(section)
	.join('\n\n')}

### Any other code

The message has Zoho's own text, or the code where Zoho sent no text. Look the code up in
[Zoho's API documentation](https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html).

## Codes of this node

Zoho did not answer, its answer proves nothing, or nothing was sent.

${codes.filter(isOwn).map(section).join('\n\n')}
`;
}

function section(name: string): string {
	const spellings = Object.keys(SAME_AS).filter((other) => SAME_AS[other] === name);
	const { aboutOne } = MESSAGES[name];
	const notes = [
		...(spellings.length > 0 ? [`Also ${spellings.map(code).join(', ')}.`] : []),
		...(isFinal(errorData(0, name))
			? ['Ends the run: every further call would meet it, so none is made.']
			: []),
		...(aboutOne ? ['May be about one of many that a call named: the others are done.'] : []),
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

/** @throws when a text lacks what it names, as it does without an example */
function wordsOf(name: string, labels = LABELS): Words[] {
	const words = (errorExamples[name] ?? [{}]).map((example) => {
		const { httpStatus = 0, message = '', details = {}, ...others } = example;
		return wordsFor(
			{ ...errorData(httpStatus, name, { message }), details },
			{ ...labels, ...others },
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
