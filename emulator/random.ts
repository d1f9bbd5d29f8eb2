/** Random numbers that depend only on a seed (mulberry32). */
export class Random {
	constructor(private state: number) {}

	/** At least 0 and less than 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number that is at least 0 and less than `below`. */
	below(below: number): number {
		return Math.floor(this.next() * below);
	}

	chance(share: number): boolean {
		return this.next() < share;
	}

	pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)];
	}
}
