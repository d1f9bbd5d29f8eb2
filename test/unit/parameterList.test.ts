import type { INodeProperties } from 'n8n-workflow';

import { withPart } from '../../tools/docs/parts';
import { parameterList } from '../../tools/docs/parameterList';

const shown = (show: Record<string, Array<string | boolean>>) => ({ displayOptions: { show } });

const form: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		default: 'delete',
		options: [{ name: 'Delete', value: 'delete' }],
	},
	{
		displayName: 'Users',
		name: 'users',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list' },
			{ displayName: 'By ID', name: 'id', type: 'string' },
		],
		required: true,
		description: 'Who it is about, see <a href="https://example.com/">there</a>',
		...shown({ operation: ['delete'] }),
	},
	{
		displayName: 'Change To',
		name: 'active',
		type: 'options',
		default: false,
		options: [
			{ name: 'Activate', value: true, description: 'They can log in' },
			{ name: 'Deactivate', value: false },
		],
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		default: [],
		options: [{ name: 'Source__s', value: 'Source__s' }],
		hint: 'By their API names',
		...shown({ active: [true] }),
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: true,
				description: 'Whether to write nothing.',
				...shown({ '/operation': ['delete'] }),
			},
			{
				displayName: 'Language',
				name: 'language',
				type: 'string',
				default: '',
				...shown({ '/operation': ['invite'] }),
			},
		],
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		...shown({ operation: ['create'] }),
	},
];

test('a list of parameters says kind, default, meaning, choices and when they are shown', () => {
	expect(parameterList(form, { operation: 'delete' }).split('\n')).toEqual([
		'- **Users** (from list, by ID, required): Who it is about, see [there](https://example.com/).',
		'- **Change To** (choice, default Deactivate)',
		'  - _Activate_: They can log in.',
		'  - _Deactivate_',
		'- **Fields** (several choices): By their API names. `Source__s`. Only where _Change To_ is _Activate_.',
		'- **Options** (add what you need)',
		'  - **Dry Run** (on or off, on when added): Whether to write nothing.',
	]);
});

test('a parameter that depends on nothing in the form is an error', () => {
	const [users] = form.slice(1);
	const lost = { ...users, ...shown({ nothing: [true] }) };
	expect(() => parameterList([lost])).toThrow('Nothing in the form is called nothing');
});

test('a part of a page is replaced between its markers, and the rest is left alone', () => {
	const page = withPart('# Page\n\nBefore\n', 'part', 'first');
	expect(page).toBe('# Page\n\nBefore\n\n<!-- part -->\n\nfirst\n\n<!-- end of part -->\n');
	expect(withPart(`${page}\nAfter\n`, 'part', 'second')).toBe(
		'# Page\n\nBefore\n\n<!-- part -->\n\nsecond\n\n<!-- end of part -->\n\nAfter\n',
	);
});
