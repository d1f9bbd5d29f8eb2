import { isObject } from './answers';
import type { Json } from './answers';

/**
 * The behavior of the emulator where Zoho's sources disagree, say nothing, or vary by organization.
 */
export interface Switches {
	/** The source of the answer formats: Zoho's newest OpenAPI files or its documentation pages. */
	sources: 'oas' | 'docs';
	/**
	 * Deleting or transferring right and wrong portal users in one call, or updating CRM users. No
	 * source says what Zoho does:
	 * - `rows`: 200, the right ones are processed, with a row for each;
	 * - `named`: 400, nothing is done, with a row for each wrong one;
	 * - `first`: 400, nothing is done, with a row for the first wrong one only;
	 * - `unnamed`: 400, nothing is done, and the answer contains no ID;
	 * - `doneThenNamed`: 400, the right ones are processed, with a row for each wrong one.
	 */
	mixedIds: 'rows' | 'named' | 'first' | 'unnamed' | 'doneThenNamed';
	/**
	 * Above this number of portal users, a call that deletes or transfers them becomes a job. The
	 * answer names the job, and no call reads it. The job silently skips wrong IDs. The sources
	 * give 499 for deleting and 200 for transferring, and do not say how Zoho answers.
	 */
	scheduledAbove: { delete: number; transfer: number };
	/**
	 * The number of further API calls after which the work of such a job is done: 0 as soon as the
	 * call is answered, `Infinity` never.
	 */
	scheduledAfterCalls: number;
	/**
	 * The result of a change of the status of many users, which is a job that no call reads:
	 * - `fast`: the status of all users is changed before the answer;
	 * - `slow`: the status of one user is changed with each further call of the API;
	 * - `ignoresSome`: every second user keeps the status, starting with the second;
	 * - `ignoresAll`: all users keep their status;
	 * - `unknown`: the call does not exist; only the newest OpenAPI files have it.
	 */
	bulkStatus: 'fast' | 'slow' | 'ignoresSome' | 'ignoresAll' | 'unknown';
	/**
	 * Whether an organization that has a portal may create another one. OASN says that there is one
	 * portal at most, but specifies neither code nor status for the second. It is refused with an
	 * inferred error.
	 */
	secondPortal: boolean;
	/**
	 * Whether a user type cannot be created under an existing name. The sources have the code
	 * (DUPLICATE_DATA) for an update only.
	 */
	refusesTwins: boolean;
	/**
	 * Whether an update keeps the fields of a module that it does not mention, so that only
	 * `_delete` removes them. No source says what happens to them.
	 */
	keepsFields: boolean;
	environment: 'production' | 'sandbox';
	/** Permissions that the profile of the connected user lacks. */
	lacking: string[];
	/** Whether the token belongs to a portal user. */
	portalUserToken: boolean;
	/** Whether the data center does not offer portals. */
	unsupportedDomain: boolean;
	/** Pause before every answer of the API, in ms. */
	latency: number;
	/** The most calls in flight for the organization; more calls are refused. */
	maxInFlight: number;
	/**
	 * How calls beyond `maxInFlight` are refused: with 429, or with 400 and `INTERNAL_ERROR`, which
	 * no source has.
	 */
	throttledAs: 429 | 400;
	/** Longest URL that the front server accepts; longer ones get 414. */
	maxUrlLength: number;
	/** Longest list of IDs in a query, as in one OpenAPI file (255). */
	maxIdsLength: number;
	/**
	 * The keys of the number of users in user types: as in `sources`, as two numbers for active and
	 * inactive users, as one number for all, or none.
	 */
	userCounts: 'sources' | 'byState' | 'total' | 'none';
	/**
	 * The number of reads of the user types by which the counts lag behind: with 1, each read has
	 * the counts of the previous read.
	 */
	countsLag: number;
	/** The same for the lists of people, so the counts are ahead of them. */
	listsLag: number;
	/** A number to add to the count of each user type, which is at least 0. */
	countsOff: number;
	/** User types whose list of people is empty (204) although their counts are not 0. */
	emptyLists: string[];
	/** Rows per page of a list. */
	pageSize: number;
	/**
	 * How a list of portal users treats `type`: it filters by it, lists everybody, or refuses all
	 * values but `AllUsers`.
	 */
	typeFilter: 'works' | 'ignored' | 'refused';
	/**
	 * What `info.total_count` of a filtered list of portal users counts, which no source says: the
	 * rows that pass the filter, or all users of the user type.
	 */
	totalCount: 'filtered' | 'all';
	/**
	 * How a list of portal users treats `personality_ids`, which only the newest OpenAPI file has:
	 * - `works`: it filters by them;
	 * - `ignored`, `refused`: it lists everybody, or refuses the parameter;
	 * - `cut`: it uses the first 255 characters, which are 12 IDs;
	 * - `first`: it uses the first ID;
	 * - `everySecond`: it uses every second ID, starting with the first.
	 */
	idFilter: 'works' | 'ignored' | 'refused' | 'cut' | 'first' | 'everySecond';
	/** Whether every page of portal users is the first one. */
	ignoresPages: boolean;
	/** Whether lists of CRM users always announce another page. */
	promisesMore: boolean;
	/**
	 * The number of pages of a list that have rows, regardless of its length. The next page is
	 * announced but is a 204.
	 */
	pagesUntilEmpty: number;
	/**
	 * How lists of portal users and CRM users continue beyond `numberedRows`:
	 * - `numbers`: by page number, as before;
	 * - `tokens`: like lists of records, with `page_token` for the next page in each answer;
	 * - `refused`: not at all.
	 */
	userPages: 'numbers' | 'tokens' | 'refused';
	/** The number of rows in a list of records that can be reached by page number. */
	numberedRows: number;
	/** Lifetime of a page token in seconds. */
	pageTokenSeconds: number;
	/** How a list of records treats more than 100 IDs: it refuses them, or uses the first 100. */
	recordIdFilter: 'refused' | 'cut';
	/** How a list of records treats fields that the module does not have. */
	unknownFields: 'ignored' | 'refused';
	/**
	 * How a list of records treats `approved`; without this parameter, it leaves out records that
	 * wait for approval.
	 */
	approvedFilter: 'works' | 'ignored' | 'refused';
	/** Status of the refusal of a related list whose record does not exist; one source has both. */
	unknownRecord: 400 | 404;
	/**
	 * The position of the error when a change of status is refused: at the top of the body, or in a
	 * row of `change_status`.
	 */
	statusRefusals: 'top' | 'wrapped';
	/** Active portal users that the license covers. */
	portalUserLicences: number;
	/** User types that the license covers. */
	userTypeLicences: number;
	/**
	 * The format of a CRM user's role and profile. The documentation has IDs as text, the OpenAPI
	 * files have objects with an ID. The other format is refused like an unknown role or profile.
	 * `any`: both are accepted.
	 */
	rolesAs: 'any' | 'text' | 'object';
	/** CRM users that the license covers. */
	userLicences: number;
	/**
	 * The number of reads until a job is done; `Infinity` or a very large number for never. The
	 * first of several reads finds it scheduled, the others in progress.
	 */
	jobReads: number;
	/** Whether jobs that transfer records fail. */
	jobsFail: boolean;
	/**
	 * Whether jobs that invite people fail without rows, which no source mentions: `before` any
	 * email is sent, or `partly`, after the first half of the people (rounded up) has been emailed.
	 */
	inviteJobsFail: 'no' | 'before' | 'partly';
	/**
	 * The answer to a read of an existing job, of invitations or transfers. The job continues in
	 * any case:
	 * - `ok`: the job;
	 * - `unknown`: 204, as if it did not exist;
	 * - `scope`: 401, the token may not read it;
	 * - a number: that status with an error of Zoho's;
	 * - `html`: a page with HTTP 200.
	 */
	jobAnswer: 'ok' | 'unknown' | 'scope' | 400 | 403 | 404 | 500 | 'html';
	/**
	 * Order of the rows of a job, in which failed rows have no ID. No source says whether it is
	 * that of the request. `incomplete`: the first row is missing.
	 */
	jobRows: 'inOrder' | 'reversed' | 'failedLast' | 'incomplete';
	/** Time in ms during which a search does not find a record that was just written. */
	searchDelay: number;
	/** Lifetime of an access token in seconds. */
	tokenSeconds: number;
	/**
	 * Whether a refresh token can be used for only 10 access tokens in 10 minutes, and the HTTP
	 * status of the refusal: Zoho's documentation says 200, and a log of a live system had 400.
	 */
	tokenLimit: false | 200 | 400;
	/** Whether `/settings/portals/meta` exists; only older OpenAPI files of Zoho describe it. */
	hasMeta: boolean;
	/** Whether Zoho One or CRM Plus manages the users. */
	usersManagedElsewhere: boolean;
}

