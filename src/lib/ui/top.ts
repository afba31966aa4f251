/** The top line says where one is in the thread and walks it. */
export type Step = {
	/** What stands there: 'dataset', 'brief', 'case', 'decision', 'goal' … */
	kind: string;
	label: string;
	/** Absent: the thread has not come this far. */
	href?: string;
	current?: boolean;
	/** Lies behind what is shown. */
	done?: boolean;
};
