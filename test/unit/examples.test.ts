/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { ZohoCrmPortalsTrigger } from '../../nodes/ZohoCrmPortals/ZohoCrmPortalsTrigger.node';
import type { WorkflowFile } from '../../harness/n8n/client';
import { expectations } from '../n8n/expectations';
import { EXAMPLES, exampleFiles, NOTE_TYPE, readExample } from '../../harness/examples';
import { TRIGGER_TYPE } from '../../harness/types';

const { description } = new ZohoCrmPortals();

const trigger = new ZohoCrmPortalsTrigger().description;

/** Parameters that n8n adds to every node that is used as a tool, and to every trigger that polls. */
const ADDED = ['descriptionType', 'toolDescription', 'pollTimes'];

const zohoNodes = ({ nodes }: WorkflowFile) =>
	nodes.filter(({ type }) =>
		/^n8n-nodes-zoho-crm-portals\.zohoCrmPortals(Tool|Trigger)?$/.test(type),
	);

test('every example has an expectation', () => {
	expect(Object.keys(expectations).sort()).toEqual(exampleFiles);
});

test('the table tells every example and the operations it uses', () => {
	const rows = readFileSync(path.join(EXAMPLES, 'README.md'), 'utf8')
		.split('\n')
		.filter((line) => line.startsWith('| ['))
		.map((line) => line.split('|').map((cell) => cell.trim()))
		.map(([, file, , , operations]) => [/\[(.*?)\]/.exec(file)?.[1], operations]);
	expect(rows).toEqual(
		exampleFiles.map((file) => [file, operationsOf(readExample(file)).join('; ')]),
	);
});

describe.each(exampleFiles)('%s', (file) => {
	const example = readExample(file);
	const { nodes, connections } = example;
	const names = nodes.map(({ name }) => name);

	test('connects and quotes only nodes that are there', () => {
		expect(new Set(names).size).toBe(names.length);
		const ends = Object.values(connections).flatMap((kinds) =>
			Object.values(kinds)
				.flat(2)
				.map((end) => end?.node),
		);
		const quoted = [...JSON.stringify(nodes).matchAll(/\$\('(.*?)'\)/g)].map(([, name]) => name);
		expect(names).toEqual(
			expect.arrayContaining([...Object.keys(connections), ...ends, ...quoted]),
		);
	});

	test('sets only parameters that the operation has, and all it needs', () => {
		expect(zohoNodes(example)).not.toEqual([]);
		for (const node of zohoNodes(example)) {
			const description = descriptionOf(node);
			const known = NodeHelpers.getNodeParameters(
				description.properties,
				node.parameters,
				false,
				false,
				node,
				description,
			);
			const given = Object.keys(node.parameters).filter((name) => !ADDED.includes(name));
			expect([node.name, given.sort()]).toEqual([
				node.name,
				Object.keys({ ...known, ...defaultsAmong(node, given) }).sort(),
			]);
			expect(NodeHelpers.getNodeParametersIssues(description.properties, node, description)).toBe(
				null,
			);
		}
	});

	test('explains itself, and nothing lies on anything else', () => {
		expect(nodes.filter(({ type }) => type === NOTE_TYPE).length).toBeGreaterThanOrEqual(3);
		const overlaps = nodes.flatMap((one, index) =>
			nodes.slice(index + 1).filter((other) => overlap(one, other)),
		);
		expect(overlaps.map(({ name }) => name)).toEqual([]);
	});
});

function operationsOf(example: WorkflowFile): string[] {
	const used = zohoNodes(example).flatMap(({ type, parameters }) => {
		if (type === TRIGGER_TYPE) return eventsOf(parameters);
		const { resource, operation } = parameters;
		const of = description.properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes(String(resource)),
		);
		const [resources] = description.properties;
		return [`${labelOf(resources, resource)}: ${labelOf(of, operation)}`];
	});
	return [...new Set(used)].sort();
}

function eventsOf({ events }: INodeParameters): string[] {
	const property = trigger.properties.find(({ name }) => name === 'events');
	return [events].flat().map((event) => `Trigger: ${labelOf(property, event)}`);
}

function descriptionOf({ type }: INode): INodeTypeDescription {
	return type === TRIGGER_TYPE ? trigger : description;
}

function labelOf(property: INodeProperties | undefined, value: unknown): string {
	const option = property?.options?.find((one) => 'value' in one && one.value === value);
	return option?.name ?? `no ${String(value)}`;
}

/** n8n leaves out what has its default; an example may say it all the same. */
function defaultsAmong(node: INode, names: string[]) {
	const { parameters } = node;
	const isDefault = (name: string) =>
		descriptionOf(node).properties.some(
			(one) =>
				one.name === name && JSON.stringify(one.default) === JSON.stringify(parameters[name]),
		);
	return Object.fromEntries(names.filter(isDefault).map((name) => [name, true]));
}

/** Area of a node in the editor, its name below it included; an agent is wider. */
function areaOf({ type, position: [x, y], parameters }: INode) {
	if (type === NOTE_TYPE) {
		return { x, y, width: Number(parameters.width), height: Number(parameters.height) };
	}
	return { x: x - 40, y, width: type.endsWith('.agent') ? 256 : 176, height: 136 };
}

function overlap(one: INode, other: INode): boolean {
	const [a, b] = [areaOf(one), areaOf(other)];
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
