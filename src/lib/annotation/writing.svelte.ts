import { openRoom, type Room } from '../document/room.svelte.ts';
import type { marks } from './marks.ts';

/**
 * A page's room and what its editors need of the margin. The editor's code is fetched only once the
 * page stands there to be read.
 */
export class Writing {
	room = $state.raw<Room>();
	marks = $state.raw<typeof marks>();

	/** Opens the room; what it returns leaves it. */
	open(documentId: string, person: { id: string; name: string }): () => void {
		let left = false;
		void import('./marks.ts').then((found) => {
			if (left) return;
			this.marks = found.marks;
			this.room = openRoom({ documentId, person });
		});
		return () => {
			left = true;
			this.room?.leave();
			this.room = undefined;
		};
	}
}
