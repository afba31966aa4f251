import type { Attachment } from 'svelte/attachments';

/**
 * Drags a list's items into another order by a handle (`data-grip`), with mouse, pen or finger. What is moved says
 * so through `move`; the list is left as it was. Buttons beside it are the way for keyboard and screen reader.
 */
export function reorder(move: (from: number, to: number) => void): Attachment<HTMLElement> {
	return (list) => {
		const down = (event: PointerEvent) => {
			const grip = (event.target as Element).closest<HTMLElement>('[data-grip]');
			if (!grip || event.button !== 0) return;
			event.preventDefault();
			drag(list, grip, event, move);
		};
		list.addEventListener('pointerdown', down);
		return () => list.removeEventListener('pointerdown', down);
	};
}

/** Where an item comes to stand when its middle is dragged to `at`, by the middles of all as they stood. */
export function dropIndex(middles: number[], from: number, at: number): number {
	return middles.filter((middle, i) => i !== from && middle < at).length;
}

function drag(
	list: HTMLElement,
	grip: HTMLElement,
	start: PointerEvent,
	move: (from: number, to: number) => void
): void {
	const items = [...list.children] as HTMLElement[];
	const from = items.findIndex((item) => item.contains(grip));
	const item = items[from]!;
	const boxes = items.map((one) => one.getBoundingClientRect());
	const middles = boxes.map(({ top, height }) => top + scrollY + height / 2);
	const begun = start.clientY + scrollY;
	let to = from;

	const follow = (event: PointerEvent) => {
		const by = event.clientY + scrollY - begun;
		to = dropIndex(middles, from, middles[from]! + by);
		item.style.translate = `0 ${by}px`;
		// The others make room where it would land.
		const height = boxes[from]!.height;
		for (const [i, other] of items.entries())
			if (i !== from)
				other.style.translate =
					i > from && i <= to ? `0 ${-height}px` : i < from && i >= to ? `0 ${height}px` : '';
	};
	const stop = (moved: boolean) => {
		grip.removeEventListener('pointermove', follow);
		grip.removeEventListener('pointerup', dropped);
		grip.removeEventListener('pointercancel', left);
		removeEventListener('keydown', escaped);
		for (const one of items) one.style.translate = '';
		delete item.dataset.dragged;
		if (moved && to !== from) move(from, to);
	};
	const dropped = () => stop(true);
	const left = () => stop(false);
	const escaped = (event: KeyboardEvent) => {
		if (event.key === 'Escape') left();
	};
	item.dataset.dragged = '';
	grip.setPointerCapture(start.pointerId);
	grip.addEventListener('pointermove', follow);
	grip.addEventListener('pointerup', dropped);
	grip.addEventListener('pointercancel', left);
	addEventListener('keydown', escaped);
}
