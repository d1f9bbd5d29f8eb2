/** How the emulator behaves where Zoho's sources disagree, are silent, or differ by organization. */
export interface Behaviour {
	/** Whose form answers have: Zoho's newest OpenAPI files or its documentation pages. */
	sources: 'oas' | 'docs';
	/**
	 * Deleting or transferring right and wrong ids in one call. No source says what Zoho does:
	 * - `rows`: 200, the right ones are done, a row for each;
	 * - `named`: 400, nothing is done, a row for each wrong one;
	 * - `first`: 400, nothing is done, a row for the first wrong one only;
	 * - `unnamed`: 400, nothing is done, and the answer names no id.
	 */
	mixedIds: 'rows' | 'named' | 'first' | 'unnamed';
	environment: 'production' | 'sandbox';
	/** Permissions that the profile of the connected user lacks. */
	lacking: string[];
	/** The token belongs to a portal user. */
	portalUserToken: boolean;
	/** The data centre does not offer portals. */
	unsupportedDomain: boolean;
	/** Pause before every answer of the API, in ms. */
	latency: number;
	/** Calls in flight that the organization may have; more are refused with 429. */
	maxInFlight: number;
	/** Longest address that the front server takes; longer ones get 414. */
	maxUrlLength: number;
	/** Longest list of ids in a query, as one OpenAPI file has it (255). */
	maxIdsLength: number;
	/** Rows per page of portal users and CRM users. */
	pageSize: number;
	/** Every page is the first one. */
	ignoresPages: boolean;
	/** Lists of CRM users promise another page for ever. */
	promisesMore: boolean;
	/** Active portal users that the licence covers. */
	portalUserLicences: number;
	/** User types that the licence covers. */
	userTypeLicences: number;
	/** CRM users that the licence covers. */
	userLicences: number;
	/** Times a job is read before it is done. */
	jobReads: number;
	/** Jobs that transfer records fail. */
	jobsFail: boolean;
	/**
	 * Order of the rows of a job, of which failed ones carry no id. No source says whether it is that
	 * of the request; `incomplete`: the first row is missing.
	 */
	jobRows: 'inOrder' | 'reversed' | 'failedLast' | 'incomplete';
	/** Life of an access token in seconds. */
	tokenSeconds: number;
	/** `/settings/portals/meta` exists; only older OpenAPI files of Zoho describe it. */
	hasMeta: boolean;
	/** Zoho One and CRM Plus manage their users themselves. */
	usersManagedElsewhere: boolean;
}

export const usualBehaviour: Behaviour = {
	sources: 'oas',
	mixedIds: 'rows',
	environment: 'production',
	lacking: [],
	portalUserToken: false,
	unsupportedDomain: false,
	latency: 0,
	maxInFlight: Infinity,
	maxUrlLength: 15_000,
	maxIdsLength: Infinity,
	pageSize: 200,
	ignoresPages: false,
	promisesMore: false,
	portalUserLicences: Infinity,
	userTypeLicences: 5,
	userLicences: Infinity,
	jobReads: 0,
	jobsFail: false,
	jobRows: 'inOrder',
	tokenSeconds: 3600,
	hasMeta: true,
	usersManagedElsewhere: false,
};
