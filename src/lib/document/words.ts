/** The words for where one's writing is. Only what is seen asks. */
import { m } from '#paraglide/messages.js';
import type { Closing } from './closing.ts';
import type { Why } from './copies.ts';
import type { Room } from './room.svelte.ts';
import type { WhyKept } from './versions.ts';

type Facts = Pick<
	Room,
	'refusal' | 'pause' | 'since' | 'kept' | 'readonly' | 'trouble' | 'away'
> & {
	/** Undefined until there is something to write in. */
	doc?: unknown;
};

/** 8 s, 5 min., 3 t. */
export function sinceWord(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	if (minutes < 2) return m.document_seconds({ count: seconds });
	if (hours < 2) return m.document_minutes({ count: minutes });
	return hours < 48
		? m.document_hours({ count: hours })
		: m.document_days({ count: Math.floor(hours / 24) });
}

/** Nothing gets through just now: why, and where what one writes is meanwhile. */
export function awayWord(room: Facts, time: string | null): string {
	const state =
		!room.away && room.trouble
			? m.document_trouble()
			: room.pause === 'crowded'
				? m.document_crowded()
				: room.pause
					? m.document_again()
					: m.document_offline();
	if (room.since) {
		const unsaved = time ? m.document_unsaved_time({ time }) : m.document_unsaved_yet();
		return room.kept
			? m.document_unsaved_device({ state, unsaved })
			: m.document_unsaved_page({ state, unsaved });
	}
	if (room.readonly || !room.doc) return state;
	return room.kept ? m.document_kept_device({ state }) : m.document_kept_page({ state });
}

const closings: Record<Closing, () => string> = {
	bad_frame: m.document_closed_bad_frame,
	sign_in: m.document_closed_sign_in,
	not_allowed: m.document_closed_not_allowed,
	not_found: m.document_closed_not_found,
	closed: m.document_closed,
	too_large: m.document_closed_too_large,
	full: m.document_closed_full,
	wrong_origin: m.document_closed_wrong_origin,
	forged: m.document_closed_forged,
	reload: m.document_closed_reload,
	too_many: m.document_closed_too_many,
	too_fast: m.document_closed_too_fast,
	come_back: m.document_again,
	crowded: m.document_crowded
};

/** Why nothing can be written from this page any more, and where what was not saved is. */
export function closedWord({ refusal, since, kept }: Facts): string {
	const why = closings[refusal ?? 'closed']();
	if (!since) return why;
	const where = kept ? m.document_closed_kept_device() : m.document_closed_kept_page();
	return `${why.replace(/\.?$/, '.')} ${where}`;
}

export const whyWord: Record<Why, () => string> = {
	closed: m.document_why_closed,
	not_allowed: m.document_why_not_allowed,
	not_found: m.document_why_not_found,
	restored: m.document_why_restored,
	full: m.document_why_full,
	too_large: m.document_why_too_large,
	reload: m.document_why_reload,
	refused: m.document_why_refused
};

/** Why a version was kept, where nobody has named it. */
export const keptWord: Record<WhyKept, () => string> = {
	named: m.document_kept_named,
	circulated: m.document_kept_circulated,
	published: m.document_kept_published,
	approved: m.document_kept_approved,
	sent_back: m.document_kept_sent_back,
	decided: m.document_kept_decided,
	restored: m.document_kept_restored
};
