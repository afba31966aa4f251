/** Which notes are shown. Pure. */
import type { Kind, PlacedNote } from './note.ts';

export type Choice = {
	/** 'unread': also what is resolved. */
	state: 'open' | 'resolved' | 'unread' | 'all';
	kind: Kind | '';
	/** '' everyone, 'own', 'named' (the reader is mentioned), 'person:<name>', 'department:<name>'. */
	who: string;
	/** 'lost': their words are gone. */
	where: '' | 'text' | 'figures' | 'lost';
};

export const EVERYTHING_OPEN: Choice = { state: 'open', kind: '', who: '', where: '' };

/** `me`: the reader's name, as it is mentioned. */
export function passes(note: PlacedNote, choice: Choice, me: string): boolean {
	return (
		(choice.kind === '' || note.kind === choice.kind) &&
		stateIs(note, choice.state) &&
		by(note, choice.who, me) &&
		stands(note, choice.where)
	);
}

/** Those one can choose among, each once, as Danish sorts them. */
export function choicesOf(notes: PlacedNote[]): { people: string[]; departments: string[] } {
	const sorted = (names: string[]) =>
		[...new Set(names)].toSorted((a, b) => a.localeCompare(b, 'da'));
	return {
		people: sorted(notes.map(({ author }) => author.name)),
		departments: sorted(notes.map(({ author }) => author.departmentName))
	};
}

function stateIs({ state, unread }: PlacedNote, wanted: Choice['state']): boolean {
	return wanted === 'all' || (wanted === 'unread' ? unread : state === wanted);
}

function by({ own, author, mentions }: PlacedNote, who: string, me: string): boolean {
	if (who === '') return true;
	if (who === 'own') return own;
	if (who === 'named') return mentions.includes(me);
	const [what, name] = [who.slice(0, who.indexOf(':')), who.slice(who.indexOf(':') + 1)];
	return name === (what === 'department' ? author.departmentName : author.name);
}

function stands({ anchor, figure, place }: PlacedNote, where: Choice['where']): boolean {
	if (where === 'text') return anchor !== null && place !== null;
	if (where === 'figures') return figure !== null;
	return where === '' || (anchor !== null && place === null);
}
