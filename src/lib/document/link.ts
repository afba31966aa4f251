/** Web and mail addresses only: a link in shared text is someone else's input. */
export function isSafeLink(href: unknown): href is string {
	return typeof href === 'string' && /^(https?:\/\/|mailto:)[^\s]+$/i.test(href);
}
