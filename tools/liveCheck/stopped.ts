/** Ends a run before its end, for a reason that a person can do something about. */
export class Stopped extends Error {
	/** Who is not as before the question in which it stopped, with ids; undefined: everybody is. */
	notUndone?: string;
}

/** Zoho asks to slow down; nothing more is to be sent. */
export class TooManyRequests extends Stopped {}

/** A call that got no answer. */
export class NoAnswer extends Stopped {}
