/** Who is in on an object: who writes it, who reads it, who is shut out. */
export type Openness = {
	/** Who is asked about it, and cannot be taken out before it is handed over; null where nobody is. */
	ownerId: string | null;
	confidential: boolean;
	/** Not the forum's yet: its authors' and those they ask. */
	unpublished: boolean;
	authors: { id: string; name: string; departmentName: string }[];
	/** Members shut out for not being impartial; null for those who do not decide on that. */
	excluded: { id: string; name: string; reason: string; since: Date; byName: string }[] | null;
	members: { id: string; name: string; departmentName: string; writes: boolean }[];
	may: { write: boolean; conceal: boolean; exclude: boolean };
};

/** Members to choose between, told apart by where they work. */
export const memberOptions = (members: Openness['members']) =>
	members.map(({ id, name, departmentName }) => ({
		value: id,
		label: `${name}, ${departmentName}`
	}));

/** The page's actions that Openness.svelte posts to, and answers for. */
export const OPENNESS_ACTIONS = [
	'addAuthor',
	'removeAuthor',
	'handOver',
	'conceal',
	'exclude',
	'readmit'
];

/** What a form on it did, for the line that says so and undoes it. */
export type Changed = {
	changed:
		| 'author_added'
		| 'author_removed'
		| 'concealed'
		| 'opened'
		| 'excluded'
		| 'readmitted'
		| 'handed';
	/** Whom it was about; empty for the object itself. */
	id: string;
	name: string;
	/** What undoing it needs: the reason someone was shut out for, who owned it. */
	with: string;
};

/** What a page's form came back with, when it was one of these and was let through. */
export const changedIn = (form: unknown): Changed | undefined =>
	form && typeof form === 'object' && 'changed' in form ? (form as Changed) : undefined;
