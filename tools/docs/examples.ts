import { exampleFiles, readExample } from '../../harness/examples';

/** The workflows in examples/ in which an operation is run, as links from a page in docs/. */
export function examplesOf(resource: string, operation: string): string[] {
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
