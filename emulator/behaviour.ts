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
	/**
	 * A user type cannot be created under a name that exists. The sources have that code
	 * (DUPLICATE_DATA) for an update only.
	 */
	refusesTwins: boolean;
	/**
	 * An update leaves the fields of a module alone that it does not mention, so that they go by
	 * `_delete` only. No source says what becomes of them.
	 */
	keepsFields: boolean;
	environment: 'production' | 'sandbox';
	/** Permissions that the profile of the connected user lacks. */
	lacking: string[];
	/** The token belongs to a portal user. */
	portalUserToken: boolean;
	/** The data center does not offer portals. */
	unsupportedDomain: boolean;
	/** Pause before every answer of the API, in ms. */
	latency: number;
	/** Calls in flight that the organization may have; more are refused. */
	maxInFlight: number;
	/**
	 * How calls beyond `maxInFlight` are refused: with 429, or with 400 and `INTERNAL_ERROR`, which no
	 * source has.
	 */
	throttledAs: 429 | 400;
	/** Longest address that the front server takes; longer ones get 414. */
	maxUrlLength: number;
	/** Longest list of ids in a query, as one OpenAPI file has it (255). */
	maxIdsLength: number;
	/**
	 * Under which names user types have their number of people: as `sources` say, as one number for
	 * the active people and one for the others, as one number for all, or not at all.
	 */
	userCounts: 'sources' | 'byState' | 'total' | 'none';
	/**
	 * Reads of the list of user types by which the counts lag behind: with 1, each of them has the
	 * counts of the read before.
	 */
	countsLag: number;
	/** The same for the lists of people, so that the counts are ahead of them. */
	listsLag: number;
	/** Added to the count of each user type, down to 0. */
	countsOff: number;
	/** User types whose list of people is empty (204), although their counts say otherwise. */
	emptyLists: string[];
	/** Rows per page of a list. */
	pageSize: number;
	/**
	 * What a list of portal users does with `type`: it selects by it, lists everybody, or refuses all
	 * but `AllUsers`.
	 */
	typeFilter: 'works' | 'ignored' | 'refused';
	/**
	 * What a list of portal users does with `personality_ids`, which only the newest OpenAPI file has:
	 * - `works`: it selects by them;
	 * - `ignored`, `refused`: it lists everybody, or refuses the parameter;
	 * - `cut`: it looks at the first 255 characters, which are 12 ids;
	 * - `first`: it looks at the first id;
	 * - `everySecond`: it looks at every second id, beginning with the first.
	 */
	idFilter: 'works' | 'ignored' | 'refused' | 'cut' | 'first' | 'everySecond';
	/** Every page of portal users is the first one. */
	ignoresPages: boolean;
	/** Lists of CRM users promise another page for ever. */
	promisesMore: boolean;
	/** Pages of a list, whatever it has, that have rows; the next one was promised and is a 204. */
	pagesUntilEmpty: number;
	/**
	 * How lists of portal users and CRM users go on beyond `numberedRows`:
	 * - `numbers`: by the number of the page, as before;
	 * - `tokens`: as lists of records do, by `page_token`, which each answer names for the next page;
	 * - `refused`: not at all.
	 */
	userPages: 'numbers' | 'tokens' | 'refused';
	/** Rows that the pages of a list of records reach by their number. */
	numberedRows: number;
	/** Life of a page token in seconds. */
	pageTokenSeconds: number;
	/** What a list of records does with more than 100 ids: it refuses them, or looks at the first 100. */
	recordIdFilter: 'refused' | 'cut';
	/** What a list of records does with fields that the module does not have. */
	unknownFields: 'ignored' | 'refused';
	/**
	 * What a list of records does with `approved`, without which it leaves out records that wait for
	 * approval.
	 */
	approvedFilter: 'works' | 'ignored' | 'refused';
	/** Status of the refusal of a related list whose record does not exist; one source has both. */
	unknownRecord: 400 | 404;
	/** Where the refusal of a change of status is: at the top of the body, or a row of `change_status`. */
	statusRefusals: 'top' | 'wrapped';
	/** Active portal users that the license covers. */
	portalUserLicences: number;
	/** User types that the license covers. */
	userTypeLicences: number;
	/**
	 * How a CRM user's role and profile are sent. The documentation has ids as texts, the OpenAPI files
	 * have objects with an id; the other form is refused as an unknown role or profile is. `any`: both.
	 */
	rolesAs: 'any' | 'text' | 'object';
	/** CRM users that the license covers. */
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
	refusesTwins: false,
	keepsFields: false,
	environment: 'production',
	lacking: [],
	portalUserToken: false,
	unsupportedDomain: false,
	latency: 0,
	maxInFlight: Infinity,
	throttledAs: 429,
	maxUrlLength: 15_000,
	maxIdsLength: Infinity,
	userCounts: 'sources',
	countsLag: 0,
	listsLag: 0,
	countsOff: 0,
	emptyLists: [],
	pageSize: 200,
	typeFilter: 'works',
	idFilter: 'works',
	ignoresPages: false,
	promisesMore: false,
	pagesUntilEmpty: Infinity,
	userPages: 'numbers',
	numberedRows: 2000,
	pageTokenSeconds: 86_400,
	recordIdFilter: 'refused',
	unknownFields: 'ignored',
	approvedFilter: 'works',
	unknownRecord: 400,
	statusRefusals: 'top',
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
