/** A data center of Zoho. Each account belongs to one of them. */
interface DataCenter {
	country: string;
	/** Suffix of Zoho's API hosts, and the value in the credential: "com.au". */
	suffix: string;
	/** The domain of Zoho's website; with the prefix `accounts.` it is the accounts server. */
	site: string;
	/** Zoho's name for the data center in the OAuth redirect (multi-DC page of API v8). */
	location: string;
}

/** Zoho's data centers, by country. Sites and API hosts have the same ending, except in Canada. */
export const DATA_CENTERS: DataCenter[] = [
	{ country: 'Australia', suffix: 'com.au', site: 'zoho.com.au', location: 'au' },
	{ country: 'Canada', suffix: 'ca', site: 'zohocloud.ca', location: 'ca' },
	{ country: 'China', suffix: 'com.cn', site: 'zoho.com.cn', location: 'cn' },
	{ country: 'Europe', suffix: 'eu', site: 'zoho.eu', location: 'eu' },
	{ country: 'India', suffix: 'in', site: 'zoho.in', location: 'in' },
	{ country: 'Japan', suffix: 'jp', site: 'zoho.jp', location: 'jp' },
	{ country: 'Saudi Arabia', suffix: 'sa', site: 'zoho.sa', location: 'sa' },
	{ country: 'United Arab Emirates', suffix: 'ae', site: 'zoho.ae', location: 'ae' },
	{ country: 'United Kingdom', suffix: 'uk', site: 'zoho.uk', location: 'uk' },
	{ country: 'United States', suffix: 'com', site: 'zoho.com', location: 'us' },
];

/** The value in the credential for hosts that are not in the list, such as an emulator. */
export const CUSTOM = 'custom';

const ANY_ORIGIN = /^https?:\/\/[\w.-]+(:\d+)?$/;

/**
 * Whether a token may be sent to an origin: only to Zoho's own API hosts, unless "custom" was
 * chosen.
 */
export function isTrusted(origin: string, dataCenter: string): boolean {
	if (dataCenter === CUSTOM) return ANY_ORIGIN.test(origin);
	const [, suffix] = /^https:\/\/[a-z]+\.zohoapis\.([a-z.]+)$/.exec(origin) ?? [];
	return DATA_CENTERS.some((one) => one.suffix === suffix);
}

/** The domain of Zoho's website in a data center: "zoho.eu". */
export function siteOf(suffix: string): string {
	return DATA_CENTERS.find((one) => one.suffix === suffix)?.site ?? `zoho.${suffix}`;
}

/**
 * The data center of an account according to Zoho, if it is not the chosen one: its site, or Zoho's
 * own name for a data center that is not in the list.
 */
export type Home = { site: string } | { unlisted: string };

/** @param location the parameter that Zoho added to the redirect back to n8n: "eu", "sg" */
export function otherDataCenter(chosen: string, location: string | undefined): Home | undefined {
	if (!location || chosen === CUSTOM) return undefined;
	const known = DATA_CENTERS.find((one) => one.location === location);
	if (!known) return { unlisted: location };
	return known.suffix === chosen ? undefined : { site: known.site };
}
