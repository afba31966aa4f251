/** What waits for a person, across their forums. */
export type WorkKind =
	| 'section'
	| 'peer'
	| 'recognise'
	| 'order'
	| 'request'
	| 'approval'
	| 'written'
	| 'settle'
	| 'reading'
	| 'sent_back'
	| 'action'
	| 'review'
	| 'milestone'
	| 'update'
	| 'pull'
	| 'coupling'
	| 'mention'
	| 'meeting';

export type WorkItem = {
	kind: WorkKind;
	id: string;
	/** What it is about: a question, an action, a goal. */
	title: string;
	/** Where it stands: the case, the decision, the goal. */
	where: string | null;
	href: string;
	/** Day, YYYY-MM-DD; null when nobody set one. */
	due: string | null;
};

export type WorkGroup = { when: 'overdue' | 'week' | 'later' | 'undated'; items: WorkItem[] };

const WEEK = 7; // days

/** By date: what is late, the next seven days, later, and what has no date. Empty groups are left out. */
export function byDate(items: WorkItem[], today: string): WorkGroup[] {
	const end = new Date(Date.parse(`${today}T00:00:00Z`) + WEEK * 86_400_000)
		.toISOString()
		.slice(0, 10);
	const when = ({ due }: WorkItem): WorkGroup['when'] =>
		due === null ? 'undated' : due < today ? 'overdue' : due <= end ? 'week' : 'later';
	const ordered = items.toSorted(
		(a, b) => (a.due ?? '9').localeCompare(b.due ?? '9') || a.title.localeCompare(b.title, 'da')
	);
	return (['overdue', 'week', 'later', 'undated'] as const)
		.map((name) => ({ when: name, items: ordered.filter((item) => when(item) === name) }))
		.filter(({ items }) => items.length > 0);
}
