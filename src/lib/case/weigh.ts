/** What is weighed for a case's options, as the page hands it on. */
import type { Found, RunningGoal, Verdict } from './conflicts.ts';
import type { Consequence } from './consequences.ts';
import type { View } from './views.ts';

export type Weighed = {
	lines: Consequence[];
	views: View[];
	verdicts: Verdict[];
	/** Goals that run and the reader may read, and what was found between them and the options. */
	goals: RunningGoal[];
	conflicts: Found[];
	/** Whose gain or cost a line can be. */
	departments: { id: string; name: string }[];
};

/** Forms that say by themselves what was refused. */
export const WEIGH_ACTIONS = ['addLine', 'rewordLine'];

export const isWeighed = ({ lines, views, conflicts }: Weighed): boolean =>
	lines.length + views.length + conflicts.length > 0;
