/**
 * Many who ask at once are answered together: while one round of questions is under way the next gathers,
 * so two hundred people arriving cost a handful of queries and nobody waits for a timer. Equal questions
 * of a round are one. An answer is never older than its question: who asks during a round is in the next.
 */
export function gather<Answer>(
	answer: (questions: string[]) => Promise<Map<string, Answer>>,
	most = 250
): (question: string) => Promise<Answer | undefined> {
	type Asker = { tell: (answer: Answer | undefined) => void; fail: (error: unknown) => void };
	const waiting = new Map<string, Asker[]>();
	let under = false;

	const round = async () => {
		const taken = [...waiting].slice(0, most);
		for (const [question] of taken) waiting.delete(question);
		try {
			const answers = await answer(taken.map(([question]) => question));
			for (const [question, askers] of taken)
				for (const { tell } of askers) tell(answers.get(question));
		} catch (error) {
			for (const [, askers] of taken) for (const { fail } of askers) fail(error);
		}
		if (waiting.size > 0) setImmediate(() => void round());
		else under = false;
	};

	return (question) =>
		new Promise((tell, fail) => {
			const askers = waiting.get(question);
			if (askers) askers.push({ tell, fail });
			else waiting.set(question, [{ tell, fail }]);
			if (under) return;
			under = true;
			setImmediate(() => void round()); // who asks in the same breath comes along
		});
}
