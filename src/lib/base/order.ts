/** The order after putting one item at a place, counted from 0; the same order when it is not there. */
export function placed<T extends { id: string }>(items: T[], id: string, to: number): T[] {
	const item = items.find((one) => one.id === id);
	if (!item) return items;
	const rest = items.filter((one) => one.id !== id);
	const at = Math.max(0, Math.min(to, rest.length));
	return [...rest.slice(0, at), item, ...rest.slice(at)];
}
