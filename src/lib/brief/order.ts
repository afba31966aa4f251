/** A brief a forum has ordered (B8). */
export type Order = {
	id: string;
	focus: string;
	question: string;
	/** What we would do differently if we knew. */
	ifKnown: string;
	/** Day, YYYY-MM-DD. */
	due: string;
	at: Date;
	byName: string;
	analystId: string;
	analystName: string;
	practitionerId: string;
	practitionerName: string;
	begun: boolean;
	/** The brief that came of it, for those who may know of it. */
	briefId: string | null;
};
