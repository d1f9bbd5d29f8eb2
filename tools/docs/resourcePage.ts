import type { IDataObject } from 'n8n-workflow';

import { loadBuilt } from '../../harness/built';
import { exampleFiles, readExample } from '../../harness/examples';
import type { Operation } from '../../nodes/ZohoCrmPortals/run/operation';
import { properties } from '../../nodes/ZohoCrmPortals/resources';
import type { Resource } from '../../nodes/ZohoCrmPortals/resources/resource';
import { collectSamples } from '../samples/collect';
import type { Sample } from '../samples/collect';
import { code } from '../table';
import { parameterList } from './parameterList';

/** The path of the page of a resource, from the root of the repository. */
export function fileOf(resource: string): string {
	return `docs/${anchor(resource)}.md`;
}

/** The target of a link to a heading. */
export function anchor(heading: string): string {
	return heading.toLowerCase().replaceAll(' ', '-');
}

/**
 * The parts of the page of a resource. Each operation has two: its heading, and its parameters with
 * the output of a run against the emulator. The hand-written text is between them.
 */
export async function resourceParts({
	value: resource,
	operations,
}: Resource): Promise<Record<string, string>> {
	const contents = operations.map(({ name }) => `[${name}](#${anchor(name)})`).join(' · ');
	const sections = operations.map(async (operation) => [
		[operation.value, heading(operation)],
		[`${operation.value}: reference`, await reference(resource, operation)],
	]);
	return { contents, ...Object.fromEntries((await Promise.all(sections)).flat()) };
}

function heading({ name, description, warnings = [] }: Operation): string {
	const sentence = description.replace(/\.?$/, '.');
	const bold = warnings.map(({ message }) => `${message}.`).join(' ');
	return `## ${name}\n\n${sentence}${bold === '' ? '' : ` **${bold}**`}`;
}

async function reference(
	resource: string,
	{ value, method, path, scopes, limit }: Operation,
): Promise<string> {
	const { items, refused } = await sampleOf(resource, value);
	const parameters = parameterList(properties, { resource, operation: value });
	const examples = examplesOf(resource, value);
	return [
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

/** The workflows in examples/ that use an operation, as links from a page in docs/. */
function examplesOf(resource: string, operation: string): string[] {
	return exampleFiles.flatMap((file) => {
		const { name, nodes } = readExample(file);
		const runs = nodes.some(
			({ type, parameters }) =>
				type.includes('.zohoCrmPortals') &&
				parameters.resource === resource &&
				parameters.operation === operation,
		);
		return runs ? [`[${name}](../examples/${file})`] : [];
	});
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
