import type { Evidence, Outside } from './recorder';
import type { Report, Result } from './report';

/** A report for people, to be attached to an issue. */
export function markdownOf(report: Report): string {
	const { results, outside, notAsked, before, stopped } = report;
	const settled = results.filter((result) => result.settled);
	const open = results.filter((result) => !result.settled);
	return [
		'# Live check of Zoho CRM client portals',
		'',
		...facts(report),
		...(stopped === undefined ? [] : ['', `Not everything was asked: ${stopped}`]),
		'',
		'Names, email addresses and IDs are replaced: `<id 3>` is the same ID wherever it is. Words that',
		"Zoho's documentation does not use are shown as `…`.",
		'',
		`## Settled (${settled.length})`,
		'',
		...table(
			['Question', 'Answer', 'Emulator'],
			settled.map(({ title, answer = '', emulator = '' }) => [title, answer, emulator]),
		),
		'',
		`## Open (${open.length + notAsked.length})`,
		'',
		...table(
			['Question', 'Seen', 'What it takes'],
			[
				...open.map(({ title, observation, needed = '' }) => [title, observation, needed]),
				...notAsked.map(({ question, needed }) => [question, 'The check leaves it alone.', needed]),
			],
		),
		'',
		`## Outside the contract (${outside.length})`,
		'',
		...table(['Call', 'Status', 'Where', 'What', 'Schema', 'Times'], outside.map(cells)),
		'',
		'## What was seen',
		...section('Before the questions', '', before),
		...results.filter(({ evidence }) => evidence.length > 0).flatMap(seen),
		'',
	].join('\n');
}

function facts({ version, date, dataCenter, edition, writes, calls }: Report): string[] {
	return [
		`- Version ${version}, ${date}`,
		`- Data center: ${dataCenter}${edition ? `, edition: ${edition}` : ''}`,
		`- Calls: ${calls}; writes: ${writes.join(', ') || 'none'}`,
	];
}

function cells({ call, status, pointer, message, schema, times }: Outside): string[] {
	return [call, String(status), pointer, message, schema, String(times)];
}

function seen({ title, observation, evidence }: Result): string[] {
	return section(title, observation, evidence);
}

function section(title: string, observation: string, evidence: Evidence[]): string[] {
	const calls = evidence.map((one) => JSON.stringify(one));
	const head = ['', `### ${title}`, '', ...(observation === '' ? [] : [observation, ''])];
	return [...head, '```json', ...calls, '```'];
}

function table(heads: string[], rows: string[][]): string[] {
	if (rows.length === 0) return ['Nothing.'];
	const line = (row: string[]) =>
		`| ${row.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
	return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}
