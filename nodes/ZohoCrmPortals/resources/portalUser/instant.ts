/** The time in ms that a date stands for, read in a time zone where it names no offset. */
export function instant(text: string, timeZone: string): number {
	if (/(Z|[+-]\d{2}:?\d{2})$/i.test(text)) return Date.parse(text);
	const asUtc = Date.parse(`${text.includes('T') ? text : `${text}T00:00:00`}Z`);
	// Around a change of clocks the offset before and after differ: the second look has the right one.
	const first = asUtc - offsetAt(asUtc, timeZone);
	return asUtc - offsetAt(first, timeZone);
}

/** How far a time zone is ahead of UTC at some time, in ms. */
function offsetAt(time: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(time);
	const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
	const local = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return local - Math.floor(time / 1000) * 1000;
}

const DAY = 86_400_000;

/** The time in ms at which a date and time begins, or a date alone has ended. */
export function endOf(text: string, timeZone: string): number {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return instant(text, timeZone);
	const next = new Date(Date.parse(`${text}T00:00:00Z`) + DAY).toISOString();
	return instant(next.slice(0, 10), timeZone);
}
