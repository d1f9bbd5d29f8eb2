/** The time in ms that a date stands for. Without an offset, it is read in a time zone. */
export function instant(text: string, timeZone: string): number {
	if (/(Z|[+-]\d{2}:?\d{2})$/i.test(text)) return Date.parse(text);
	const asUtc = Date.parse(`${text.includes('T') ? text : `${text}T00:00:00`}Z`);
	// When clocks change, the offsets before and after differ. The second try has the right offset.
	const first = asUtc - offsetAt(asUtc, timeZone);
	return asUtc - offsetAt(first, timeZone);
}

/** The offset of a time zone from UTC at a given time, in ms. */
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

/** The time in ms at which a date and time begins, or at which a date ends. */
export function endOf(text: string, timeZone: string): number {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return instant(text, timeZone);
	const next = new Date(Date.parse(`${text}T00:00:00Z`) + DAY).toISOString();
	return instant(next.slice(0, 10), timeZone);
}