export const usualSwitches: Switches = {
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
	totalCount: 'filtered',
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

/** The switches that are one of several texts or numbers. */
type Choice = {
	[Name in keyof Switches]: Switches[Name] extends object
		? never
		: number extends Switches[Name]
			? never
			: boolean extends Switches[Name]
				? never
				: Name;
}[keyof Switches];

const CHOICES: { [Name in Choice]: ReadonlyArray<Switches[Name]> } = {
	sources: ['oas', 'docs'],
	mixedIds: ['rows', 'named', 'first', 'unnamed', 'doneThenNamed'],
	bulkStatus: ['fast', 'slow', 'ignoresSome', 'ignoresAll', 'unknown'],
	environment: ['production', 'sandbox'],
	throttledAs: [429, 400],
	userCounts: ['sources', 'byState', 'total', 'none'],
	typeFilter: ['works', 'ignored', 'refused'],
	totalCount: ['filtered', 'all'],
	idFilter: ['works', 'ignored', 'refused', 'cut', 'first', 'everySecond'],
	userPages: ['numbers', 'tokens', 'refused'],
	recordIdFilter: ['refused', 'cut'],
	unknownFields: ['ignored', 'refused'],
	approvedFilter: ['works', 'ignored', 'refused'],
	unknownRecord: [400, 404],
	statusRefusals: ['top', 'wrapped'],
	rolesAs: ['any', 'text', 'object'],
	inviteJobsFail: ['no', 'before', 'partly'],
	jobAnswer: ['ok', 'unknown', 'scope', 400, 403, 404, 500, 'html'],
	jobRows: ['inOrder', 'reversed', 'failedLast', 'incomplete'],
	tokenLimit: [false, 200, 400],
};

/**
 * Sets switches that a client sent as JSON, all of them or none.
 *
 * @throws Error that names the switch that does not exist, or whose value is wrong
 */
export function setSwitches(switches: Switches, given: Json): void {
	for (const [name, value] of Object.entries(given)) {
		if (!Object.hasOwn(usualSwitches, name)) throw new Error(`Unknown switch "${name}".`);
		const expected = expectedOf(name, value);
		if (expected !== undefined) throw new Error(`The switch "${name}" must be ${expected}.`);
	}
	const { scheduledAbove } = switches;
	Object.assign(switches, given);
	Object.assign(switches, { scheduledAbove: { ...scheduledAbove, ...switches.scheduledAbove } });
}

/** The values that a switch can have, in words; undefined if it can have this one. */
function expectedOf(name: string, value: unknown): string | undefined {
	const choices = Object.entries<readonly unknown[]>(CHOICES).find(([one]) => one === name)?.[1];
	if (choices) {
		const told = choices.map((choice) => JSON.stringify(choice)).join(' or ');
		return choices.includes(value) ? undefined : told;
	}
	const usual: unknown = Reflect.get(usualSwitches, name);
	if (Array.isArray(usual)) {
		const isRight = Array.isArray(value) && value.every((one) => typeof one === 'string');
		return isRight ? undefined : 'a list of texts';
	}
	if (isObject(usual)) {
		const isRight =
			isObject(value) &&
			Object.entries(value).every(
				([key, amount]) => Object.hasOwn(usual, key) && typeof amount === 'number',
			);
		return isRight ? undefined : `an object of numbers: ${Object.keys(usual).join(', ')}`;
	}
	return typeof value === typeof usual ? undefined : `a ${typeof usual}`;
}

/** Sets all switches to their usual values, and removes everything else. */
export function restoreSwitches(switches: Switches): void {
	for (const name of Object.keys(switches)) Reflect.deleteProperty(switches, name);
	Object.assign(switches, structuredClone(usualSwitches));
}
