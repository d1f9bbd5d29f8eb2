/** Writes bytes one after another. */
export class ByteWriter {
	private bytes: Uint8Array;

	private length = 0;

	/** @param expected about how many bytes there will be */
	constructor(expected = 64) {
		this.bytes = new Uint8Array(Math.max(expected, 64));
	}

	byte(value: number): void {
		if (this.length === this.bytes.length) {
			const larger = new Uint8Array(this.length * 2);
			larger.set(this.bytes);
			this.bytes = larger;
		}
		this.bytes[this.length++] = value;
	}

	/** A whole number from 0 up: seven bits a byte, lowest first, the eighth tells of more. */
	varint(value: bigint): void {
		let rest = value;
		while (rest > SAFE) {
			this.byte(Number(rest & 0x7fn) | 0x80);
			rest >>= 7n;
		}
		let small = Number(rest);
		while (small > 0x7f) {
			this.byte(small % 0x80 | 0x80);
			small = Math.floor(small / 0x80);
		}
		this.byte(small);
	}

	/** Four bytes, lowest first. */
	uint32(value: number): void {
		for (let shift = 0; shift < 32; shift += 8) this.byte((value >>> shift) & 0xff);
	}

	toBase64(): string {
		return Buffer.from(this.bytes.subarray(0, this.length)).toString('base64');
	}
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Reads what a ByteWriter wrote. */
export class ByteReader {
	private readonly bytes: Uint8Array;

	private position = 0;

	constructor(base64: string) {
		this.bytes = Buffer.from(base64, 'base64');
	}

	get ended(): boolean {
		return this.position >= this.bytes.length;
	}

	/** @throws RangeError where the bytes have ended */
	byte(): number {
		if (this.ended) throw new RangeError('The bytes end in the middle of a value');
		return this.bytes[this.position++];
	}

	varint(): bigint {
		let small = 0;
		let factor = 1;
		// 2^49 and its seven bits are exact; what is longer goes on as a bigint.
		while (factor < 2 ** 46) {
			const byte = this.byte();
			small += (byte & 0x7f) * factor;
			if (byte < 0x80) return BigInt(small);
			factor *= 0x80;
		}
		let value = BigInt(small);
		for (let shift = BigInt(Math.log2(factor)); ; shift += 7n) {
			const byte = this.byte();
			value += BigInt(byte & 0x7f) << shift;
			if (byte < 0x80) return value;
		}
	}

	uint32(): number {
		let value = 0;
		for (let shift = 0; shift < 32; shift += 8) value |= this.byte() << shift;
		return value >>> 0;
	}
}
