/** Something a person has said of a dataset's figures: never overwritten, ended with a reason. */
export type SaidLine = {
	id: string;
	byName: string;
	at: Date;
	ended: { byName: string; at: Date; reason: string } | null;
};
