import { NodeOperationError } from 'n8n-workflow';

import type { ZohoRequest } from '../http/request';
import type { AnyField, Field, Place } from './field';
import { portal } from './locator';
import { Reference } from './reference';
import { requestOf } from './runItems';
import type { RunItems } from './runItems';

/**
 * Errors that JavaScript throws for programming mistakes. Their texts may contain the data being
 * read.
 */
const FAULTS = [TypeError, RangeError, ReferenceError, SyntaxError];

/**
 * One input item of a node run. Fields read its parameters. A run may have very many items, so an
 * item creates its collections only if it needs them.
 */
export class Item {
	/**
	 * References to names that have to be looked up and that differ between items, by parameter.
	 */
	private byName?: Map<string, Reference>;

	/** Values of expressions, which n8n takes long to evaluate. */
	private own?: Map<string, unknown>;

	/** Whether a value was read that may differ between items; see `reading`. */
	private readOwn = false;

	constructor(
		private readonly run: RunItems,
		/** Position among the input items. */
		readonly index: number,
	) {}

	/** The names in this item that have to be looked up. */
	get references(): Reference[] {
		return [...this.run.references.values(), ...(this.byName?.values() ?? [])];
	}

	/**
	 * Reads the value of a field for this item.
	 *
	 * @throws NodeOperationError for an invalid value, and ZohoApiError if it names something that
	 *   was looked up and not found
	 */
	read<T>({ property, check }: Field<T>): T {
		const { name, displayName, default: preset } = property;
		const given = this.given(name, preset);
		return check(given, this.place(name, displayName));
	}

	/** Reads something from the item, and reports whether all items would return the same value. */
	reading<T>(read: (item: Item) => T): { value: T; isSame: boolean } {
		this.readOwn = false;
		const value = read(this);
		return { value, isSame: !this.readOwn };
	}

	/** Whether a field that was read may have a different value in other items. */
	isOwn({ property }: Pick<Field<unknown>, 'property'>): boolean {
		return this.run.differs(property.name);
	}

	/**
	 * Whether a field that names people is blank, so the row is skipped. Blank entries among
	 * several are then left out.
	 */
	skipsIfBlank({ property, isBlank }: AnyField): boolean {
		if (!isBlank) return false;
		this.run.skipsBlank = true;
		try {
			return isBlank(this.given(property.name, property.default));
		} catch {
			// What cannot be read is no blank: reading the item fails as well, and says why.
			return false;
		}
	}

	/** The values of all fields of a form, as they are given. */
	asked({ fields }: { fields: AnyField[] }): string {
		const given = fields.map(({ property }) => this.given(property.name, property.default));
		return JSON.stringify(given);
	}

	private given(parameter: string, preset: unknown): unknown {
		if (this.own?.has(parameter)) {
			this.readOwn = true;
			return this.own.get(parameter);
		}
		const value = this.run.given(this.index, parameter, preset);
		if (this.run.differs(parameter)) {
			this.readOwn = true;
			(this.own ??= new Map()).set(parameter, value);
		}
		return value;
	}

	private place(parameter: string, label: string): Place {
		return {
			label,
			byExpression: this.run.differs(parameter),
			skipsBlank: this.run.skipsBlank,
			part: (other) => this.place(parameter, other),
			invalid: (complaint, description) => this.invalid(label, complaint, description),
			reference: (to, name) => this.reference(parameter, label, to, name),
		};
	}

	/** The ID that Zoho uses for a named object; the name itself until it has been looked up. */
	private reference(parameter: string, label: string, to: Reference['to'], name: string): string {
		const own = this.byName?.get(parameter);
		const known = own ?? this.run.references.get(parameter);
		if (known) {
			this.readOwn ||= own !== undefined;
			return known.result();
		}
		// User types are looked up in the portal, so the portal has to be read first.
		if (to === 'userType') this.read(portal);
		const isSame = !this.run.differs(parameter) && !this.run.differs(portal.property.name);
		const references = isSame ? this.run.references : (this.byName ??= new Map());
		references.set(parameter, new Reference(to, name, label, () => this.read(portal)));
		this.readOwn ||= !isSame;
		return name;
	}

	/**
	 * The request that the operation declares.
	 *
	 * @param known values for the placeholders of the path, by name; other placeholders stay
	 */
	request(known: Record<string, string | undefined> = {}): ZohoRequest {
		return requestOf(this.run.declared, known);
	}

	/** An error about a parameter, by its label, for input that must not be sent. */
	invalid(label: string, complaint: string, description?: string): NodeOperationError {
		return new NodeOperationError(
			this.run.node,
			`'${label}' ${complaint} [row ${this.index + 1}]`,
			{
				itemIndex: this.index,
				description,
			},
		);
	}

	/** Converts an error that was thrown while reading the item into an error about the item. */
	mistake(thrown: unknown): NodeOperationError {
		const { node } = this.run;
		const itemIndex = this.index;
		const isFault = !(thrown instanceof Error) || FAULTS.some((fault) => thrown instanceof fault);
		if (!isFault) return new NodeOperationError(node, thrown, { itemIndex });
		const description = 'This is a bug in the node: please report it.';
		return new NodeOperationError(node, 'The input could not be read', { itemIndex, description });
	}
}
