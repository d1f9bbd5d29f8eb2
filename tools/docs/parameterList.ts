import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { code } from '../table';

/** With more choices than this, those without a description are counted instead of listed. */
const MOST_CHOICES = 16;

/** Whether an entry of a property's options is a choice. */
function isChoice(
	entry: INodeProperties | INodePropertyCollection | INodePropertyOptions,
): entry is INodePropertyOptions {
	return 'value' in entry;
}

function choicesOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter(isChoice);
}

/** Parameters within a parameter: entries of a collection, fields of a group. */
function partsOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((entry) => {
		if ('values' in entry) return entry.values;
		return isChoice(entry) ? [] : [entry];
	});
}

/** Whether the editor shows a parameter for an operation, regardless of its other conditions. */
function isShownFor({ displayOptions }: INodeProperties, form: Record<string, string>): boolean {
	return Object.entries(form).every(([name, value]) => {
		const shown = displayOptions?.show?.[name] ?? displayOptions?.show?.[`/${name}`];
		return shown === undefined || shown.some((one) => one === value);
	});
}

/**
 * The parameters of a form as a Markdown list: kind, default, condition, meaning and choices.
 *
 * @param form the chosen values: `{ resource: 'user', operation: 'get' }`; none for the trigger
 */
export function parameterList(
	properties: INodeProperties[],
	form: Record<string, string> = {},
): string {
	const shown = properties.filter((one) => !(one.name in form) && isShownFor(one, form));
	return shown.map((one) => entry(one, shown, form)).join('\n');
}

function entry(
	property: INodeProperties,
	siblings: INodeProperties[],
	form: Record<string, string>,
	isAdded = false,
): string {
	const { displayName, description, hint } = property;
	const parts = partsOf(property).filter((one) => isShownFor(one, form));
	const meaning = [
		...[description, hint].filter((text) => text !== undefined).map(sentence),
		...choicesInLine(property),
		...conditions(property, siblings, form),
	]
		.filter((text) => text !== '')
		.join(' ');
	const below = [
		...choicesWithMeaning(property),
		...parts.map((part) => entry(part, parts, form, property.type === 'collection')),
	].map((text) => text.replace(/^/gm, '  '));
	return [
		`- **${displayName}** (${facts(property, isAdded)})${meaning && `: ${meaning}`}`,
		...below,
	].join('\n');
}

/**
 * Kind and default: "choice, default Activate".
 *
 * @param isAdded whether it is an entry of a collection, which has no value until it is added
 */
function facts(property: INodeProperties, isAdded: boolean): string {
	const preset = presetOf(property);
	return [
		kindOf(property),
		...(property.required ? ['required'] : []),
		...(preset === '' ? [] : [isAdded ? `${preset} when added` : `default ${preset}`]),
	].join(', ');
}

/** Names of the kinds of parameters, if n8n's own name is not a common word. */
const KINDS: Partial<Record<INodeProperties['type'], string>> = {
	options: 'choice',
	multiOptions: 'several choices',
	boolean: 'on or off',
	dateTime: 'date and time',
	json: 'JSON',
	collection: 'add what you need',
	fixedCollection: 'groups of fields',
	string: 'text',
};

function kindOf({ type, modes = [] }: INodeProperties): string {
	const names = modes.map((mode) => mode.displayName.toLowerCase().replace('id', 'ID'));
	return type === 'resourceLocator' ? names.join(', ') : (KINDS[type] ?? type);
}

/** The initial value of the field; empty if there is none. */
function presetOf(property: INodeProperties): string {
	const { default: preset } = property;
	const choices = choicesOf(property);
	const nameOf = (value: unknown): string =>
		choices.find((one) => one.value === value)?.name ?? String(value ?? '');
	if (Array.isArray(preset)) return preset.map(nameOf).join(', ');
	if (typeof preset === 'object') return '';
	return typeof preset === 'boolean' && choices.length === 0 ? onOrOff(preset) : nameOf(preset);
}

function onOrOff(value: boolean): string {
	return value ? 'on' : 'off';
}

/** Choices that need no explanation, or that are too many for one. */
function choicesInLine(property: INodeProperties): string[] {
	const choices = choicesOf(property);
	if (choices.length === 0 || choices.some(({ description }) => description)) return [];
	if (choices.length > MOST_CHOICES) return [`${choices.length} choices.`];
	// A choice whose name equals its value is one of Zoho's names.
	const names = choices.map(({ name, value }) => (name === value ? code(name) : `_${name}_`));
	return [`${names.join(', ')}.`];
}

function choicesWithMeaning(property: INodeProperties): string[] {
	const choices = choicesOf(property);
	if (!choices.some(({ description }) => description)) return [];
	return choices.map(({ name, description }) =>
		description ? `- _${name}_: ${sentence(description)}` : `- _${name}_`,
	);
}

/** The conditions on other parameters: "Only where _Output_ is _Selected Fields_." */
function conditions(
	{ displayOptions }: INodeProperties,
	siblings: INodeProperties[],
	form: Record<string, string>,
): string[] {
	return Object.entries(displayOptions?.show ?? {})
		.filter(([name]) => !(name.replace('/', '') in form))
		.map(([name, values = []]) => {
			const other = siblings.find((one) => one.name === name);
			if (!other) throw new Error(`Nothing in the form is called ${name}`);
			const chosen = values.map((value) => {
				const choice = choicesOf(other).find((one) => one.value === value);
				if (choice) return `_${choice.name}_`;
				return typeof value === 'boolean' ? onOrOff(value) : `_${String(value)}_`;
			});
			return `Only where _${other.displayName}_ is ${chosen.join(' or ')}.`;
		});
}

/**
 * A description as a Markdown sentence. Descriptions of n8n contain HTML, have no period if they
 * are short, and mention if a value is chosen from a list.
 */
function sentence(description: string): string {
	if (description.startsWith('Choose from the list')) return '';
	const text = description.replace(/<a href="([^"]*)">([^<]*)<\/a>/g, '[$2]($1)');
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
