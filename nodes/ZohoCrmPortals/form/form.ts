import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import type { AnyField } from './field';

type Show = NonNullable<IDisplayOptions['show']>;

/** The parts of an operation that its form depends on. */
interface WithFields {
	value: string;
	fields: AnyField[];
}

/** A field that several operations list in the same way. */
interface Shared {
	property: INodeProperties;
	operations: string[];
	/** The fields that have to come before it. */
	after: Set<Shared>;
}

/**
 * Builds the form of a resource from the fields of its operations. A field that several operations
 * list in the same way appears once, and the order fits every operation.
 */
export function formOf(resource: string, operations: WithFields[]): INodeProperties[] {
	const shared = new Map<string, Shared>();
	for (const { value, fields } of operations) {
		let before: Shared | undefined;
		for (const { property } of fields) {
			const key = JSON.stringify(property);
			const one = shared.get(key) ?? { property, operations: [], after: new Set() };
			shared.set(key, one);
			one.operations.push(value);
			if (before) one.after.add(before);
			before = one;
		}
	}
	return inOrder([...shared.values()]).map(({ property, operations: operation }) =>
		shownFor(property, { resource: [resource], operation }),
	);
}

/** @throws Error if operations list the same fields in different orders */
function inOrder(all: Shared[]): Shared[] {
	const ordered = new Set<Shared>();
	while (ordered.size < all.length) {
		const next = all.find(
			(one) => !ordered.has(one) && [...one.after].every((it) => ordered.has(it)),
		);
		if (!next) throw new Error('Operations list the same fields in different orders');
		ordered.add(next);
	}
	return [...ordered];
}

/** The same property, shown only if this condition holds as well. */
export function shownFor(property: INodeProperties, show: Show): INodeProperties {
	const { displayOptions = {} } = property;
	return {
		...property,
		displayOptions: { ...displayOptions, show: { ...show, ...displayOptions.show } },
	};
}
