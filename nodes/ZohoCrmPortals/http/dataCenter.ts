/** A data center of Zoho; an account lives in one of them. */
interface DataCenter {
	country: string;
	/** Suffix of Zoho's API hosts, and the value in the credential: "com.au". */
	suffix: string;
	/** Where people find Zoho; `accounts.` before it is the accounts server. */
	site: string;
	/** How Zoho names it when it sends a browser back (multi-DC page of API v8). */
	location: string;
}

/** Zoho's data centers, by country. Sites end like the hosts of the API but in Canada. */
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

/** The value in the credential for hosts that are in no list, as of an emulator. */
export const CUSTOM = 'custom';

const ANY_ORIGIN = /^https?:\/\/[\w.-]+(:\d+)?$/;

/** Whether a token may be sent to an origin: Zoho's own API hosts only, unless "custom" was chosen. */
export function isTrusted(origin: string, dataCenter: string): boolean {
	if (dataCenter === CUSTOM) return ANY_ORIGIN.test(origin);
	const [, suffix] = /^https:\/\/[a-z]+\.zohoapis\.([a-z.]+)$/.exec(origin) ?? [];
	return DATA_CENTERS.some((one) => one.suffix === suffix);
}

/** Where people of a data center find Zoho: "zoho.eu". */
export function siteOf(suffix: string): string {
	return DATA_CENTERS.find((one) => one.suffix === suffix)?.site ?? `zoho.${suffix}`;
}

/**
 * Where an account lives by the data center that Zoho named, if that is another one than was chosen:
 * the site of one that is in the list, or Zoho's own word for one that is not.
 */
export type Home = { site: string } | { unlisted: string };

/** @param location what Zoho added to the address when it sent the browser back: "eu", "sg" */
export function otherDataCenter(chosen: string, location: string | undefined): Home | undefined {
	if (!location || chosen === CUSTOM) return undefined;
	const known = DATA_CENTERS.find((one) => one.location === location);
	if (!known) return { unlisted: location };
	return known.suffix === chosen ? undefined : { site: known.site };
}
