/** An X.509 certificate in PEM format, as identity providers issue it. */
export interface Certificate {
	/** In PEM format, with lines of 64 characters. */
	pem: string;
	/** When it expires, as ISO text; undefined if that cannot be read. */
	expires?: string;
}

const PEM = /^-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----$/;

/**
 * The certificate in a text, even if line breaks were lost or added; undefined if there is not
 * exactly one.
 */
export function certificateIn(text: string): Certificate | undefined {
	const [, lines] = PEM.exec(text.trim().replace(/\\n/g, '\n')) ?? [];
	const base64 = lines?.replace(/\s+/g, '');
	if (
		base64 === undefined ||
		!/^([A-Za-z0-9+/]{4})+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)
	) {
		return undefined;
	}
	const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
	const [certificate, ...others] = partsIn(bytes) ?? [];
	if (certificate?.tag !== SEQUENCE || others.length > 0) return undefined;
	const body = base64.replace(/.{1,64}/g, '$&\n');
	const pem = `-----BEGIN CERTIFICATE-----\n${body}-----END CERTIFICATE-----`;
	return { pem, expires: expiryOf(certificate) };
}

/** A value in DER, the encoding of certificates (ITU-T X.690). */
interface DerValue {
	tag: number;
	content: Uint8Array;
}

const SEQUENCE = 0x30;
const VERSION = 0xa0;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/** The values that follow one another; undefined unless they fill the bytes completely. */
function partsIn(bytes: Uint8Array): DerValue[] | undefined {
	const parts: DerValue[] = [];
	for (let start = 0; start < bytes.length; ) {
		const [tag, first] = bytes.subarray(start, start + 2);
		if (first === undefined) return undefined;
		const sizes = first < 0x80 ? 0 : first - 0x80;
		const begin = start + 2 + sizes;
		if (first === 0x80 || sizes > 3 || begin > bytes.length) return undefined;
		const length =
			sizes === 0
				? first
				: bytes.subarray(start + 2, begin).reduce((sum, byte) => sum * 256 + byte, 0);
		if (begin + length > bytes.length) return undefined;
		parts.push({ tag, content: bytes.subarray(begin, begin + length) });
		start = begin + length;
	}
	return parts;
}

/**
 * The end of the validity of a certificate. In the signed part, the fourth value after the version
 * (which is optional) is a sequence of the beginning and the end (RFC 5280, 4.1).
 */
function expiryOf({ content }: DerValue): string | undefined {
	const [signed] = partsIn(content) ?? [];
	const values = (signed && partsIn(signed.content)) ?? [];
	const validity = values.filter(({ tag }) => tag !== VERSION)[3];
	if (validity?.tag !== SEQUENCE) return undefined;
	const [, end] = partsIn(validity.content) ?? [];
	return end && timeIn(end);
}

/** A time in DER. It is always in UTC, with seconds, and has a two-digit year up to 2049. */
function timeIn({ tag, content }: DerValue): string | undefined {
	const text = String.fromCharCode(...content);
	const short = tag === UTC_TIME && /^\d{12}Z$/.test(text);
	if (!short && !(tag === GENERALIZED_TIME && /^\d{14}Z$/.test(text))) return undefined;
	const full = short ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
	const iso = full.replace(/^(....)(..)(..)(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z');
	return Number.isNaN(Date.parse(iso)) ? undefined : iso;
}
