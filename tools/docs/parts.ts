import { resources } from '../../nodes/ZohoCrmPortals/resources';
import { loadBuilt } from '../../harness/built';
import { table } from '../table';
import { parameterList } from './parameterList';
import { anchor, fileOf } from './resourcePage';

/** What the node can do, for the README: each operation with a link to its own section. */
export function operationsTable(): string {
	return table(
		['Resource', 'Operation', 'What it does'],
		resources.flatMap(({ name: resource, operations }) =>
			operations.map(({ name, description }) => [
				resource,
				`[${name}](${fileOf(resource)}#${anchor(name)})`,
				description,
			]),
		),
	);
}

/** The parameters of the trigger, without "Poll Times", which n8n adds. */
export function triggerParameters(): string {
	return parameterList(loadBuilt().trigger.description.properties);
}
