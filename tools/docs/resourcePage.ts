import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../nodes/ZohoCrmPortals/execution/operation';
import { properties } from '../../nodes/ZohoCrmPortals/resources';
import type { Resource } from '../../nodes/ZohoCrmPortals/resources/resource';
import { loadBuilt } from '../../harness/built';
import { collectSamples } from '../samples/collect';
import type { Sample } from '../samples/collect';
import { examplesOf } from './examples';
import { code } from './markdown';
import { parameterList } from './parameterList';
import { texts } from './text';
import type { ResourceText } from './text/resourceText';

const ABOUT_PAGE = `Below, **Output** is a real item of a run against the emulator. Every operation also has n8n's own
**Request Options**, such as proxy and timeout. What an error means: [errors](errors.md). What Zoho
counts and allows: [limits](limits.md).`;

/** Where the page of a resource is, from the root of the repository. */
export function fileOf(resource: string): string {
	return `docs/${anchor(resource)}.md`;
}

/**
 * The page of a resource in docs/: what each operation is for, its parameters, and what came out
 * when it was run against the emulator.
 */
export async function resourcePage({ name, value, operations }: Resource): Promise<string> {
	const { about } = textOf(value);
	const sections = await Promise.all(
		operations.map(async (operation) => await section(value, operation)),
	);
	return [`# ${name}`, contents(operations), about, ABOUT_PAGE, ...sections].join('\n\n');
}

function textOf(resource: string): ResourceText {
	const text = texts[resource];
	if (!text) throw new Error(`tools/docs/text does not tell of ${resource}`);
	return text;
}

function contents(operations: Operation[]): string {
	return operations.map(({ name }) => `[${name}](#${anchor(name)})`).join(' · ');
}

/** Where a link to a heading leads. */
export function anchor(heading: string): string {
	return heading.toLowerCase().replaceAll(' ', '-');
}

async function section(
	resource: string,
	{ name, value, description, hint, method, path, scopes, limit }: Operation,
): Promise<string> {
	const told = textOf(resource).operations[value];
	if (told === undefined) throw new Error(`tools/docs/text does not tell of ${resource}.${value}`);
	const { items, refused } = await sampleOf(resource, value);
	const parameters = parameterList(properties, { resource, operation: value });
	const examples = examplesOf(resource, value);
	return [
		`## ${name}`,
		`${description.replace(/\.?$/, '.')}${hint === undefined ? '' : ` **${hint}.**`}`,
		told,
		[
			`- Call: ${code(`${method} ${path}`)}`,
			`- Scopes: ${scopes.map(code).join(', ')}`,
			`- Zoho's limit: ${limit}`,
			...(examples.length > 0 ? [`- Examples: ${examples.join('; ')}`] : []),
		].join('\n'),
		...(parameters === '' ? [] : ['**Parameters**', parameters]),
		'**Output**',
		json(items[0]),
		...(refused ? ['**An item that failed**, with "On Error" set to continue', json(refused)] : []),
	].join('\n\n');
}

let samples: Promise<Sample[]> | undefined;

async function sampleOf(resource: string, operation: string): Promise<Sample> {
	samples ??= collectSamples(loadBuilt());
	const sample = (await samples).find(
		(one) => one.resource === resource && one.operation === operation,
	);
	if (!sample) throw new Error(`There is no sample of ${resource}.${operation}`);
	return sample;
}

function json(item: IDataObject): string {
	return `\`\`\`json\n${JSON.stringify(item, null, '\t')}\n\`\`\``;
}
