/**
 * Why the server ends a socket. 44xx is the server's last word: the page stops trying and says so.
 * 45xx means "come back": the page returns by itself and is judged afresh.
 */
export const CLOSING = {
	/** A frame that is no message of ours, or cannot be read. */
	bad_frame: 4400,
	/** Nobody is signed in on this session, or no longer. */
	sign_in: 4401,
	/** One may know of the text, but not read it, or tried to write without being allowed to. */
	not_allowed: 4403,
	/** No such document, as far as this person may know. */
	not_found: 4404,
	/** The text is closed, and something tried to write all the same. */
	closed: 4409,
	/** More than one message, or a wait for missing parts, may hold. */
	too_large: 4413,
	/** The document has grown to the most one may hold; only deleting helps. */
	full: 4414,
	/** The request did not come from one of our own pages. */
	wrong_origin: 4421,
	/** An edit carried another person's name. */
	forged: 4422,
	/** The page was loaded before the text learnt something new: it must be loaded again. */
	reload: 4426,
	/** Too many pages open at once: of one person, or of one document. */
	too_many: 4429,
	/** More edits in a short time than hands can make. */
	too_fast: 4430,
	/** Access may have changed, or the server is going down. */
	come_back: 4503,
	/** This node has as many documents open as it may; another one, or a moment later, will do. */
	crowded: 4529
} as const;

/** The protocol's own code for a message beyond the limit: the library answers with it. */
const TOO_BIG = 1009;

export type Closing = keyof typeof CLOSING;

/** The reason behind a code, or undefined for codes that are not ours (a network that went away). */
export function closingOf(code: number): Closing | undefined {
	if (code === TOO_BIG) return 'too_large';
	return (Object.keys(CLOSING) as Closing[]).find((name) => CLOSING[name] === code);
}

/** Whether the page should stop trying. */
export function isFinal(code: number): boolean {
	return code === TOO_BIG || (code >= 4400 && code < 4500);
}
