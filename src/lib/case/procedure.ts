/** The page's actions behind approval, urgency and written procedure; their forms say by themselves what was refused. */
export const PROCEDURE_ACTIONS = [
	...['askApproval', 'approve', 'sendBack', 'withdrawApproval'],
	...['markUrgent', 'liftUrgent'],
	...['askWritten', 'answerWritten', 'withdrawWritten'],
	'offRecord'
];
