/**
 * Who may do what. Pure: page, action, socket, search and export ask the same sentences with the same
 * facts. There is no override for directors or administrators (product rule G2).
 */

export const ROLES = ['director', 'chief', 'analyst', 'secretary', 'observer'] as const;
export type Role = (typeof ROLES)[number];

export type ObjectKind = 'dataset' | 'brief' | 'case' | 'meeting' | 'decision' | 'goal';

/** What access is judged on: never the object itself. */
export type Facts = {
	id: string;
	kind: ObjectKind;
	forumId: string;
	departmentId: string | null;
	/** dataset: current · brief: draft, in_review, with_owners, published · case: as in case_states · meeting: planned, circulated, open, closed · decision: decided, recommended · goal: running, ended */
	phase: string;
	confidential: boolean;
	createdBy: string;
};

/** How one person stands to one object. */
export type Standing = {
	personId: string;
	/** null: not a member of the object's forum. */
	role: Role | null;
	chair: boolean;
	departmentId: string;
	/** Writes this object together with others. */
	author: boolean;
	/** Asked by name to read it before it is published. */
	asked?: boolean;
	/** Shut out of this object, for instance not impartial in this case. */
	excluded: boolean;
	/** Another system's account, let in to this object by name. It has no role. */
	service?: boolean;
	/** Outside the object's forum, but a member of one it is lent to (now), or was (before). */
	guest?: 'now' | 'before' | null;
};

export type Verb = keyof typeof rules;

/** May this person do this to that object? */
export function may(standing: Standing, verb: Verb, facts: Facts): boolean {
	if (standing.service) return facts.kind === 'dataset' && !standing.excluded && SERVES.has(verb);
	if (standing.role === null) return mayAsGuest(standing, verb, facts);
	if (verb === 'know') return rules.know(standing, facts);
	if (standing.excluded || !rules.know(standing, facts) || !rules.read(standing, facts))
		return false;
	return rules[verb](standing, facts);
}

/**
 * A dataset lent to another forum is read there as it is at home, whatever one's role, and changed by nobody.
 * Taken back it is known of, and no longer read: the other forum's figures still stand on it.
 */
function mayAsGuest({ guest, excluded }: Standing, verb: Verb, facts: Facts): boolean {
	if (!guest || facts.kind !== 'dataset') return false;
	if (verb === 'know') return true;
	return verb === 'read' && guest === 'now' && !excluded && !facts.confidential;
}

/** May this member make a new object of that kind in the forum? */
export function mayCreate(role: Role | null, kind: ObjectKind, chair = false): boolean {
	if (role === null || role === 'observer') return false;
	if (kind === 'dataset') return role !== 'secretary';
	if (kind === 'meeting') return role === 'secretary' || chair;
	if (kind === 'decision') return chair;
	return true;
}

/** Directors, the chair and the secretary order briefs from others (B8). */
export const mayOrder = (role: Role | null, chair = false): boolean =>
	role === 'director' || role === 'secretary' || (chair && role !== null);

/** What another system does with a dataset it is let in to: it brings figures, and sees which it brought. */
const SERVES: ReadonlySet<string> = new Set(['know', 'read', 'import'] satisfies Verb[]);

const SETTLED = ['decided', 'in_follow_up', 'closed'];
/** Cases an observer may know of: those that have reached an agenda. */
const OPEN_TO_OBSERVERS = ['on_agenda', 'deferred', ...SETTLED];

type Rule = (standing: Standing, facts: Facts) => boolean;

const works: Rule = (s) => s.role !== 'observer';
const conducts: Rule = (s) => s.chair || s.role === 'secretary';
const unpublished = (f: Facts) => f.phase !== 'published';

const rules = {
	/** A brief is private to its authors and those they ask until it is published; an observer knows of cases that have reached an agenda; members know of the rest. */
	know: (s, f) => {
		if (f.kind === 'brief' && unpublished(f)) return s.author || (s.asked === true && works(s, f));
		if (f.kind === 'case' && s.role === 'observer') return OPEN_TO_OBSERVERS.includes(f.phase);
		return true;
	},
	/** What one knows of one reads, but a confidential object only its authors and the chair, and a decision on one only them. */
	read: (s, f) => !s.excluded && (!f.confidential || s.author || s.chair),
	/** Members but observers write what is not settled; a brief only its authors. */
	write: (s, f) => {
		if (!works(s, f)) return false;
		if (f.kind === 'brief') return unpublished(f) && s.author;
		if (f.kind === 'case') return !SETTLED.includes(f.phase);
		return f.kind === 'meeting' && conducts(s, f) && f.phase !== 'closed';
	},
	/** Members but observers say what they think of a passage or a figure, whenever they can read it. */
	annotate: (s, f) => works(s, f) && (f.kind === 'brief' || f.kind === 'case'),
	/** Its authors and the chair say who else reads an object, as long as it is not settled. */
	conceal: (s, f) =>
		works(s, f) &&
		(s.author || s.chair) &&
		(f.kind === 'brief' ? unpublished(f) : f.kind === 'case' && !SETTLED.includes(f.phase)),
	/** The secretary and the chair shut out who is not impartial, and let them in again, also when it is settled. */
	exclude: conducts,
	/** A brief's authors publish it. */
	publish: (s, f) => f.kind === 'brief' && unpublished(f) && s.author && works(s, f),
	/** Analysts bring in figures for any department, others for their own. */
	import: (s, f) =>
		f.kind === 'dataset' &&
		works(s, f) &&
		(s.role === 'analyst' || s.author || s.departmentId === f.departmentId),
	/** Who may import may describe. */
	describe: (s, f): boolean => rules.import(s, f),
	/** Members but observers say beforehand what they believe figures will show. */
	suppose: (s, f) => f.kind === 'dataset' && works(s, f),
	/** Whoever a dataset is their own lends it to other forums, and takes it back. */
	lend: (s, f) => f.kind === 'dataset' && works(s, f) && s.author,
	/** Members but observers put datasets side by side; their owners are asked. */
	couple: (s, f) => f.kind === 'dataset' && works(s, f),
	/** Members but observers move a case along; nobody moves a settled one by hand. */
	state: (s, f) => f.kind === 'case' && works(s, f) && !SETTLED.includes(f.phase),
	/** The secretary and the chair send a case out with an agenda. */
	circulate: (s, f) => f.kind === 'case' && conducts(s, f) && !SETTLED.includes(f.phase),
	/** The secretary and the chair run a meeting. */
	manage: (s, f) => f.kind === 'meeting' && conducts(s, f) && f.phase !== 'closed',
	/** Directors and chiefs vote. */
	vote: (s, f) =>
		(f.kind === 'case' || f.kind === 'meeting') &&
		(s.role === 'director' || s.role === 'chief') &&
		!SETTLED.includes(f.phase),
	/** The chair decides. */
	decide: (s, f) => f.kind === 'case' && s.chair && !SETTLED.includes(f.phase),
	/** The chair, the secretary, directors and those whose it is hand it over when someone leaves (D13). */
	handOver: (s, f) =>
		(f.kind === 'dataset' || f.kind === 'goal' || f.kind === 'decision') &&
		works(s, f) &&
		(conducts(s, f) || s.role === 'director' || (s.author && f.kind !== 'decision')),
	/** Those who made a goal or sit in its department, and the chair, say how it goes. */
	follow: (s, f) =>
		f.kind === 'goal' &&
		works(s, f) &&
		(s.chair || s.author || s.departmentId === f.departmentId || s.personId === f.createdBy)
} satisfies Record<string, Rule>;
