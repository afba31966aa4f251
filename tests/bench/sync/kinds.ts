/** Who is measured: ours, its peers, and a relay that only passes frames on, which is the floor. */
export const KINDS = ['floor', 'y-websocket', 'y-leveldb', 'hocuspocus', 'ours'] as const;
export type Kind = (typeof KINDS)[number];

/** Where one of them is, which room, and as whom. */
export type Door = {
	kind: Kind;
	port: number;
	room: string;
	/** The session of ours; the peers know no persons. */
	token: string;
	/** The relay has a document to hand out here. */
	handed?: true;
};

/** Kinds that keep a document, which a relay does not. */
export const KEEPERS: readonly Kind[] = KINDS.filter((kind) => kind !== 'floor');
