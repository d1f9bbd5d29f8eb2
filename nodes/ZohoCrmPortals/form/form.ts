import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import type { AnyField } from './field';

type Show = NonNullable<IDisplayOptions['show']>;

/** An operation, as far as its form goes. */
interface WithFields {
	value: string;
	fields: AnyField[];
}

/** A field that operations list in the same way. */
interface Shared {
	property: INodeProperties;
	operations: string[];
	/** What has to come before it. */
	after: Set<Shared>;
}

/**
 * What n8n shows of a resource: the fields of its operations, a field that several of them list in the
 * same way once for all of these, in an order that is that of each operation.
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

/** @throws Error where operations list the same fields in different orders */
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

/** The same property, shown where this holds, too. */
export function shownFor(property: INodeProperties, show: Show): INodeProperties {
	const { displayOptions = {} } = property;
	return {
		...property,
		displayOptions: { ...displayOptions, show: { ...show, ...displayOptions.show } },
	};
}
