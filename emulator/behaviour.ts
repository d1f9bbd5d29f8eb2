/** How the emulator behaves where Zoho's sources disagree, are silent, or differ by organization. */
export interface Behaviour {
	/** Whose form answers have: Zoho's newest OpenAPI files or its documentation pages. */
	sources: 'oas' | 'docs';
	/**
	 * Deleting or transferring right and wrong portal users in one call, or updating CRM users. No
	 * source says what Zoho does:
	 * - `rows`: 200, the right ones are done, a row for each;
	 * - `named`: 400, nothing is done, a row for each wrong one;
	 * - `first`: 400, nothing is done, a row for the first wrong one only;
	 * - `unnamed`: 400, nothing is done, and the answer names no id;
	 * - `doneThenNamed`: 400, the right ones are done, a row for each wrong one.
	 */
	mixedIds: 'rows' | 'named' | 'first' | 'unnamed' | 'doneThenNamed';
	/**
	 * Portal users in one call above which deleting or transferring them becomes a job, which the
	 * answer names and no call reads. Wrong ids are left out by it in silence. The sources give 499
	 * for deleting and 200 for transferring, and do not say how Zoho answers.
	 */
	scheduledAbove: { delete: number; transfer: number };
	/**
	 * Further calls of the API after which the work of such a job is done: 0 as soon as the job is
	 * answered, `Infinity` never.
	 */
	scheduledAfterCalls: number;
	/**
	 * What becomes of a change of the status of many users, which is a job that no call reads:
	 * - `fast`: everybody's status is changed before the answer;
	 * - `slow`: one user's status is changed with each further call of the API;
	 * - `ignoresSome`: every second user keeps the status, beginning with the second;
	 * - `ignoresAll`: all of them keep it;
	 * - `unknown`: there is no such call; only the newest OpenAPI files have it.
	 */
	bulkStatus: 'fast' | 'slow' | 'ignoresSome' | 'ignoresAll' | 'unknown';
	/**
	 * An organization that has a portal may create another one. OASN says that there is one portal at
	 * most and gives neither code nor status for the second; it is refused with an inferred one.
	 */
	secondPortal: boolean;
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
	/**
	 * What a list of portal users does with `personality_ids`, which only the newest OpenAPI file has:
	 * it selects by them, ignores or refuses them, or looks at the first 12 only (255 characters).
	 */
	idFilter: 'works' | 'ignored' | 'refused' | 'cut';
	/** Every page is the first one. */
	ignoresPages: boolean;
	/** Lists of CRM users promise another page for ever. */
	promisesMore: boolean;
	/** Active portal users that the licence covers. */
	portalUserLicences: number;
	/** User types that the licence covers. */
	userTypeLicences: number;
	/**
	 * How a CRM user's role and profile are sent. The documentation has ids as texts, the OpenAPI files
	 * have objects with an id; the other form is refused as an unknown role or profile is. `any`: both.
	 */
	rolesAs: 'any' | 'text' | 'object';
	/** CRM users that the licence covers. */
	userLicences: number;
	/** Times a job is read before it is done; `Infinity` or a very large number for never. */
	jobReads: number;
	/** Jobs that transfer records fail. */
	jobsFail: boolean;
	/**
	 * Jobs that invite people fail, with no rows, which no source knows of: `before` any mail is
	 * sent, or `partly`, when the first half of the people, rounded up, has been mailed.
	 */
	inviteJobsFail: 'no' | 'before' | 'partly';
	/**
	 * How the read of a job that exists is answered, of invitations as of transfers. The job goes on
	 * all the same:
	 * - `ok`: with the job;
	 * - `unknown`: 204, as if it did not exist;
	 * - `scope`: 401, the token may not read it;
	 * - a number: that status with an error of Zoho's;
	 * - `html`: a page with HTTP 200.
	 */
	jobAnswer: 'ok' | 'unknown' | 'scope' | 400 | 403 | 404 | 500 | 'html';
	/**
	 * Order of the rows of a job, of which failed ones carry no id. No source says whether it is that
	 * of the request; `incomplete`: the first row is missing.
	 */
	jobRows: 'inOrder' | 'reversed' | 'failedLast' | 'incomplete';
	/** Time in ms for which a record that was just written is not found by a search. */
	searchDelay: number;
	/** Life of an access token in seconds. */
	tokenSeconds: number;
	/**
	 * Whether a refresh token is good for 10 access tokens in 10 minutes only, and the HTTP status that
	 * refuses more of them: Zoho's text says 200, and a log of a live system had 400.
	 */
	tokenLimit: false | 200 | 400;
	/** `/settings/portals/meta` exists; only older OpenAPI files of Zoho describe it. */
	hasMeta: boolean;
	/** Zoho One and CRM Plus manage their users themselves. */
	usersManagedElsewhere: boolean;
}

export const usualBehaviour: Behaviour = {
	sources: 'oas',
	mixedIds: 'rows',
	scheduledAbove: { delete: Infinity, transfer: Infinity },
	scheduledAfterCalls: 0,
	bulkStatus: 'fast',
	secondPortal: true,
	environment: 'production',
	lacking: [],
	portalUserToken: false,
	unsupportedDomain: false,
	latency: 0,
	maxInFlight: Infinity,
	maxUrlLength: 15_000,
	maxIdsLength: Infinity,
	pageSize: 200,
	idFilter: 'works',
	ignoresPages: false,
	promisesMore: false,
	portalUserLicences: Infinity,
	userTypeLicences: 5,
	rolesAs: 'any',
	userLicences: Infinity,
	jobReads: 0,
	jobsFail: false,
	inviteJobsFail: 'no',
	jobAnswer: 'ok',
	jobRows: 'inOrder',
	searchDelay: 0,
	tokenSeconds: 3600,
	tokenLimit: false,
	hasMeta: true,
	usersManagedElsewhere: false,
};
