/**
 * What one socket, person, document and node may take up. Whoever goes beyond is answered with the close
 * code named here, and nobody else notices. Sizes are bytes; rates are counted by the second.
 */
export const LIMITS = {
	/** One message. `too_large` */
	frame: 2_000_000,
	/** Messages of one socket in a second; a fast typist sends 20. `too_fast` */
	messages: 600,
	/** Bytes of one socket in a second. `too_fast` */
	rate: 4_000_000,
	/** Edits of one socket whose predecessors have not come. `too_large` */
	waiting: 2_000_000,
	/** Edits of one socket on their way to disk; beyond it its network is made to wait. */
	unsaved: 4_000_000,
	/** What a slow reader may leave unread; beyond it is cut off, and comes back by state. */
	unread: 4_000_000,
	/** One document as stored; beyond it only deleting is let in. `full` */
	document: 16_000_000,
	/** Open pages of one person. `too_many` */
	perPerson: 60,
	/** Open pages of one document. `too_many` */
	perDocument: 250,
	/** Documents open on one node; each goes when its last page does. `crowded` */
	documents: 5_000,
	/** Sockets the door has not judged yet; beyond it an upgrade is refused unheard. */
	entering: 2_000,
	/** Upgrades without a session in a second; beyond it they are refused unheard. */
	strangers: 200
};

export type Limits = typeof LIMITS;
