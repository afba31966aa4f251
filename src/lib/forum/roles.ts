import { m } from '#paraglide/messages.js';
import type { Role } from './access.ts';

const WORDS: Record<Role, () => string> = {
	director: m.forum_role_director,
	chief: m.forum_role_chief,
	analyst: m.forum_role_analyst,
	secretary: m.forum_role_secretary,
	observer: m.forum_role_observer
};

/** What a role is called; the chair is a director first among them. */
export const sayRole = (role: Role, chair = false): string =>
	chair ? m.forum_role_chair() : WORDS[role]();
